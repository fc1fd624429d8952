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
const LONG = 12;
/** Beyond these the matching stops looking for parts of runs: whole runs are always found. */
const MAX_UNITS = 200_000;
const MAX_PAIRS = 20_000;

type Piece = { run: number; start: number; text: string };

/**
 * Matches each unit at most once. Whole runs first, in order; then long parts; then what begins or ends both runs alike (a split
 * with typing in the same change).
 */
export function matchRuns(removed: readonly string[], inserted: readonly string[]): Match[] {
	const matches: Match[] = [];
	const left = { removed: pieces(removed), inserted: pieces(inserted) };
	takeWhole(left, matches);
	if (left.removed.length === 0 || left.inserted.length === 0 || units(left) > MAX_UNITS) return matches;
	takeLong(left, matches);
	if (left.removed.length * left.inserted.length <= MAX_PAIRS) takeEnds(left, matches);
	return matches;
}

/** Only whole runs that read the same, in order. */
export function matchWholeRuns(removed: readonly string[], inserted: readonly string[]): Match[] {
	const matches: Match[] = [];
	takeWhole({ removed: pieces(removed), inserted: pieces(inserted) }, matches);
	return matches;
}

type Left = { removed: Piece[]; inserted: Piece[] };

function pieces(runs: readonly string[]): Piece[] {
	return runs.flatMap((text, run) => (text === '' ? [] : [{ run, start: 0, text }]));
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
		if (start > from) left.push({ run: piece.run, start: piece.start + from, text: piece.text.slice(from, start) });
		from = end;
	}
	return left;
}

/** Pairs that begin and end alike, the best pair first: by half of the shorter, or by a tail (what a split pushes down). */
function takeEnds(left: Left, matches: Match[]): void {
	const pairs = left.removed.flatMap((from) =>
		left.inserted.flatMap((to) => {
			const ends = commonEnds(from.text, to.text);
			const len = ends.start + ends.end;
			if (len * 2 >= Math.min(from.text.length, to.text.length)) return [{ from, to, ...ends, len }];
			const tail = to.text.slice(to.text.length - ends.end);
			return /[\p{L}\p{N}]/u.test(tail) ? [{ from, to, start: 0, end: ends.end, len: ends.end }] : [];
		})
	);
	const taken = new Set<Piece>();
	for (const { from, to, start, end } of pairs.sort((a, b) => b.len - a.len)) {
		if (taken.has(from) || taken.has(to)) continue;
		taken.add(from).add(to);
		if (start > 0) matches.push(matched(from, to, 0, 0, start));
		if (end > 0) matches.push(matched(from, to, from.text.length - end, to.text.length - end, end));
	}
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
