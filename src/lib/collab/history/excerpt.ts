import { isChanged } from './diff.ts';
import type { DiffNode } from './difference.ts';

/** Blocks that are shown around a change, on each side. */
const AROUND = 1;

/** Of the top-level blocks only the changed ones with their neighbours; how many are left out stands where they stood. */
export function leaveOutUnchanged(nodes: readonly DiffNode[]): DiffNode[] {
	const keep = nodes.map(() => false);
	nodes.forEach((node, i) => {
		if (isChanged(node)) keep.fill(true, Math.max(0, i - AROUND), i + AROUND + 1);
	});
	const shown: DiffNode[] = [];
	nodes.forEach((node, i) => {
		const last = shown.at(-1);
		if (keep[i]) shown.push(node);
		else if (last?.type === 'unchanged') last.count += 1;
		else shown.push({ type: 'unchanged', count: 1 });
	});
	return shown;
}
