import type { DocNode } from '../safe-doc.ts';
import type { Difference, DiffNode, VersionContent } from './difference.ts';

/** Finds what people may not be shown in a text. */
export type FindSecrets = (text: string) => { start: number; end: number }[];

const MASK = '•';

type Inline = { type: string; text?: string; status?: string };

/** A difference in which what may not be shown is dots: also where it is whole only before, only after, or across pieces. */
export function concealDifference(difference: Difference, find: FindSecrets): Difference {
	return Object.fromEntries(Object.entries(difference).map(([part, nodes]) => [part, concealNodes(nodes, find)]));
}

/** The same for a version. */
export function concealVersion({ forberedelse, referat }: VersionContent, find: FindSecrets): VersionContent {
	return { forberedelse: concealNodes(forberedelse, find), referat: concealNodes(referat, find) };
}

/** The same for the nodes of one block, and all blocks in them. */
export function concealNodes<N extends DiffNode | DocNode>(nodes: readonly N[], find: FindSecrets): N[] {
	const texts = nodes.map((node) => (node.type === 'text' && 'text' in node ? [...split(node.text)] : undefined));
	for (const statuses of [
		['same', 'added'],
		['same', 'removed'],
		['same', 'added', 'removed']
	])
		for (const run of runsOf(nodes, statuses)) hide(run, texts, find);
	return nodes.map((node, i): N => {
		const units = texts[i];
		if (units !== undefined) return { ...node, text: units.join('') };
		return 'content' in node ? { ...node, content: concealNodes<DiffNode | DocNode>(node.content, find) } : node;
	});
}

/** UTF-16 units, as the ranges count. */
function split(text: string): string[] {
	return text.split('');
}

/** The texts that stand together, for those who see only pieces of these statuses. */
function runsOf(nodes: readonly Inline[], statuses: string[]): { node: number; text: string }[][] {
	const runs: { node: number; text: string }[][] = [[]];
	nodes.forEach(({ type, text, status = 'same' }, node) => {
		if (type === 'text' && text !== undefined) {
			if (statuses.includes(status)) runs.at(-1)?.push({ node, text });
		} else runs.push([]);
	});
	return runs;
}

function hide(run: { node: number; text: string }[], texts: (string[] | undefined)[], find: FindSecrets): void {
	const secrets = find(run.map(({ text }) => text).join(''));
	let at = 0;
	for (const { node, text } of run) {
		const units = texts[node];
		for (const { start, end } of secrets)
			for (let i = Math.max(start, at); i < Math.min(end, at + text.length); i++) units?.splice(i - at, 1, MASK);
		at += text.length;
	}
}
