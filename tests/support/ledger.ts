import type * as Y from 'yjs';
import { countWords } from './words.ts';

type Fate = { typed: 'sent' | 'acknowledged'; removed: 'no' | 'sent' | 'acknowledged' };

/** One thing that a typist did to one word. */
export type Act = { word: string; kind: 'typed' | 'removed' };

/**
 * What was typed into a document and removed from it, and what of that was acknowledged, over all the typists who ever wrote in
 * it. Judges what a document must hold.
 */
export class Ledger {
	private readonly fates = new Map<string, Fate>();

	/** A word that nobody has typed before. */
	newWord(mark: string): string {
		const word = `${mark}${this.fates.size}.`;
		this.fates.set(word, { typed: 'sent', removed: 'no' });
		return word;
	}

	/** Somebody removes the word: nobody knows yet whether that will be kept. */
	removing(word: string): void {
		const fate = this.fate(word);
		if (fate.removed === 'no') fate.removed = 'sent';
	}

	/** The server has said LAGRET for this. */
	acknowledge({ word, kind }: Act): void {
		this.fate(word)[kind] = 'acknowledged';
	}

	get words(): number {
		return this.fates.size;
	}

	get acknowledged(): number {
		return [...this.fates.values()].filter(({ typed }) => typed === 'acknowledged').length;
	}

	/** What is wrong with a document: a word that is lost, doubled, torn, or back after its acknowledged removal. */
	faults(doc: Y.Doc): string[] {
		const counts = countWords(doc);
		const faults: string[] = [];
		for (const [word, { typed, removed }] of this.fates) {
			const count = counts.get(word) ?? 0;
			counts.delete(word);
			if (count > 1) faults.push(`${word} stands there ${count} times`);
			if (count === 0 && typed === 'acknowledged' && removed === 'no') faults.push(`${word} is lost`);
			if (count > 0 && removed === 'acknowledged') faults.push(`${word} is back`);
		}
		return [...faults, ...[...counts.keys()].map((rest) => `nobody typed «${rest}»`)];
	}

	private fate(word: string): Fate {
		const fate = this.fates.get(word);
		if (!fate) throw new Error(`nobody typed «${word}»`);
		return fate;
	}
}
