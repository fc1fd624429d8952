/**
 * Which of the text that a change removed it put in again: a split, a joined paragraph, a heading, a list and a move all remove
 * text in Yjs and insert it anew. Pure, on strings; the caller knows which units they are.
 */

/** `len` characters of removed[removedRun] from `removedStart` are those of inserted[insertedRun] from `insertedStart`. */
export type Match = {
	removedRun: number;
	removedStart: number;
	insertedRun: number;
	insertedStart: number;
	len: number;
};

/** Text of this length that stands in both is the same text, wherever it stands. UTF-16 units. */
export const LONG = 6;
/** An ending of this length that two texts share may be the same text, where they begin or end all that changed. */
const MEANT = 3;
/** Beyond these the matching stops looking for parts of runs: whole runs are always found. */
const MAX_UNITS = 200_000;
const MAX_PAIRS = 20_000;

/** Text of a change, the block that it is in, and what stands before and behind it there and was left alone. */
export type Text = { text: string; block: object; before: string; behind: string };

type Piece = Text & { run: number; start: number };

/**
 * Matches each unit at most once. Whole runs first, in order; then long parts; then what begins or ends both runs alike (a split
 * with typing in the same change).
 */
export function matchRuns(removed: readonly Text[], inserted: readonly Text[]): Match[] {
	const matches: Match[] = [];
	const left = { removed: pieces(removed), inserted: pieces(inserted) };
	takeWhole(left, matches);
	if (left.removed.length === 0 || left.inserted.length === 0 || units(left) > MAX_UNITS) return matches;
	takeLong(left, matches);
	if (left.removed.length * left.inserted.length <= MAX_PAIRS) takeEnds(left, matches);
	return matches;
}

/** Only whole runs that read the same, in order. */
export function matchWholeRuns(removed: readonly Text[], inserted: readonly Text[]): Match[] {
	const matches: Match[] = [];
	takeWhole({ removed: pieces(removed), inserted: pieces(inserted) }, matches);
	return matches;
}

/** Whole runs, and long parts of others. */
export function matchLongParts(removed: readonly Text[], inserted: readonly Text[]): Match[] {
	const matches: Match[] = [];
	const left = { removed: pieces(removed), inserted: pieces(inserted) };
	takeWhole(left, matches);
	if (units(left) <= MAX_UNITS) takeLong(left, matches);
	return matches;
}

/** Only runs that stand, all of them, within another. */
export function matchWithin(removed: readonly Text[], inserted: readonly Text[]): Match[] {
	return matchLongParts(removed, inserted).filter(({ insertedRun, len }) => len === inserted[insertedRun]?.text.length);
}

/**
 * Runs that read as their counterparts, in order, but for what is lacking in them: all of them, or none.
 * @param mayLack whether the character at this place of a removed run may be what is lacking
 */
export function matchThinned(
	removed: readonly Text[],
	inserted: readonly Text[],
	mayLack: (run: number, at: number) => boolean
): Match[] {
	if (removed.length !== inserted.length) return [];
	const matches: Match[] = [];
	for (const [run, { text }] of removed.entries()) {
		const wanted = inserted[run]?.text ?? '';
		let done = 0;
		for (let at = 0; at < text.length; at++) {
			if (text[at] === wanted[done])
				matches.push({ removedRun: run, removedStart: at, insertedRun: run, insertedStart: done++, len: 1 });
			else if (!mayLack(run, at)) return [];
		}
		if (done < wanted.length) return [];
	}
	return matches;
}

type Left = { removed: Piece[]; inserted: Piece[] };

function pieces(runs: readonly Text[]): Piece[] {
	return runs.flatMap((each, run) => (each.text === '' ? [] : [{ ...each, run, start: 0 }]));
}

function units({ removed, inserted }: Left): number {
	return [...removed, ...inserted].reduce((sum, { text }) => sum + text.length, 0);
}

function matched(from: Piece, to: Piece, fromStart: number, toStart: number, len: number): Match {
	return {
		removedRun: from.run,
		removedStart: from.start + fromStart,
		insertedRun: to.run,
		insertedStart: to.start + toStart,
		len
	};
}

function takeWhole(left: Left, matches: Match[]): void {
	const byText = Map.groupBy(left.removed, ({ text }) => text);
	const taken = new Set<Piece>();
	left.inserted = left.inserted.filter((to) => {
		const from = byText.get(to.text)?.shift();
		if (from === undefined) return true;
		taken.add(from);
		matches.push(matched(from, to, 0, 0, to.text.length));
		return false;
	});
	left.removed = left.removed.filter((piece) => !taken.has(piece));
}

/** Finds parts of at least LONG units greedily: the longest that begins at each place of the inserted text. */
function takeLong(left: Left, matches: Match[]): void {
	const seeds = new Map<string, { piece: Piece; at: number }[]>();
	for (const piece of left.removed) {
		for (let at = 0; at + LONG <= piece.text.length; at++) {
			const seed = piece.text.slice(at, at + LONG);
			const places = seeds.get(seed);
			if (places === undefined) seeds.set(seed, [{ piece, at }]);
			else if (places.length < 8) places.push({ piece, at });
		}
	}
	if (seeds.size === 0) return;
	const used = new Map<Piece, [number, number][]>();
	for (const to of left.inserted) {
		let at = 0;
		while (at + LONG <= to.text.length) {
			const best = longest(seeds.get(to.text.slice(at, at + LONG)), to, at, used);
			if (best === undefined) {
				at += 1;
				continue;
			}
			matches.push(matched(best.piece, to, best.at, at, best.len));
			use(used, best.piece, best.at, best.len);
			use(used, to, at, best.len);
			at += best.len;
		}
	}
	left.removed = left.removed.flatMap((piece) => rest(piece, used.get(piece)));
	left.inserted = left.inserted.flatMap((piece) => rest(piece, used.get(piece)));
}

