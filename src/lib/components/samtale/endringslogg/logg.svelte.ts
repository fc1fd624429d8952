import type { Endringslogg, Post, TekstPost } from '#lib/domain/endringslogg/types.ts';
import { hentLogg } from './hent.ts';

/** A burst of typing is one look at the log. Milliseconds. */
const ETTER_MS = 1_200;

/** The list as the page has it: the newest page kept fresh while people write, older pages added when asked for. */
export class Logg {
	poster = $state.raw<Post[]>([]);
	eldre = $state.raw<string | null>(null);
	kanGjenopprette = $state(false);
	feilet = $state(false);
	henter = $state(false);
	/** The text entries, oldest first: the versions that one can step between. */
	readonly versjoner = $derived(this.poster.filter((post): post is TekstPost => post.slag === 'tekst').toReversed());

	readonly #samtaleId: string;
	readonly #kanHente: () => boolean;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(samtaleId: string, start: Endringslogg | null, kanHente: () => boolean) {
		this.#samtaleId = samtaleId;
		this.#kanHente = kanHente;
		if (start) this.ta(start);
		else this.feilet = true;
	}

	/** Something was written: looks soon. */
	snart(): void {
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			if (this.#kanHente()) void this.oppdater();
		}, ETTER_MS);
	}

	stopp(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}

	/** Fetches the newest page; what was fetched of older ones stays. */
	async oppdater(): Promise<void> {
		await this.#hent(async () => this.ta(await hentLogg(this.#samtaleId)));
	}

	async hentEldre(): Promise<void> {
		const foer = this.eldre;
		if (foer === null) return;
		await this.#hent(async () => {
			const side = await hentLogg(this.#samtaleId, foer);
			const kjente = this.poster.map((post) => post.id);
			this.poster = [...this.poster, ...side.poster.filter((post) => !kjente.includes(post.id))];
			this.eldre = side.eldre;
		});
	}

	/** Takes the data that came with the page. */
	ta(side: Endringslogg): void {
		const ferske = side.poster.map((post) => post.id);
		const eldste = side.poster.at(-1)?.id;
		const etter = this.poster.findIndex((post) => post.id === eldste);
		const rest = etter < 0 ? [] : this.poster.slice(etter + 1).filter((post) => !ferske.includes(post.id));
		this.poster = [...side.poster, ...rest];
		if (rest.length === 0) this.eldre = side.eldre;
		this.kanGjenopprette = side.abilities.gjenopprett;
		this.feilet = false;
	}

	async #hent(arbeid: () => Promise<void>): Promise<void> {
		this.henter = true;
		try {
			await arbeid();
			this.feilet = false;
		} catch {
			this.feilet = true;
		} finally {
			this.henter = false;
		}
	}
}
