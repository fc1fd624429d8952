import type { DocNode } from '#lib/collab/render.ts';
import type { Fonts } from './fonts.ts';
import { shape, widthOf } from './fragments.ts';
import { isInline, plainRuns, toRuns, type Inline } from './runs.ts';
import { PAGE, type BlockStyle, type Sheet } from './sheet.ts';
import type { Tag } from './tags.ts';

const SIZE = 11;
const INDENT = 22;
/** Between the sign of a list item and its text. */
const GAP = 7;
/** However deep lists and quotes are, so much is left for their text, in points. */
const LEAST_WIDTH = 220;
const MOST_INDENT = PAGE.width - PAGE.left - PAGE.right - LEAST_WIDTH;
/** Sizes of the headings that people set: 1, 2, and all below. */
const HEADING_SIZES = [13.5, 12.5, 11.5];

/** The words that the writer of blocks needs, in the reader's language. */
export type BlockWords = { mask: string; done: string; notDone: string };

type Item = Exclude<DocNode, Inline>;

/** Writes the nodes of one part of a samtale: what they are goes into the structure tree, how they look onto the pages. */
export class BlockWriter {
	private readonly sheet: Sheet;
	private readonly fonts: Fonts;
	private readonly words: BlockWords;
	/** The level of the heading before: PDF/UA-1 (7.4.2) lets none be skipped on the way down, and people skip them. */
	private level: number;

	constructor(sheet: Sheet, fonts: Fonts, words: BlockWords, level: number) {
		this.sheet = sheet;
		this.fonts = fonts;
		this.words = words;
		this.level = level;
	}

	/** Writes nodes under `parent`. `lead`: words before the first line. */
	async write(parent: Tag, nodes: DocNode[], indent = 0, lead = ''): Promise<void> {
		let before = lead;
		let line: Inline[] = [];
		const endLine = async () => {
			if (line.length === 0) return;
			await this.text(parent, 'P', line, this.body(indent), before);
			[line, before] = [[], ''];
		};
		for (const node of nodes) {
			if (isInline(node)) {
				line.push(node);
				continue;
			}
			await endLine();
			await this.node(parent, node, indent, before);
			before = '';
		}
		await endLine();
		// Nothing followed that could have taken the words.
		if (before !== '') await this.text(parent, 'P', [], this.body(indent), before);
	}

	private async node(parent: Tag, node: Item, indent: number, lead: string): Promise<void> {
		const deeper = Math.min(indent + INDENT, MOST_INDENT);
		switch (node.type) {
			case 'heading':
				if (!node.content.every(isInline)) return this.write(parent, node.content, indent, lead);
				return this.heading(parent, node.level, node.content, indent, lead);
			case 'paragraph':
				if (!node.content.every(isInline)) return this.write(parent, node.content, indent, lead);
				return this.text(parent, 'P', node.content, this.body(indent), lead);
			case 'bulletList':
			case 'orderedList':
			case 'taskList':
				if (lead !== '') await this.text(parent, 'P', [], this.body(indent), lead);
				return this.list(parent, node, indent);
			case 'blockquote': {
				const quote = this.sheet.tags.child(parent, 'BlockQuote');
				this.sheet.beginBar(indent + 4);
				await this.write(quote, node.content, deeper, lead);
				this.sheet.endBar();
				this.sheet.tags.end(quote);
				return this.sheet.space(4);
			}
			default:
				// An item that concurrent edits left outside every list: what is in it counts, whatever holds it.
				return this.write(parent, node.content, indent, lead);
		}
	}

	private heading(parent: Tag, wanted: number, content: Inline[], indent: number, lead: string): Promise<void> {
		this.level = Math.min(wanted + 2, this.level + 1, 6);
		const size = HEADING_SIZES[Math.min(wanted, HEADING_SIZES.length) - 1] ?? SIZE;
		const bold = content.map((node) =>
			node.type === 'text' ? { ...node, marks: [...node.marks, { type: 'bold' as const }] } : node
		);
		return this.text(parent, `H${this.level}`, bold, { size, indent, before: 8, after: 3, keep: 2 }, lead);
	}

	private async text(parent: Tag, name: string, content: Inline[], style: BlockStyle, lead: string): Promise<void> {
		const runs = [...(lead === '' ? [] : plainRuns(lead)), ...toRuns(content, this.words.mask)];
		// An empty paragraph is a gap, and says nothing to those who listen.
		if (runs.every((run) => run.text.trim() === '')) return this.sheet.gap(style);
		await this.sheet.block(parent, name, runs, style);
	}

	private async list(parent: Tag, list: Item, indent: number): Promise<void> {
		const { tags } = this.sheet;
		const run = { bold: false, italic: false, link: null };
		const labels = list.content.map((node, index) => shape(labelOf(list, node, index), run, this.fonts));
		const widest = labels.reduce((most, label) => Math.max(most, widthOf(label) * SIZE), 0);
		const deeper = Math.min(indent + Math.max(INDENT, widest + 2 * GAP), MOST_INDENT);
		const tag = tags.child(parent, 'L');
		for (const [index, node] of list.content.entries()) {
			const item = tags.child(tag, 'LI');
			this.sheet.label(tags.child(item, 'Lbl'), labels[index] ?? [], deeper - GAP, SIZE);
			const body = tags.child(item, 'LBody');
			const lead = node.type === 'taskItem' ? `${node.checked ? this.words.done : this.words.notDone}: ` : '';
			const content = isItem(node) ? node.content : [node];
			await this.write(body, content, deeper, lead);
			this.sheet.flushLabels(this.body(deeper));
			tags.end(body);
			tags.end(item);
		}
		tags.end(tag);
		if (indent === 0) this.sheet.space(4);
	}

	private body(indent: number): BlockStyle {
		return { size: SIZE, indent, before: 0, after: 5 };
	}
}

function isItem(node: DocNode): node is Extract<DocNode, { type: 'listItem' | 'taskItem' }> {
	return node.type === 'listItem' || node.type === 'taskItem';
}

function labelOf(list: Item, node: DocNode, index: number): string {
	if (node.type === 'taskItem') return node.checked ? '☑' : '☐';
	return list.type === 'orderedList' ? `${counter(list.start + index, list.style)}.` : '•';
}

/** A number as the list counts: 1, a, A, i or I. Letters and Roman numerals only as far as they go. */
function counter(value: number, style: string | null): string {
	const letters =
		style === 'a' || style === 'A' ? alphabetic(value) : style === 'i' || style === 'I' ? roman(value) : '';
	if (letters === '') return String(value);
	return style === 'A' || style === 'I' ? letters.toUpperCase() : letters;
}

function alphabetic(value: number): string {
	let letters = '';
	for (let rest = value; rest > 0; rest = Math.floor((rest - 1) / 26))
		letters = String.fromCharCode(97 + ((rest - 1) % 26)) + letters;
	return letters;
}

const ROMAN: [number, string][] = [
	[1000, 'm'],
	[900, 'cm'],
	[500, 'd'],
	[400, 'cd'],
	[100, 'c'],
	[90, 'xc'],
	[50, 'l'],
	[40, 'xl'],
	[10, 'x'],
	[9, 'ix'],
	[5, 'v'],
	[4, 'iv'],
	[1, 'i']
];

function roman(value: number): string {
	if (value < 1 || value > 3999) return '';
	let rest = value;
	return ROMAN.map(([worth, letters]) => {
		const times = Math.floor(rest / worth);
		rest -= times * worth;
		return letters.repeat(times);
	}).join('');
}
