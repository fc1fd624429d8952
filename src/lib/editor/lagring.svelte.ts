import type { Connection } from './connection.ts';
import {
	isUnsaved,
	newSavedState,
	nextLagre,
	reduceSaved,
	savedWords,
	type Mark,
	type SavedEvent,
	type SavedWords
} from './saved-state.ts';
import { Timers } from './timers.ts';

/** LAGRE follows the last keystroke by this much: one question for a burst. Milliseconds. */
const ASK_AFTER_MS = 40;

/** Whether what is written in the present document is committed: asks the server, and says it in words. */
export class Lagring {
	ord = $state<SavedWords>('nothing-written');
	#saved = $state.raw(newSavedState());
	readonly #forbindelse: () => Connection | undefined;
	readonly #timers = new Timers<'ask' | 'words'>();

	constructor(forbindelse: () => Connection | undefined) {
		this.#forbindelse = forbindelse;
	}

	get ulagret(): boolean {
		return isUnsaved(this.#saved);
	}

	/** When the server last said «saved», in milliseconds since 1970; undefined when nothing has been written in this document. */
	get tid(): number | undefined {
		return this.#saved.savedAt;
	}

	/** Up to where in the present document the server has said that all is committed. */
	get bekreftet(): Mark {
		return this.#saved.acknowledged;
	}

	/** This device keeps what is not saved. */
	get paEnheten(): boolean {
		return this.#saved.device;
	}

	apply(event: SavedEvent): void {
		this.#saved = reduceSaved(this.#saved, event);
		this.sayWords();
		if (nextLagre(this.#saved) !== undefined) this.#timers.setFirst('ask', ASK_AFTER_MS, () => this.ask());
	}

	/** Asks at once, if there is anything to ask. */
	ask(): void {
		const v = nextLagre(this.#saved);
		if (v === undefined) return;
		this.apply({ type: 'asked', v });
		this.#forbindelse()?.askSaved(v);
	}

	/** Another document: nothing is written in it yet, and no late answer fits it. */
	beginAnew(): void {
		this.#saved = newSavedState(this.#saved);
	}

	sayWords(): void {
		const now = Date.now();
		const { words, againIn } = savedWords(this.#saved, now);
		this.ord = words;
		// A socket that looks open but has gone silent is replaced; after the next sync the question is put again.
		if (words === 'no-contact') this.#forbindelse()?.wakeUp(now);
		if (againIn !== undefined) this.#timers.set('words', againIn, () => this.sayWords());
	}

	stop(): void {
		this.#timers.clear();
	}
}
