import type { DocNode } from '#lib/collab/render.ts';
import { fodselsnummerRanges, maskFodselsnumre } from '#lib/domain/fodselsnummer.ts';
import type { LinkTarget, Run } from './fragments.ts';

export type Inline = Extract<DocNode, { type: 'text' | 'hardBreak' }>;

/** Characters of a link's text that its description begins with. */
const DESCRIBED = 120;

/** Whether a node is a part of a line of text. */
export function isInline(node: DocNode): node is Inline {
	return node.type === 'text' || node.type === 'hardBreak';
}

/**
 * The runs of one block, with `mask` for every valid fødselsnummer, also one of which a part is bold. A link is followed by its
 * address, for those who read on paper; one whose address holds a fødselsnummer is no link any more.
 */
export function toRuns(nodes: Inline[], mask: string): Run[] {
	const texts = nodes.map((node) => (node.type === 'text' ? node.text : '\n'));
	const masked = maskAcross(texts, mask);
	const runs: Run[] = [];
	let link: LinkTarget | null = null;
	let linked = '';
	const endLink = (title: string | null) => {
		if (!link) return;
		link.alt = describe(linked, link.href, title, mask);
		const shown = address(link.href);
		if (!linked.includes(shown)) runs.push({ text: ` (${shown})`, bold: false, italic: false, link });
		link = null;
		linked = '';
	};

	let title: string | null = null;
	nodes.forEach((node, index) => {
		const text = masked[index] ?? '';
		const marks = node.type === 'text' ? node.marks : [];
		const mark = marks.find((each) => each.type === 'link');
		const href = mark && !holdsNumber(mark.href) ? mark.href : null;
		if (link?.href !== href) endLink(title);
		if (href !== null) {
			link ??= { href, alt: '' };
			linked += text;
			title = mark?.title ?? null;
		}
		runs.push({
			text,
			bold: marks.some((each) => each.type === 'bold'),
			italic: marks.some((each) => each.type === 'italic'),
			link
		});
	});
	endLink(title);
	return runs;
}

const PLAIN = { bold: false, italic: false, link: null };

/** A plain text as runs. */
export function plainRuns(text: string): Run[] {
	return [{ ...PLAIN, text }];
}

/** The same in bold. */
export function boldRuns(text: string): Run[] {
	return [{ ...PLAIN, text, bold: true }];
}

/** What is told of a link to those who do not see it. */
function describe(text: string, href: string, title: string | null, mask: string): string {
	const parts = [cut(text.trim()), title === null ? '' : maskFodselsnumre(title, mask), address(href)];
	return [...new Set(parts)].filter(Boolean).join(' – ');
}

/** Enough to know a link by: the description stands in the file once for every line of it. */
function cut(text: string): string {
	const letters = Array.from(text.slice(0, 2 * DESCRIBED));
	return letters.length > DESCRIBED ? `${letters.slice(0, DESCRIBED).join('')}…` : text;
}

function address(href: string): string {
	return href.replace(/^(mailto|tel):/i, '');
}

function holdsNumber(href: string): boolean {
	return fodselsnummerRanges(href.replaceAll(/%20|%C2%A0|\+/gi, ' ')).length > 0;
}

/** Masks in texts that stand beside each other; the mask goes where the number began. */
function maskAcross(texts: string[], mask: string): string[] {
	const ranges = fodselsnummerRanges(texts.join(''));
	let offset = 0;
	return texts.map((text) => {
		const from = offset;
		offset += text.length;
		return ranges.reduceRight((all, { start, end }) => {
			if (end <= from || start >= from + text.length) return all;
			const begin = Math.max(start - from, 0);
			return all.slice(0, begin) + (start >= from ? mask : '') + all.slice(end - from);
		}, text);
	});
}
