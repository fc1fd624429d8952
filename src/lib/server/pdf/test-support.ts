import { getDocumentProxy } from 'unpdf';
import { frossenJson, lesFrossen, type FrossenSamtale } from '#lib/collab/frozen.ts';
import { lagSamtalePdf } from './samtale-pdf.ts';

export const SHA256 = '5f'.repeat(32);

/** ProseMirror's JSON, in few words. */
export const text = (value: string, ...marks: unknown[]) => ({ type: 'text', text: value, marks });
export const node = (type: string, attrs: Record<string, unknown> = {}, ...content: unknown[]) => ({
	type,
	attrs,
	content
});
export const p = (...content: unknown[]) =>
	node('paragraph', {}, ...content.map((each) => (typeof each === 'string' ? text(each) : each)));
export const link = (href: string, title: string | null = null) => ({ type: 'link', attrs: { href, title } });
export const BOLD = { type: 'bold' };

/** A finished samtale with this referat, as `lesFrossen` gives it. */
export function frozen(referat: unknown[], over: Partial<FrossenSamtale> = {}): ReturnType<typeof lesFrossen> {
	const lis = { id: 'lis', navn: 'Áile Ŋøstvold' };
	const veileder = { id: 'veileder', navn: 'Ola Hansen' };
	return lesFrossen(
		frossenJson({
			format: 'lis-kommune/samtale/1',
			id: '0b0e3a5e-7a1c-4f7e-9b6a-2f6f0c9f4d11',
			lis,
			deltakere: [
				{ ...lis, rolle: 'lis' },
				{ ...veileder, rolle: 'veileder' }
			],
			dato: '2026-11-24',
			fra: '14:30',
			til: '15:15',
			sted: 'Legekontoret',
			ferdigstiltAv: veileder,
			ferdigstiltAt: '2026-11-24T14:21:00.000Z',
			epoke: 1,
			seq: 42,
			kjede: '00'.repeat(32),
			forberedelse: { type: 'doc', content: [p('Forberedt')] },
			referat: { type: 'doc', content: referat },
			...over
		})
	);
}

export async function pdfOf(samtale: ReturnType<typeof lesFrossen>): Promise<{ bytes: Uint8Array; filnavn: string }> {
	const { innhold, filnavn } = await lagSamtalePdf(samtale, SHA256);
	return { bytes: new Uint8Array(await new Response(innhold).arrayBuffer()), filnavn };
}

/** One element of the structure tree on one page, with the text that is its own. */
export type Element = { role: string; alt: string | null; text: string; depth: number };
export type ReadPage = {
	elements: Element[];
	/** All text in the order in which it is read aloud. */
	spoken: string;
	/** Marked as what readers pass over. */
	artifacts: string;
	/** Belongs to nothing: there must be none. */
	stray: string;
	links: { url: string; contents: string }[];
};

type TreeNode = { role?: string; alt?: string; children?: TreeNode[]; type?: string; id?: string };
type TextItem = { str?: string; hasEOL?: boolean; type?: string; id?: string; tag?: string };

/** Reads a PDF as a program for people who do not see reads it, by a library that has nothing of ours. */
export async function readPdf(bytes: Uint8Array) {
	const pdf = await getDocumentProxy(bytes.slice());
	const { info, metadata } = await pdf.getMetadata();
	const pages: ReadPage[] = [];
	for (let number = 1; number <= pdf.numPages; number++) {
		const page = await pdf.getPage(number);
		const { items } = await page.getTextContent({ includeMarkedContent: true, disableNormalization: true });
		const { byId, artifacts, stray } = byMark(items as TextItem[]);
		const links = (await page.getAnnotations()) as { unsafeUrl?: string; contentsObj?: { str: string } }[];
		const tree = (await page.getStructTree()) as TreeNode | null;
		pages.push({
			elements: flatten(tree, byId),
			spoken: speak(tree, byId),
			artifacts,
			stray,
			links: links.map((each) => ({ url: each.unsafeUrl ?? '', contents: each.contentsObj?.str ?? '' }))
		});
	}
	return {
		marked: (await pdf.getMarkInfo())?.Marked === true,
		info: info as Record<string, unknown>,
		xmp: (metadata as { getRaw(): string } | null)?.getRaw() ?? '',
		pages,
		elements: pages.flatMap((page) => page.elements),
		text: pages.flatMap((page) => page.elements.map((element) => element.text)).join('\n')
	};
}

function byMark(items: TextItem[]): { byId: Map<string, string>; artifacts: string; stray: string } {
	const byId = new Map<string, string>();
	let [artifacts, stray] = ['', ''];
	const open: TextItem[] = [];
	for (const item of items) {
		if (item.type === 'endMarkedContent') open.pop();
		else if (item.type !== undefined) open.push(item);
		else {
			const value = (item.str ?? '') + (item.hasEOL ? '\n' : '');
			const mark = open.at(-1);
			if (mark?.tag === 'Artifact') artifacts += value;
			else if (mark?.id === undefined) stray += value;
			else byId.set(mark.id, (byId.get(mark.id) ?? '') + value);
		}
	}
	return { byId, artifacts, stray };
}

/** The reader guesses spaces from distances. */
const tidy = (value: string): string => value.replaceAll(/\s+/g, ' ').trim();

function speak(tree: TreeNode | null, byId: Map<string, string>): string {
	const children = tree?.children ?? [];
	return children.map((child) => (child.type ? (byId.get(child.id ?? '') ?? '') : speak(child, byId))).join('');
}

function flatten(tree: TreeNode | null, byId: Map<string, string>, depth = -1): Element[] {
	if (!tree) return [];
	const own = (tree.children ?? []).filter((child) => child.type === 'content');
	const element = {
		role: tree.role ?? '',
		alt: tree.alt ?? null,
		text: tidy(own.map((child) => byId.get(child.id ?? '') ?? '').join(' ')),
		depth
	};
	const below = (tree.children ?? []).flatMap((child) => (child.type ? [] : flatten(child, byId, depth + 1)));
	return tree.role === 'Root' ? below : [element, ...below];
}