type Used = Map<Piece, [start: number, end: number][]>;

function use(used: Used, piece: Piece, start: number, len: number): void {
	used.set(piece, [...(used.get(piece) ?? []), [start, start + len]]);
}

function longest(
	places: { piece: Piece; at: number }[] | undefined,
	to: Piece,
	toStart: number,
	used: Used
): { piece: Piece; at: number; len: number } | undefined {
	let best: { piece: Piece; at: number; len: number } | undefined;
	for (const { piece, at } of places ?? []) {
		const taken = used.get(piece) ?? [];
		if (taken.some(([start, end]) => at < end && at + LONG > start)) continue;
		const limit = Math.min(piece.text.length, ...taken.filter(([start]) => start > at).map(([start]) => start));
		let len = LONG;
		while (at + len < limit && piece.text[at + len] === to.text[toStart + len]) len += 1;
		if (best === undefined || len > best.len) best = { piece, at, len };
	}
	return best;
}

/** What is left of a piece between what was used of it. */
function rest(piece: Piece, used: [number, number][] | undefined): Piece[] {
	if (used === undefined) return [piece];
	const left: Piece[] = [];
	let from = 0;
	for (const [start, end] of [...used, [piece.text.length, piece.text.length] as const].sort((a, b) => a[0] - b[0])) {
		if (start > from) {
			left.push({
				...piece,
				start: piece.start + from,
				text: piece.text.slice(from, start),
				before: from === 0 ? piece.before : '',
				behind: start === piece.text.length ? piece.behind : ''
			});
		}
		from = end;
	}
	return left;
}

/**
 * Pairs that begin or end alike, the best pair first: by half of the shorter, or by whole words (what a split pushes down, behind
 * what was pasted before it). A letter or an ending that two texts happen to share is no move, unless it begins or ends all that was
 * removed and all that was inserted, in another block: within one, the editor has left it alone.
 */
function takeEnds(left: Left, matches: Match[]): void {
	const pairs = left.removed.flatMap((from) =>
		left.inserted.map((to) => ({ from, to, parts: alikeParts(left, from, to) }))
	);
	const used: Used = new Map();
	const isFree = (piece: Piece, at: number, len: number) =>
		(used.get(piece) ?? []).every(([start, end]) => at + len <= start || at >= end);
	for (const { from, to, parts } of pairs.sort((a, b) => total(b.parts) - total(a.parts))) {
		for (const { fromStart, toStart, len } of parts) {
			if (!isFree(from, fromStart, len) || !isFree(to, toStart, len)) continue;
			matches.push(matched(from, to, fromStart, toStart, len));
			use(used, from, fromStart, len);
			use(used, to, toStart, len);
		}
	}
}

type Part = { fromStart: number; toStart: number; len: number };

function total(parts: Part[]): number {
	return parts.reduce((sum, { len }) => sum + len, 0);
}

/** How two texts begin and end alike. What was left alone around the inserted one may have been the end of the removed one too. */
function alikeParts(left: Left, from: Piece, to: Piece): Part[] {
	const outer = {
		start: from.block !== to.block && from === left.removed[0] && to === left.inserted[0],
		end: from.block !== to.block && from === left.removed.at(-1) && to === left.inserted.at(-1)
	};
	const before = outer.start && from.text.startsWith(to.before) ? to.before.length : 0;
	const behind = outer.end && from.text.endsWith(to.behind) ? to.behind.length : 0;
	let best: Part[] = [];
	for (const [start, end] of [
		[0, 0],
		[before, 0],
		[0, behind],
		[before, behind]
	] as const) {
		if (start + end >= from.text.length) continue;
		const inner = from.text.slice(start, from.text.length - end);
		const parts = partsOf(wholeEnds(inner, to.text, outer), inner.length, to.text.length);
		if (total(parts) > total(best)) best = parts.map((part) => ({ ...part, fromStart: part.fromStart + start }));
	}
	return best;
}

function partsOf({ start, end }: { start: number; end: number }, fromLength: number, toLength: number): Part[] {
	return [
		{ fromStart: 0, toStart: 0, len: start },
		{ fromStart: fromLength - end, toStart: toLength - end, len: end }
	].filter(({ len }) => len > 0);
}

/** `outer`: both begin, or end, all that was removed and inserted. */
function wholeEnds(from: string, to: string, outer: { start: boolean; end: boolean }): { start: number; end: number } {
	const { start, end } = commonEnds(from, to);
	if ((start + end) * 2 >= Math.min(from.length, to.length)) return { start, end };
	return {
		start: (outer.start && start >= MEANT) || [from, to].some((text) => isBoundary(text, start)) ? start : 0,
		end: (outer.end && end >= MEANT) || [from, to].some((text) => isBoundary(text, text.length - end)) ? end : 0
	};
}

/** Whether a word ends or begins at a place in a text. */
function isBoundary(text: string, at: number): boolean {
	return /\s/.test(text.slice(Math.max(0, at - 1), at + 1));
}

/** How many units two texts have in common at the start and, of what is left, at the end. */
function commonEnds(a: string, b: string): { start: number; end: number } {
	const max = Math.min(a.length, b.length);
	let start = 0;
	while (start < max && a[start] === b[start]) start += 1;
	let end = 0;
	while (end < max - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
	return { start, end };
}
