import type { RootName } from '#lib/collab/schema.ts';

type Skriv = (tekst: string) => boolean;

/** The editors that stand on the page, for what is written into them from beside. */
export class Skriveflater {
	readonly #flater = new Map<RootName, Skriv>();

	/** An editor stands over this part; returns what ends that. */
	apne(del: RootName, skriv: Skriv): () => void {
		this.#flater.set(del, skriv);
		return () => {
			if (this.#flater.get(del) === skriv) this.#flater.delete(del);
		};
	}

	/** Puts text at the end of a part, as the person's own writing; false when no editor took it. */
	settInn(del: RootName, tekst: string): boolean {
		return this.#flater.get(del)?.(tekst) ?? false;
	}
}
