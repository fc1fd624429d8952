import { advance, type FontName, type Fonts } from './fonts.ts';

/** Where a link leads; one object per link, however many runs and lines it has. */
export type LinkTarget = { href: string; alt: string };

/** Text of one look, as it comes from a document. */
export type Run = { text: string; bold: boolean; italic: boolean; link: LinkTarget | null };

/**
 * Text that one font has all the glyphs of; its width in ems. `actual`: what stood there, where a replacement is drawn.
 */
export type Fragment = {
	text: string;
	font: FontName;
	link: LinkTarget | null;
	actual: string | null;
	width: number;
};

/** Drawn for what no font has a glyph of: an emoji, a Chinese character. A missing glyph must never end an export. */
const REPLACEMENT = '□';
/** No layout for scripts that are written from right to left: in the wrong order they would say something else. */
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
/** Spaces that may be drawn as the ordinary one; whether a line may break at them has been decided before. */
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;

const graphemes = new Intl.Segmenter('nb', { granularity: 'grapheme' });

/** Divides a piece of a run by the fonts that can draw it: its own, else the one for signs, else the replacement. */
export function shape(text: string, run: Omit<Run, 'text'>, fonts: Fonts): Fragment[] {
	const own = fontOf(run);
	const plain = text.normalize('NFC').replaceAll(SPACES, ' ').replaceAll('\t', '    ');
	const has = (font: FontName, part: string) =>
		Array.from(part).every((char) => fonts[font].hasGlyphForCodePoint(char.codePointAt(0) ?? 0));
	const visible = plain.replaceAll(INVISIBLE, '');
	const fragment = (shown: string, font: FontName, actual: string | null): Fragment => {
		return { text: shown, font, link: run.link, actual, width: advance(shown, font, fonts) };
	};
	if (has(own, visible)) return visible === '' ? [] : [fragment(visible, own, null)];

	const fragments: Fragment[] = [];
	for (const { segment } of graphemes.segment(plain)) {
		const shown = segment.replaceAll(INVISIBLE, '');
		if (shown === '') continue;
		const font = has(own, shown) ? own : has('symbols', shown) && !RIGHT_TO_LEFT.test(shown) ? 'symbols' : null;
		if (font === null) fragments.push(fragment(REPLACEMENT, 'symbols', segment));
		else append(fragments, fragment(shown, font, null));
	}
	return fragments;
}

/** Adds a fragment, as a part of the last one where the two can be drawn as one. */
export function append(fragments: Fragment[], next: Fragment): void {
	const last = fragments.at(-1);
	const bothShown = last?.actual === null && next.actual === null;
	const neitherShown = typeof last?.actual === 'string' && next.actual !== null;
	if (!last || last.font !== next.font || last.link !== next.link || !(bothShown || neitherShown)) {
		fragments.push({ ...next });
		return;
	}
	last.text += next.text;
	last.width += next.width;
	if (last.actual !== null) last.actual += next.actual ?? '';
}

/** The width of fragments beside each other, in ems. */
export function widthOf(fragments: Fragment[]): number {
	return fragments.reduce((sum, { width }) => sum + width, 0);
}

function fontOf({ bold, italic }: Pick<Run, 'bold' | 'italic'>): FontName {
	if (bold) return italic ? 'boldItalic' : 'bold';
	return italic ? 'italic' : 'regular';
}
