import type { History } from './history.ts';
import { matchRuns, type Match, type Text } from './match.ts';
import { textOf, type Letters } from './segments.ts';
import type { Node } from './tree.ts';

export type UnitRange = { client: number; clock: number; len: number };

/** Text that stands together in one block, the units that it consists of, and what breaks it off before and behind. */
export type Run = Text & { block: Node; parts: UnitRange[] };

/** What to do with characters: part of a run, the end of one, or not there at all. */
export type Pick = (letters: Letters) => 'take' | 'break' | 'skip';

/** The runs of a block's characters. */
export function runsOf(history: History, block: Node, pick: Pick): Run[] {
	const runs: Run[] = [];
	let run: Run | undefined;
	let before = '';
	for (const letters of textOf(history, block)) {
		const what = letters === undefined ? 'break' : pick(letters);
		if (what === 'break') {
			run = undefined;
			before = letters === undefined ? '' : before + letters.text;
			for (const each of runs) each.behind += letters?.text ?? '';
		}
		if (what !== 'take' || letters === undefined) continue;
		if (run === undefined) runs.push((run = { block, text: '', before, behind: '', parts: [] }));
		extend(run, letters);
	}
	return runs;
}

/** Adds characters to a run. */
export function extend(run: Run, { client, clock, len, text }: Letters): void {
	run.text += text;
	run.parts.push({ client, clock, len });
}

/** Says of what two lists of runs have in common that row `seq` moved it; returns what that is. */
export function linkRuns(history: History, seq: number, removed: Run[], inserted: Run[], match = matchRuns): Match[] {
	if (removed.length === 0 || inserted.length === 0) return [];
	const matches = match(removed, inserted);
	for (const { removedRun, removedStart, insertedRun, insertedStart, len } of matches) {
		const from = unitsOf(removed[removedRun] as Run, removedStart, len);
		linkUnits(history, seq, from, unitsOf(inserted[insertedRun] as Run, insertedStart, len));
	}
	return matches;
}

/** The same for units that are known to be the same text, or the same block. */
export function linkUnits(history: History, seq: number, from: readonly UnitRange[], to: readonly UnitRange[]): void {
	const left = from.flatMap((range) => latest(history, range));
	for (const range of to) {
		for (let done = 0; done < range.len;) {
			const next = left[0];
			if (next === undefined) return;
			const len = Math.min(next.len, range.len - done);
			history.links.add({ ...next, len }, { client: range.client, clock: range.clock + done, len }, seq);
			const { died } = history.lifeOf(next.client, next.clock);
			if (died !== undefined && died !== seq) {
				history.takenBack.add(died);
				history.takingBack.add(seq);
			}
			done += len;
			next.clock += len;
			next.len -= len;
			if (next.len === 0) left.shift();
		}
	}
}

/** Where deleted units were last before they went for good: an undo may bring back what had been moved since. */
function latest(history: History, range: UnitRange): UnitRange[] {
	const found: UnitRange[] = [];
	for (let done = 0; done < range.len;) {
		const unit = { client: range.client, clock: range.clock + done };
		const len = history.together(unit.client, unit.clock, range.len - done);
		const end = history.whereabouts(unit.client, unit.clock);
		// What still stands is not what comes back: then a copy of the former unit does.
		const at = history.lifeOf(end.client, end.clock).died === undefined ? unit : end;
		found.push({ client: at.client, clock: at.clock, len });
		done += len;
	}
	return found;
}

/** Whether a deleted unit stands again, as another. */
export function isBack(history: History, { client, clock }: { client: number; clock: number }): boolean {
	const end = history.whereabouts(client, clock);
	return history.lifeOf(end.client, end.clock).died === undefined;
}

/** The units of `len` characters of a run from `start` on. */
export function unitsOf(run: Run, start: number, len: number): UnitRange[] {
	const units: UnitRange[] = [];
	let at = 0;
	for (const part of run.parts) {
		const from = Math.max(start, at);
		const to = Math.min(start + len, at + part.len);
		if (from < to) units.push({ client: part.client, clock: part.clock + from - at, len: to - from });
		at += part.len;
	}
	return units;
}
