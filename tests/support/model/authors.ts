import * as Y from 'yjs';
import { History, type LogRow } from '#lib/collab/history/history.ts';
import { LONG } from '#lib/collab/history/match.ts';
import { runsOf, type UnitRange } from '#lib/collab/history/run.ts';
import { jsonAt } from '#lib/collab/history/version.ts';
import { canonicalJson, toJson } from '#lib/collab/render.ts';
import { ROOTS } from '#lib/collab/schema.ts';
import type { Person } from '../world.ts';
import { letterAt } from './account.ts';
import { named, PEOPLE, typistOf, type Who } from './letters.ts';

/**
 * Whose words the endringslogg says that they are (promise 2), letter by letter over all that the document holds: who typed a
 * letter first, as long as each row that wrote it anew had deleted it too, or its person had deleted it before. Text of a few letters
 * that stood among others before and after, or that another has moved meanwhile, is left out: whoever typed it anew cannot be told from whoever moved it.
 */
export function faultsOfAuthors(rows: readonly LogRow[], people: Record<Who, Person>): string[] {
	const history = new History();
	const replayed = new Y.Doc({ gc: false });
	const faults: string[] = [];
	for (const row of rows) {
		history.add(row);
		replayed.transact((tr) => {
			Y.applyUpdate(replayed, row.upd);
			tr.local = true;
		});
		for (const part of ROOTS)
			if (canonicalJson(jsonAt(history, part, row.seq)) !== canonicalJson(toJson(replayed, part)))
				faults.push(`version ${row.seq} of ${part} does not read as its replay`);
	}
	const lives = livesOf(history);
	for (const life of lives) {
		const typist = typistOf(life.letter);
		const shown = history.authorOf(life.client, life.clock);
		// What came and went with one row was never shown.
		if (typist === undefined || life.died === life.born || shown === people[typist].id) continue;
		if (!keeps(history, lives, life)) continue;
		const by = PEOPLE.find((who) => people[who].id === shown);
		const others = lives.filter(({ letter }) => letter === life.letter);
		const all = others.map(({ born, died }) => `${born}–${died ?? ''}`).join(', ');
		faults.push(
			`${named(life.letter)} of row ${life.born} is shown as by ${by}; it stood in rows ${all}; ${rowText(lives, life.born)}`
		);
	}
	return faults;
}

/** One unit of text, and the rows that wrote and deleted it. */
type Life = { letter: string; client: number; clock: number; born: number; died: number | undefined };

function livesOf(history: History): Life[] {
	const lives: Life[] = [];
	for (const [client, structs] of history.doc.store.clients)
		for (const struct of structs)
			for (let i = 0; i < struct.length; i++) {
				const clock = struct.id.clock + i;
				lives.push({ letter: letterAt(struct, i), client, clock, ...history.lifeOf(client, clock) });
			}
	return lives.filter(({ letter }) => letter !== '');
}

function rowText(lives: readonly Life[], seq: number): string {
	const text = (some: Life[]) => named(some.map(({ letter }) => letter).join(''));
	return `which deleted ${text(lives.filter(({ died }) => died === seq))} and wrote ${text(lives.filter(({ born, died }) => born === seq && died !== seq))}`;
}

/** Whether a letter was only moved or brought back, all the way from where it was typed. */
function keeps(history: History, lives: readonly Life[], life: Life): boolean {
	const same = lives.filter(({ letter }) => letter === life.letter);
	const first = same.reduce((a, b) => (b.born < a.born ? b : a));
	if (life === first) return true;
	// A row of several acts, in which text was moved more than once: nobody can tell any more what each of them did.
	if (lives.some(({ born, died }) => born === life.born && died === born)) return false;
	const { userId } = history.row(life.born);
	const before = same.filter(
		(former): former is Life & { died: number } =>
			former.died !== undefined && former.born < life.born && former.died <= life.born
	);
	if (before.length === 0) return false;
	const moved = before.filter(({ died }) => died === life.born);
	const last = Math.max(...before.map(({ died }) => died));
	// What another took away, or elsewhere, since then may be moved by two at once: a few letters do not tell.
	const isOwn = history.row(last).userId === userId || writtenWith(history, life).length >= LONG;
	const takenBack = before.filter(({ died }) => isOwn && died < life.born && history.row(died).userId === userId);
	// A letter that stood twice may have come from either: then both must be known.
	const from = moved.length > 0 ? moved : takenBack;
	return (
		from.length > 0 &&
		from.every((former) => standsAmongTheSame(history, life, former.died) && keeps(history, lives, former))
	);
}

/** Whether a row deleted the whole text that another wrote, or so much of it around a letter that it must be the same. */
function standsAmongTheSame(history: History, { letter, ...life }: Life, died: number): boolean {
	const deleted = textsOf(history, died, (l) => l.died === died && l.born < died).map(({ text }) => text);
	const text = writtenWith(history, life);
	return deleted.includes(text) || partsAround(text, letter).some((part) => deleted.join('\n').includes(part));
}

/** The text that a letter was written in. */
function writtenWith(history: History, { client, clock, born }: Omit<Life, 'letter'>): string {
	const runs = textsOf(history, born, (l) => l.born === born && l.died !== born);
	const holds = (part: UnitRange) => part.client === client && part.clock <= clock && clock < part.clock + part.len;
	return runs.find(({ parts }) => parts.some(holds))?.text ?? '';
}

function textsOf(history: History, seq: number, take: (life: { born: number; died: number | undefined }) => boolean) {
	return history
		.row(seq)
		.blocks.flatMap((number) =>
			runsOf(history, history.block(number), (letters) =>
				take(letters) ? 'take' : history.standsAt(letters.client, letters.clock, seq) ? 'break' : 'skip'
			)
		);
}

/** The parts of a text that are long enough, and hold the letter. */
function partsAround(text: string, letter: string): string[] {
	const at = text.indexOf(letter);
	return Array.from({ length: LONG }, (_, i) => text.slice(at - i, at - i + LONG)).filter(
		(part, i) => i <= at && part.length === LONG
	);
}
