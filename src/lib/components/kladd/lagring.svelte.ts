import { deserialize } from '$app/forms';
import type { Skjemasvar } from '../skjemasvar.ts';

/**
 * Where a draft stands; `ugyldig`: something in it cannot be saved as it is; `endret`: it has changed elsewhere; `stengt`: what it belongs to takes no
 * more.
 */
export type Lagring =
	'urort' | 'venter' | 'lagrer' | 'lagret' | 'frakoblet' | 'utlogget' | 'ugyldig' | 'endret' | 'annen' | 'stengt';

/** How long after the last key it is saved, and how long until it is tried again without contact. Milliseconds. */
const ETTER_MS = 900;
const IGJEN_MS = 8_000;

/** The fields of a draft as its form has them; `versjon` is the one that it was made from. */
export type Kladdverdier = Record<string, string> & { versjon: string };

/** What kind of draft it is. */
export type Kladdslag<V extends Kladdverdier> = {
	/** The action that saves it. */
	adresse: string;
	/** Whether it can be saved as it stands: what cannot never leaves the device. */
	kanLagres: (verdier: V) => boolean;
	/** Keeps it on the device until it is saved; false when it cannot be. */
	behold: (verdier: V) => boolean;
	glem: (verdier: V) => void;
	/** Told of the draft's version each time it has been saved. */
	lagret: (versjon: string) => void;
};

/**
 * Saves a draft by itself: some time after the last key, one request at a time, the latest text. What is not saved is kept on the
 * device. Nothing that cannot be saved is ever thrown away: it stays in the form.
 */
export class Kladdlagring<V extends Kladdverdier> {
	tilstand = $state<Lagring>('urort');
	/** When it was saved last, in milliseconds since 1970. */
	lagretAt = $state<number | null>(null);
	/** Whether what is not saved is kept on the device. */
	paaEnheten = $state(false);
	readonly #slag: Kladdslag<V>;
	#verdier: V | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#under: Promise<void> | undefined;
	#stanset = false;

	constructor(slag: Kladdslag<V>) {
		this.#slag = slag;
	}

	/** Something was written. */
	endret(verdier: V): void {
		this.#verdier = verdier;
		this.paaEnheten = this.#slag.behold(verdier);
		if (this.tilstand === 'endret' || this.tilstand === 'annen' || this.tilstand === 'stengt') return;
		if (this.tilstand !== 'frakoblet' && this.tilstand !== 'utlogget') this.tilstand = 'venter';
		this.#om(ETTER_MS);
	}

	/** Tries now: the net is back, or the person. */
	na(): void {
		if (this.#verdier && !this.#stanset) this.#om(0);
	}

	/** Saves what is not saved yet; resolves when that has been tried. */
	async lagreNa(): Promise<void> {
		clearTimeout(this.#timer);
		await this.#under;
		await this.#lagre();
	}

	/** The form itself is sent: nothing more is saved, and what is on its way is waited for. */
	async stans(): Promise<void> {
		this.#stanset = true;
		clearTimeout(this.#timer);
		await this.#under;
	}

	/** The form came back with something to mend. */
	fortsett(): void {
		this.#stanset = false;
	}

	/** What stands in the form is what is saved. */
	ferdig(verdier: V): void {
		this.#slag.glem(verdier);
		this.#verdier = undefined;
	}

	/** The text here counts, not the one that was saved elsewhere, which has this version. */
	overstyr(verdier: V): void {
		this.tilstand = 'venter';
		this.endret(verdier);
	}

	/** What was written last is not known to be saved. */
	get ulagret(): boolean {
		return this.tilstand !== 'urort' && this.tilstand !== 'lagret';
	}

	get opptatt(): boolean {
		return this.#under !== undefined;
	}

	#om(ms: number): void {
		clearTimeout(this.#timer);
		if (!this.#stanset) this.#timer = setTimeout(() => void this.#lagre(), ms);
	}

	async #lagre(): Promise<void> {
		const verdier = this.#verdier;
		if (!verdier || this.#under) return;
		// A fødselsnummer never leaves the device.
		if (!this.#slag.kanLagres(verdier)) {
			this.tilstand = 'ugyldig';
			return;
		}
		this.tilstand = 'lagrer';
		this.#under = this.#send(verdier);
		await this.#under;
		this.#under = undefined;
		if (this.#verdier && this.#verdier !== verdier) this.#om(ETTER_MS);
	}

	async #send(verdier: V): Promise<void> {
		const svar = await post(this.#slag.adresse, verdier);
		if (svar.type === 'lagret') {
			this.lagretAt = Date.now();
			this.#slag.lagret(svar.versjon);
			if (this.#verdier === verdier) {
				this.ferdig(verdier);
				this.tilstand = 'lagret';
			} else if (this.#verdier) this.#verdier = { ...this.#verdier, versjon: svar.versjon };
			return;
		}
		this.tilstand = svar.type;
		if (svar.type === 'frakoblet') this.#om(IGJEN_MS);
	}
}

type Svar = { type: 'lagret'; versjon: string } | { type: Exclude<Lagring, 'lagret'> };

async function post(adresse: string, verdier: Kladdverdier): Promise<Svar> {
	const body = new FormData();
	for (const [navn, verdi] of Object.entries(verdier)) body.set(navn, verdi);
	try {
		const response = await fetch(adresse, {
			method: 'POST',
			headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
			body
		});
		const svar = deserialize<Skjemasvar, Skjemasvar>(await response.text());
		if (svar.type === 'success') return { type: 'lagret', versjon: svar.data?.verdier?.['versjon'] ?? verdier.versjon };
		if (svar.type === 'redirect') return { type: 'utlogget' };
		if (svar.type === 'failure' && svar.status === 409) return { type: motsagt(svar.data?.feil ?? '') };
		return { type: svar.type === 'failure' && svar.status === 400 ? 'ugyldig' : 'frakoblet' };
	} catch {
		return { type: 'frakoblet' };
	}
}

/** Why a draft as such could not be saved, by the message that says so. */
function motsagt(feil: string): 'annen' | 'stengt' | 'endret' {
	if (feil === 'aktivitet_konflikt_annen') return 'annen';
	return feil.startsWith('samtale_konflikt_') ? 'stengt' : 'endret';
}
