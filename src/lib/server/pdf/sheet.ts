import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Fonts } from './fonts.ts';
import { widthOf, type Fragment, type LinkTarget, type Run } from './fragments.ts';
import { breakLines } from './lines.ts';
import { Tags, type Tag } from './tags.ts';

/** Measures in points; A4. */
export const PAGE = { width: 595.28, height: 841.89, left: 70, right: 70, top: 64, bottom: 84 } as const;
const TEXT_BOTTOM = PAGE.height - PAGE.bottom;
const LEADING = 1.45;
/** How long the layout may keep others waiting, in milliseconds. */
const SLICE_MS = 15;

export const INK = { text: '#000000', quiet: '#444444', link: '#14594a', line: '#999999' } as const;

export type BlockStyle = {
	size: number;
	/** From the left margin, in points. */
	indent: number;
	before: number;
	after: number;
	color?: string;
	/** Room for so many lines of text must follow on the same page: a heading is not left alone. */
	keep?: number;
};

/** Something that stands beside the next line that is drawn: the sign of a list item. */
type Label = { tag: Tag; fragments: Fragment[]; x: number; size: number };

/** Pages that are filled from top to bottom, one block after another. */
export class Sheet {
	readonly tags: Tags;
	private readonly doc: PDFKit.PDFDocument;
	private readonly fonts: Fonts;
	private y = 0;
	private labels: Label[] = [];
	/** Quotes that are open: where their bar stands, and where it begins on this page. */
	private readonly bars: { x: number; top: number }[] = [];
	private link: { target: LinkTarget; tag: Tag } | null = null;
	private sliceEnds = performance.now() + SLICE_MS;

	constructor(doc: PDFKit.PDFDocument, fonts: Fonts) {
		this.doc = doc;
		this.fonts = fonts;
		this.tags = new Tags(doc);
		this.addPage();
	}

	/** Draws runs as one element under `parent`, over as many lines and pages as they need. */
	async block(parent: Tag, name: string, runs: Run[], style: BlockStyle): Promise<void> {
		const tag = this.tags.child(parent, name);
		const height = style.size * LEADING;
		this.space(style.before);
		if (this.y + height + (style.keep ?? 0) * height > TEXT_BOTTOM) this.nextPage();
		const width = PAGE.width - PAGE.left - PAGE.right - style.indent;
		for (const line of breakLines(runs, width / style.size, this.fonts)) {
			this.line(tag, line, style);
			await this.pause();
		}
		this.endLink();
		this.tags.end(tag);
		this.space(style.after);
	}

	/** The next line will have this beside it, ending at `indent`. */
	label(tag: Tag, fragments: Fragment[], indent: number, size: number): void {
		this.labels.push({ tag, fragments, x: PAGE.left + indent - widthOf(fragments) * size, size });
	}

	/** Room above what follows. */
	space(points: number): void {
		// Nothing stands above the first line of a page.
		if (this.y > PAGE.top) this.y += points;
	}

	/** An empty line. */
	gap(style: BlockStyle): void {
		if (this.labels.length > 0) this.line(null, [], style);
		else this.space(style.size * LEADING);
	}

	/** Gives a list item without any text its line. */
	flushLabels(style: BlockStyle): void {
		if (this.labels.length > 0) this.line(null, [], style);
	}

	beginBar(indent: number): void {
		this.bars.push({ x: PAGE.left + indent, top: this.y });
	}

	endBar(): void {
		const bar = this.bars.pop();
		if (bar) this.drawBar(bar);
	}

	/** A thin line over the width of the text. */
	rule(): void {
		this.space(6);
		this.tags.artifact({ type: 'Layout' }, () => {
			this.doc.save().lineWidth(0.5).strokeColor(INK.line);
			this.doc.moveTo(PAGE.left, this.y).lineTo(PAGE.width - PAGE.right, this.y);
			this.doc.stroke().restore();
		});
		this.space(6);
	}

	/** Draws fragments beside each other, on the baseline `y`; returns where they end. */
	draw(fragments: Fragment[], x: number, y: number, size: number, color: string): number {
		let at = x;
		for (const { text, font, width } of fragments) {
			this.doc.font(font, size).fillColor(color).text(text, at, y, { lineBreak: false, baseline: 'alphabetic' });
			at += width * size;
		}
		return at;
	}

	/** Lets others have their turn when it has been long enough. */
	async pause(): Promise<void> {
		if (performance.now() < this.sliceEnds) return;
		await nextTurn();
		this.sliceEnds = performance.now() + SLICE_MS;
	}

	private line(tag: Tag | null, fragments: Fragment[], style: BlockStyle): void {
		const height = style.size * LEADING;
		if (this.y + height > TEXT_BOTTOM) this.nextPage();
		const baseline = this.y + style.size * 1.1;
		for (const label of this.labels) {
			this.tags.mark(label.tag);
			this.draw(label.fragments, label.x, baseline, label.size, INK.quiet);
			this.tags.end(label.tag);
		}
		this.labels = [];
		let x = PAGE.left + style.indent;
		for (const fragment of fragments) if (tag) x = this.fragment(tag, fragment, x, baseline, style);
		this.y += height;
	}

	private fragment(tag: Tag, fragment: Fragment, x: number, y: number, style: BlockStyle): number {
		const { link, actual } = fragment;
		if (this.link && this.link.target !== link) this.endLink();
		if (link) this.link ??= { target: link, tag: this.tags.child(tag, 'Link', { alt: link.alt }) };
		const owner = this.link?.tag ?? tag;
		const own = actual === null ? owner : this.tags.child(owner, 'Span', { actual });
		this.tags.mark(own);
		const end = this.draw([fragment], x, y, style.size, link ? INK.link : (style.color ?? INK.text));
		if (own !== owner) this.tags.end(own);
		if (this.link) this.drawLink(this.link, x, end, y, style.size);
		return end;
	}

	private drawLink(
		{ target, tag }: { target: LinkTarget; tag: Tag },
		x: number,
		end: number,
		y: number,
		size: number
	): void {
		this.doc.save().lineWidth(0.5).strokeColor(INK.link);
		this.doc.moveTo(x, y + 2).lineTo(end, y + 2);
		this.doc.stroke().restore();
		// The description must be a String object: pdfkit writes a primitive one as a name.
		const options = { structParent: tag.element, Contents: Object(target.alt) as string };
		this.doc.link(x, y - size, end - x, size * LEADING, target.href, options);
	}

	/** A link ends with its page: pdfkit notes the page of its area when the element is ended. */
	private endLink(): void {
		if (this.link) this.tags.end(this.link.tag);
		this.link = null;
	}

	private nextPage(): void {
		this.endLink();
		this.tags.unmark();
		for (const bar of this.bars) this.drawBar(bar);
		this.addPage();
		for (const bar of this.bars) bar.top = this.y;
	}

	private addPage(): void {
		this.doc.addPage({ size: [PAGE.width, PAGE.height], margin: 0 });
		this.y = PAGE.top;
	}

	private drawBar({ x, top }: { x: number; top: number }): void {
		if (this.y <= top) return;
		this.tags.artifact({ type: 'Layout' }, () => {
			this.doc.save().lineWidth(2).strokeColor(INK.line);
			this.doc.moveTo(x, top + 2).lineTo(x, this.y - 2);
			this.doc.stroke().restore();
		});
	}
}
