/** What the schema reads from an element when it parses pasted HTML; everything else goes. */
const KEPT = new Set(['href', 'start', 'type', 'data-level', 'data-type', 'data-checked', 'data-pm-slice']);
/** WebKit's mark on no-break spaces that stand for ordinary ones; ProseMirror turns them back. */
const APPLE_SPACE = 'Apple-converted-space';
/** The style attribute under a name that no browser acts on. */
const STYLE = 'data-pasted-style';

/** Elements whose content is not text for people. */
const NOT_TEXT = new Set(['script', 'style', 'title', 'template', 'iframe', 'object', 'svg', 'math', 'noscript']);
/** The same, without content or end tag. */
const NOT_TEXT_EMPTY = new Set(['link', 'meta', 'base', 'embed']);

/**
 * Pasted HTML without styles, event handlers and ids. ProseMirror parses in a document that has this page's strict CSP, where
 * each of them would be blocked and reported, and so would they be here: what acts is renamed in the text, before any parser
 * sees it. Bold and italic that word processors write as styles become elements.
 *
 * Browser only. This keeps reports quiet and formatting alive; safe it is by the schema, which takes only what it knows.
 */
export function cleanHtml(html: string): string {
	const parsed = new DOMParser().parseFromString(withoutActors(html), 'text/html');
	for (const element of parsed.body.querySelectorAll('*')) {
		const style = element.getAttribute(STYLE) ?? '';
		const isSpace = element.className === APPLE_SPACE;
		for (const name of element.getAttributeNames()) if (!KEPT.has(name)) element.removeAttribute(name);
		if (isSpace) element.className = APPLE_SPACE;
		if (style !== '') keepEmphasis(element, style);
	}
	return parsed.body.innerHTML;
}

/**
 * The same HTML without elements that are not text, and with names for `style`, `src` and `on…` that mean nothing. Reads it once
 * from front to back: what has no end ends the text.
 */
export function withoutActors(html: string): string {
	const lower = html.toLowerCase();
	const after = (text: string, from: number) => {
		const at = lower.indexOf(text, from);
		return at < 0 ? html.length : at + text.length;
	};
	let out = '';
	let at = 0;
	while (at < html.length) {
		const open = html.indexOf('<', at);
		if (open < 0) return out + html.slice(at);
		out += html.slice(at, open);
		const name = nameOfTag(lower, open);
		if (lower.startsWith('<!--', open)) at = after('-->', open);
		else if (name === undefined && /[!?]/.test(html.charAt(open + 1))) at = after('>', open);
		else if (name === undefined) {
			out += '&lt;';
			at = open + 1;
		} else {
			at = endOfTag(html, open);
			if (NOT_TEXT.has(name)) at = after('>', after(`</${name}`, at));
			else if (!NOT_TEXT_EMPTY.has(name)) out += renamed(html.slice(open, at));
		}
	}
	return out;
}

function nameOfTag(lower: string, open: number): string | undefined {
	const pattern = /<\/?([a-z][^\s/>]*)/y;
	pattern.lastIndex = open;
	return pattern.exec(lower)?.[1];
}

/** Behind the `>` that ends a tag; one in quotes does not. */
function endOfTag(html: string, open: number): number {
	let quote = '';
	for (let at = open; at < html.length; at++) {
		const char = html.charAt(at);
		if (quote !== '') quote = char === quote ? '' : quote;
		else if (char === '>') return at + 1;
		else if (char === '"' || char === "'") quote = char;
	}
	return html.length;
}

function renamed(tag: string): string {
	return tag
		.replace(/([\s"'/])style(?=\s*=)/gi, `$1${STYLE}`)
		.replace(/([\s"'/])(on\w+|src|srcset|background)(?=\s*=)/gi, '$1data-$2');
}

/** Google Docs wraps everything in `<b style="font-weight:normal">` and writes bold as a style of spans. */
function keepEmphasis(element: Element, style: string): void {
	const weight = /font-weight:\s*(\w+)/i.exec(style)?.[1];
	const slant = /font-style:\s*(\w+)/i.exec(style)?.[1];
	if (element.matches('b, strong') && (weight === 'normal' || weight === '400')) return unwrap(element);
	if (element.matches('i, em') && slant === 'normal') return unwrap(element);
	if (!element.matches('span')) return;
	if (weight && /^(bold|bolder|[6-9]00)$/.test(weight)) wrapContent(element, 'b');
	if (slant === 'italic') wrapContent(element, 'i');
}

function unwrap(element: Element): void {
	element.replaceWith(...element.childNodes);
}

function wrapContent(element: Element, name: 'b' | 'i'): void {
	const wrapper = element.ownerDocument.createElement(name);
	wrapper.append(...element.childNodes);
	element.append(wrapper);
}
