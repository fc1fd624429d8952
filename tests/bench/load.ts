import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Editor, type Dialect, type Seat } from './editor.ts';
import { quantile } from './figures.ts';

/** Two editors on each document, and for how long they type. Milliseconds. */
export type Job = {
	dialect: Dialect;
	documents: { name: string; seats: [Seat, Seat] }[];
	keysPerSecond: number;
	warmUpMs: number;
	measureMs: number;
	/** Whether each key comes with where the cursor is. */
	cursors: boolean;
	/** Whether the server tells when a change is saved. */
	asksSaved: boolean;
};

/** Times in milliseconds, from a key to the other one's state vector that holds it. */
export type Measured = {
	edits: number;
	p50: number;
	p99: number;
	/** Keys that the other one never saw. */
	lost: number;
	lagretP99: number | undefined;
};

/** What the generator tells while it works: when the measured part begins and ends, then what it found. */
export type Word = 'begin' | 'end' | Measured;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz     ';
/** How often each asks whether it is saved: about as often as the page does while one types. */
const ASK_EACH_MS = 1_000;
const LAST_WORDS_MS = 3_000;

async function work(job: Job): Promise<Measured> {
	const tell = (word: Word) => process.send?.(word);
	const pairs = job.documents.map(({ name, seats }) => {
		const [a, b] = seats.map((seat) => new Editor(name, seat, job.dialect)) as [Editor, Editor];
		[a.other, b.other] = [b, a];
		return [a, b] as const;
	});
	const editors = pairs.flat();
	for (const editor of editors) editor.tellsCursor = job.cursors;
	await Promise.all(editors.map(({ opened }) => opened));
	for (const editor of editors) editor.begin();
	await Promise.all(editors.map(({ synced }) => synced));

	const latencies: number[] = [];
	const saved: number[] = [];
	let measuring = false;
	const counted = new Map<Editor, Set<number>>();
	for (const editor of editors) {
		counted.set(editor, new Set());
		let seen = 0;
		editor.onSeen = (clock, at) => {
			for (seen += 1; seen <= clock; seen++) {
				const when = editor.other.pressed.get(seen);
				if (when !== undefined && counted.get(editor.other)?.delete(seen)) latencies.push(at - when);
			}
			seen = clock;
		};
	}

	let edits = 0;
	let typing = true;
	const each = 1_000 / job.keysPerSecond;
	const typeOn = (editor: Editor, due: number): void => {
		if (!typing) return;
		const now = performance.now();
		const clock = editor.type(LETTERS.charAt(randomInt(LETTERS.length)), now);
		if (measuring) {
			edits += 1;
			counted.get(editor)?.add(clock);
		}
		// Somebody who types is not a metronome; the mean holds.
		const next = due + each * (0.5 + Math.random());
		setTimeout(() => typeOn(editor, next), Math.max(0, next - performance.now()));
	};
	for (const editor of editors) {
		const first = performance.now() + Math.random() * each;
		setTimeout(() => typeOn(editor, first), first - performance.now());
		if (job.asksSaved)
			askOn(
				editor,
				saved,
				() => measuring,
				() => typing
			);
	}

	await sleep(job.warmUpMs);
	measuring = true;
	tell('begin');
	await sleep(job.measureMs);
	measuring = false;
	tell('end');
	typing = false;
	await sleep(LAST_WORDS_MS);
	const lost = [...counted.values()].reduce((sum, keys) => sum + keys.size, 0);
	for (const editor of editors) editor.close();
	return {
		...{ edits, lost, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) },
		lagretP99: saved.length > 0 ? quantile(saved, 0.99) : undefined
	};
}

/** Asks now and then for «Lagret», and notes how long the answer takes. */
function askOn(editor: Editor, times: number[], measuring: () => boolean, typing: () => boolean): void {
	const asked = new Map<number, number>();
	let v = 0;
	editor.onLagret = (answered, at) => {
		const when = asked.get(answered);
		if (when !== undefined && measuring()) times.push(at - when);
		asked.delete(answered);
	};
	const ask = (): void => {
		if (!typing()) return;
		asked.set(++v, performance.now());
		editor.askSaved(v);
		setTimeout(ask, ASK_EACH_MS * (0.5 + Math.random()));
	};
	setTimeout(ask, Math.random() * ASK_EACH_MS);
}

process.once('message', (job: Job) => {
	void work(job).then((measured) => process.send?.(measured, () => process.disconnect()));
});
