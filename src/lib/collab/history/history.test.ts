import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, toJson } from '../render.ts';
import { ROOTS } from '../schema.ts';
import { ChangeSet } from './change-set.ts';
import { differenceOf } from './diff.ts';
import type { DiffNode } from './difference.ts';
import type { History } from './history.ts';
import { sameLook } from './look.ts';
import { restoreTo } from './restore.ts';
import { Author, COMMANDS, Log, type Act } from './test-support.ts';
import { jsonAt } from './version.ts';

/** Characters that are typed once only, so that whose they are is known for ever. */
class Alphabet {
	readonly owners = new Map<string, string>();

	take(length: number, owner: string): string {
		return Array.from({ length }, () => this.own(String.fromCodePoint(0x4e00 + this.owners.size), owner)).join('');
	}

	private own(letter: string, owner: string): string {
		this.owners.set(letter, owner);
		return letter;
	}
}

type Step = { who: number; act: Act; length: number; talks: boolean; reloads: boolean };
const step: fc.Arbitrary<Step> = fc.record({
	who: fc.nat(1),
	act: fc.record({
		command: fc.constantFrom(...COMMANDS, 'write', 'write', 'write', 'undo', 'undo'),
		from: fc.nat(120),
		to: fc.nat(120),
		part: fc.constantFrom('referat' as const, 'referat' as const, 'forberedelse' as const)
	}),
	length: fc.integer({ min: 1, max: 6 }),
	talks: fc.boolean(),
	reloads: fc.boolean()
});
const steps = fc.array(step, { minLength: 5, maxLength: 50, size: 'max' });

function play(all: Step[], options: { lockstep: boolean }): { log: Log; owners: Map<string, string> } {
	const authors = [new Author('kari'), new Author('ola')] as const;
	authors.forEach(({ doc }, i) => (doc.clientID = 1_000 * (i + 1)));
	const log = new Log(...authors);
	const alphabet = new Alphabet();
	for (const { who, act, length, talks, reloads } of all) {
		const author = authors[who] ?? authors[0];
		const text =
			act.command === 'paste'
				? `${alphabet.take(length, author.userId)}\n${alphabet.take(2, author.userId)} `
				: alphabet.take(length, author.userId);
		author.do({ ...act, text });
		if (options.lockstep || talks) log.commit(author);
		if (!options.lockstep && reloads && length > 5) author.reconnect();
	}
	while (authors.some((author) => author.waiting.length > 0)) for (const author of authors) log.commit(author);
	return { log, owners: alphabet.owners };
}

/** The letters of pieces with one of these statuses. */
function letters(nodes: readonly DiffNode[] | undefined, statuses: string[]): { letter: string; author: string }[] {
	return (nodes ?? []).flatMap((each) => {
		if (each.type === 'unchanged') return [];
		if ('content' in each) return letters(each.content, statuses);
		if (each.type !== 'text' || !statuses.includes(each.status)) return [];
		return [...each.text].filter((letter) => letter !== ' ').map((letter) => ({ letter, author: each.author }));
	});
}

function lettersOf(json: unknown): string[] {
	return [...JSON.stringify(json).matchAll(/[\u4e00-\u9fff]/g)].map(([letter]) => letter).sort();
}

const plain = (found: { letter: string }[]) => found.map(({ letter }) => letter).sort();

test('every version reads as a replay up to it does', () => {
	fc.assert(
		fc.property(steps, (all) => {
			const { log } = play(all, { lockstep: false });
			const history = log.history();
			expect(history.head).toBe(log.rows.length);
			for (let seq = 1; seq <= log.rows.length; seq++) {
				const doc = log.replay(seq);
				for (const part of ROOTS)
					expect(canonicalJson(jsonAt(history, part, seq))).toBe(canonicalJson(toJson(doc, part)));
			}
		}),
		{ numRuns: 40 }
	);
});

/** Fixed, because what is counted is a share. */
const SEED = 20261122;

test('words keep their author through splits, headings, lists, joins, moves, undo and redo', () => {
	// Undo leaves no trace in what Yjs writes, and a letter or two that are typed anew none of being the former ones: here words are one to
	// six letters long, and most of what is done is structure and undo.
	let [all, wrong] = [0, 0];
	fc.assert(
		fc.property(steps, (each) => {
			const { log, owners } = play(each, { lockstep: true });
			const shown = authorsAt(log.history(), log.rows.length);
			all += shown.length;
			wrong += shown.filter(({ letter, author }) => owners.get(letter) !== author).length;
		}),
		{ seed: SEED, numRuns: 300 }
	);
	expect(all).toBeGreaterThan(1_000);
	expect(wrong / all).toBeLessThan(0.005);
});

test('the difference of any two versions leads from the one to the other', () => {
	fc.assert(
		fc.property(steps, fc.nat(), fc.nat(), (all, x, y) => {
			const { log } = play(all, { lockstep: false });
			const history = log.history();
			const [from = 0, to = 0] = [x % (log.rows.length + 1), y % (log.rows.length + 1)].sort((a, b) => a - b);
			const difference = differenceOf(ChangeSet.between(history, from, to));
			const before = lettersOf(ROOTS.map((part) => jsonAt(history, part, from)));
			const after = lettersOf(ROOTS.map((part) => jsonAt(history, part, to)));
			const shown = (...statuses: string[]) => plain(ROOTS.flatMap((part) => letters(difference[part], statuses)));
			const unchanged = ROOTS.filter((part) => difference[part] === undefined).flatMap((part) =>
				lettersOf(jsonAt(history, part, to))
			);
			expect([...shown('same', 'removed'), ...unchanged].sort()).toEqual(before);
			expect([...shown('same', 'added'), ...unchanged].sort()).toEqual(after);
		}),
		{ numRuns: 100 }
	);
});

/** Whose words each letter is, in the order of the document. */
function authorsAt(history: History, seq: number): { letter: string; author: string }[] {
	const difference = differenceOf(ChangeSet.between(history, 0, seq));
	return ROOTS.flatMap((part) => letters(difference[part], ['same', 'added']));
}

test('a gjenopprett makes everybody see the former version, keeps whose words they are, and touches nothing twice', () => {
	fc.assert(
		fc.property(steps, fc.nat(), (all, x) => {
			const { log } = play(all, { lockstep: true });
			const seq = 1 + (x % log.rows.length);
			const authors = authorsAt(log.history(), seq);
			const { upd } = restoreTo(log.history(), seq);
			const wanted = ROOTS.map((part) => toJson(log.replay(seq), part));
			if (upd !== null) log.restore('ola', upd, seq);
			for (const doc of [log.doc, ...log.authors.map((author) => author.doc)])
				ROOTS.forEach((part, i) => expect(sameLook(toJson(doc, part), wanted[i])).toBe(true));
			const history = log.history();
			expect(authorsAt(history, history.head)).toEqual(authors);
			expect(restoreTo(history, seq).upd).toBe(null);
		}),
		{ numRuns: 60 }
	);
});
