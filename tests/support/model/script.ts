import fc from 'fast-check';
import { ROOTS, type RootName } from '#lib/collab/schema.ts';
import type { EditName } from './edits.ts';
import { PEOPLE, type Who } from './letters.ts';

/** What can happen, and how often it does, each against the others. */
const WEIGHTS = {
	/** Nothing: what a failing script is thinned out with. */
	rest: 1,
	type: 26,
	replace: 3,
	remove: 9,
	split: 8,
	join: 6,
	lineBreak: 2,
	paste: 4,
	move: 4,
	bold: 5,
	italic: 3,
	link: 3,
	heading: 4,
	paragraph: 2,
	bullets: 3,
	numbers: 2,
	tasks: 3,
	tick: 2,
	indent: 2,
	outdent: 3,
	quote: 2,
	undo: 9,
	redo: 4,
	/** The next edit begins a new step for undo. */
	pause: 6,
	/** Asks for LAGRET, and waits for it. */
	save: 6,
	offline: 3,
	online: 7,
	/** The socket breaks; the page comes back by itself. */
	drop: 3,
	/** Another page of the same person. */
	open: 4,
	close: 3,
	/** kill -9 of ws-server, which is started again while people go on. */
	kill: 2,
	/** SIGTERM. */
	restart: 1,
	/** The page is connected to the other node from now on, as a load balancer may do. */
	switch: 4,
	/** No way to the database, until it is there again. */
	away: 1,
	back: 4,
	/** Every way to the database breaks once: nobody knows what was done. */
	cut: 2,
	/** NOTIFY hints are lost, or heard again. */
	deaf: 1,
	hear: 4,
	/** Something else holds the document for a while. */
	hold: 3,
	/** The LIS may not take part any more, or may again. */
	revoke: 1,
	grant: 5,
	/** Writes under another's clientID, and shows themselves as the other. */
	forge: 2,
	/** Sends old updates of one's own again. */
	replay: 2,
	/** Somebody's page is sent with the session of the other, who uses the same computer now. */
	shared: 2,
	begin: 2,
	cancel: 4,
	lapse: 1,
	confirm: 1
} as const satisfies Record<EditName, number> & Record<string, number>;

export type What = keyof typeof WEIGHTS;

/** One thing that happens, with numbers to choose by. `waits`: until everybody who is connected has everything. */
export type Step = { what: What; who: Who; part: RootName; a: number; b: number; waits: boolean };

/** How it ends: written on, or finalized; `late`: while everybody types. */
export type Ending = 'open' | 'final' | 'late';

/** All that a run of the model is made of. `draw`: seed of what Yjs would draw by chance. */
export type Script = { draw: number; steps: Step[]; ending: Ending };

const whats = Object.keys(WEIGHTS) as What[];

const step: fc.Arbitrary<Step> = fc.record({
	what: fc.oneof(
		{ withCrossShrink: true },
		...whats.map((what) => ({ weight: WEIGHTS[what], arbitrary: fc.constant(what) }))
	),
	who: fc.constantFrom(...PEOPLE),
	part: fc.constantFrom<RootName>(...ROOTS, 'referat'),
	a: fc.nat(10_000),
	b: fc.nat(10_000),
	waits: fc.constantFrom(false, false, false, true)
});

/** Scripts of up to so many steps, and no less than half of them. */
export function scripts(steps: number): fc.Arbitrary<Script> {
	return fc.noBias(
		fc.record({
			draw: fc.nat(2 ** 31),
			steps: fc.array(step, { minLength: Math.ceil(steps / 2), maxLength: steps, size: 'max' }),
			ending: fc.constantFrom<Ending>('open', 'final', 'late', 'late', 'late')
		})
	);
}
