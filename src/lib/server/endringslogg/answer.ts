import { ChangeSet } from '#lib/collab/history/change-set.ts';
import { concealDifference, concealVersion } from '#lib/collab/history/conceal.ts';
import { differenceOf } from '#lib/collab/history/diff.ts';
import type { Difference, DiffNode } from '#lib/collab/history/difference.ts';
import { leaveOutUnchanged } from '#lib/collab/history/excerpt.ts';
import { restoreTo } from '#lib/collab/history/restore.ts';
import { summaryOf } from '#lib/collab/history/summary.ts';
import { versionAt } from '#lib/collab/history/version.ts';
import type { Burst } from '#lib/domain/endringslogg/bursts.ts';
import { mengde, stedsnavn } from '#lib/domain/endringslogg/utdrag.ts';
import { fodselsnummerRanges } from '#lib/domain/fodselsnummer.ts';
import type { ReplayedLog } from './archive.ts';
import { compareKeys, type Answers, type Key, type Question, type RawDifference, type RawPost } from './protocol.ts';

/** Answers a question about a document whose log is at hand; undefined when the log has no such row or entry. */
export function answer(record: ReplayedLog, question: Question): Answers[keyof Answers] | undefined {
	const { history, bursts } = record;
	const exists = (seq: number) => Number.isSafeInteger(seq) && seq >= 0 && seq <= history.head;
	switch (question.what) {
		case 'list':
			return list(record, question.before, question.limit);
		case 'entry': {
			const burst = bursts.startingAt(question.first);
			return burst && difference(ChangeSet.of(history, burst.seqs), question.first - 1, question.whole);
		}
		case 'difference': {
			const { from, to, whole } = question;
			if (!exists(from) || !exists(to) || from >= to) return undefined;
			return difference(ChangeSet.between(history, from, to), from, whole);
		}
		case 'version': {
			if (!exists(question.seq) || question.seq === 0) return undefined;
			const { seq, atUs, userId, kind } = history.row(question.seq);
			const content = concealVersion(versionAt(history, seq), fodselsnummerRanges);
			return { seq, atUs, userId: kind === 'init' ? null : userId, content };
		}
		case 'restore':
			if (!exists(question.seq) || question.seq === 0) return undefined;
			return { head: history.head, epoch: record.epoch, ...restoreTo(history, question.seq) };
	}
}

function list({ history, bursts, posts: known }: ReplayedLog, before: Key | null, limit: number): Answers['list'] {
	const posts: RawPost[] = [];
	let more = false;
	// Bursts stand in the order of their first rows, whose clocks may differ by a little between servers.
	for (const burst of bursts.all.toSorted((a, b) => compareKeys(keyOf(b), keyOf(a)))) {
		if (before !== null && compareKeys(keyOf(burst), before) >= 0) continue;
		if (posts.length === limit) {
			more = true;
			break;
		}
		const [first = 0] = burst.seqs;
		let made = known.get(first);
		if (made?.rows !== burst.seqs.length) {
			made = { rows: burst.seqs.length, post: post(ChangeSet.of(history, burst.seqs), burst) };
			known.set(first, made);
		}
		posts.push(made.post);
	}
	return { head: history.head, posts, more };
}

function keyOf({ fromUs, seqs }: Burst): Key {
	return [fromUs, 1, seqs[0] ?? 0];
}

function post(set: ChangeSet, burst: Burst): RawPost {
	const { history } = set;
	const blocks = new Set(burst.seqs.flatMap((seq) => history.row(seq).blocks));
	const summary = summaryOf(
		set,
		[...blocks].map((number) => history.block(number)),
		fodselsnummerRanges
	);
	const first = burst.seqs[0] ?? 0;
	return {
		slag: 'tekst',
		id: `t${first}`,
		userId: burst.userId,
		key: keyOf(burst),
		restore: burst.restore,
		fra: iso(burst.fromUs),
		til: iso(burst.toUs),
		deler: burst.parts,
		forsteSeq: first,
		sisteSeq: set.last,
		lagtTil: mengde(summary.added),
		fjernet: mengde(summary.removed),
		formatert: summary.formatted,
		flyttet: summary.moved,
		sted: stedsnavn(summary.place)
	};
}

function difference(set: ChangeSet, from: number, whole: boolean): RawDifference {
	const parts = concealDifference(differenceOf(set), fodselsnummerRanges);
	const people = new Set<string>();
	for (const nodes of Object.values(parts)) for (const node of nodes) collectPeople(node, people);
	const shown: Difference = whole ? parts : mapParts(parts, leaveOutUnchanged);
	return { from, to: set.last, parts: shown, people: [...people] };
}

function mapParts(parts: Difference, map: (nodes: DiffNode[]) => DiffNode[]): Difference {
	return Object.fromEntries(Object.entries(parts).map(([part, nodes]) => [part, map(nodes)]));
}

function collectPeople(node: DiffNode, people: Set<string>): void {
	if (node.type === 'unchanged') return;
	people.add(node.author);
	if (node.by !== null) people.add(node.by);
	if ('content' in node) for (const child of node.content) collectPeople(child, people);
}

function iso(atUs: number): string {
	return new Date(atUs / 1000).toISOString();
}
