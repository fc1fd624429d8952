const TOMME = new Set(['meta', 'br']);
/** One piece of HTML as the mails write it, stricter than HTML is: lower-case tags, every attribute in double quotes. */
const BIT = /<!doctype html>|<!--.*?-->|<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<>]*")*)>|[^<>]+/gsy;
const ENHET = /&(?!(?:amp|lt|gt|quot|#39);)/;

/** An element with the text in it; a `blad` holds no other element. */
export type Element = { tag: string; attributter: Map<string, string>; tekst: string; blad: boolean };

/**
 * Reads the HTML of a mail, element by element in the order in which they end.
 * @throws Error when a tag is not closed, closed twice, or anything is not escaped
 */
export function lesHtml(html: string): Element[] {
	const ferdige: Element[] = [];
	const apne: Element[] = [];
	BIT.lastIndex = 0;
	while (BIT.lastIndex < html.length) {
		const fra = BIT.lastIndex;
		const bit = BIT.exec(html);
		if (!bit) throw new Error(`not HTML as mails write it: ${html.slice(fra, fra + 60)}`);
		const [hele, slutt, tag, attributter = ''] = bit;
		if (ENHET.test(hele.startsWith('<') ? attributter : hele) && !apne.some((e) => e.tag === 'style'))
			throw new Error(`a bare &: ${hele}`);
		if (tag === undefined) {
			if (!hele.startsWith('<')) for (const element of apne) element.tekst += avkodet(hele);
			continue;
		}
		const element = { tag, attributter: lesAttributter(attributter), tekst: '', blad: true };
		if (slutt === '') {
			for (const rundt of apne) rundt.blad = false;
			if (TOMME.has(tag)) ferdige.push(element);
			else apne.push(element);
			continue;
		}
		const sist = apne.pop();
		if (sist?.tag !== tag) throw new Error(`</${tag}> ends <${sist?.tag}>`);
		ferdige.push(sist);
	}
	if (apne.length > 0) throw new Error(`never closed: ${apne.map((e) => e.tag).join()}`);
	return ferdige;
}

function lesAttributter(tekst: string): Map<string, string> {
	return new Map(
		[...tekst.matchAll(/ ([a-z-]+)="([^"]*)"/g)].map(([, navn = '', verdi = '']) => [navn, avkodet(verdi)])
	);
}

function avkodet(tekst: string): string {
	return tekst
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&quot;', '"')
		.replaceAll('&#39;', "'")
		.replaceAll('&amp;', '&');
}
