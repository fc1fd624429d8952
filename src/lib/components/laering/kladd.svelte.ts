import { deserialize } from '$app/forms';
import { kanLagres, type AktivitetVerdier } from '#lib/domain/laering/skjema.ts';
import type { Skjemasvar } from '../skjemasvar.ts';
import { behold, glem } from './enhet.ts';

/** Where a draft stands; `ugyldig`: something in it cannot be saved as it is; `endret`: it has changed elsewhere. */
export type Lagring =
	'urort' | 'venter' | 'lagrer' | 'lagret' | 'frakoblet' | 'utlogget' | 'ugyldig' | 'endret' | 'annen';

/** How long after the last key it is saved, and how long until it is tried again without contact. Milliseconds. */
const ETTER_MS = 900;
const IGJEN_MS = 8_000;

/**
 * Saves a draft by itself: some time after the last key, one request at a time, the latest text. What is not saved is kept on the
 * device. Nothing that cannot be saved is ever thrown away: it stays in the form.
 */
export class Kladdlagring {
	tilstand = $state<Lagring>('urort');
	/** When it was saved last, in milliseconds since 1970. */
	lagretAt = $state<number | null>(null);
	/** Whether what is not saved is kept on the device. */
	paaEnheten = $state(false);
	readonly #lagret: (versjon: string) => void;
	#verdier: AktivitetVerdier | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#under: Promise<void> | undefined;
	#stanset = false;

	/** @param lagret is told the draft's version each time it has been saved */
	constructor(lagret: (versjon: string) => void) {
		this.#lagret = lagret;
	}

	/** Something was written. */
	endret(verdier: AktivitetVerdier): void {
		this.#verdier = verdier;
		this.paaEnheten = behold(verdier);
		if (this.tilstand === 'endret' || this.tilstand === 'annen') return;
		if (this.tilstand !== 'frakoblet' && this.tilstand !== 'utlogget') this.tilstand = 'venter';
		this.#om(ETTER_MS);
	}

	/** Tries now: the net is back, or the person. */
	na(): void {
		if (this.#verdier && !this.#stanset) this.#om(0);
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
	ferdig(verdier: AktivitetVerdier): void {
		glem(verdier);
		this.#verdier = undefined;
	}

	/** The text here counts, not the one that was saved elsewhere, which has this version. */
	overstyr(verdier: AktivitetVerdier): void {
		this.tilstand = 'venter';
		this.endret(verdier);
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
		if (!kanLagres(verdier)) {
			this.tilstand = 'ugyldig';
			return;
		}
		this.tilstand = 'lagrer';
		this.#under = this.#send(verdier);
		await this.#under;
		this.#under = undefined;
		if (this.#verdier && this.#verdier !== verdier) this.#om(ETTER_MS);
	}

	async #send(verdier: AktivitetVerdier): Promise<void> {
		const svar = await post(verdier);
		if (svar.type === 'lagret') {
			this.lagretAt = Date.now();
			this.#lagret(svar.versjon);
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

async function post(verdier: AktivitetVerdier): Promise<Svar> {
	const body = new FormData();
	for (const [navn, verdi] of Object.entries(verdier)) body.set(navn, verdi);
	try {
		const response = await fetch('/aktiviteter/ny?/lagre', {
			method: 'POST',
			headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
			body
		});
		const svar = deserialize<Skjemasvar, Skjemasvar>(await response.text());
		if (svar.type === 'success') return { type: 'lagret', versjon: svar.data?.verdier?.['versjon'] ?? verdier.versjon };
		if (svar.type === 'redirect') return { type: 'utlogget' };
		if (svar.type === 'failure' && svar.status === 409)
			return { type: svar.data?.feil === 'aktivitet_konflikt_annen' ? 'annen' : 'endret' };
		return { type: svar.type === 'failure' && svar.status === 400 ? 'ugyldig' : 'frakoblet' };
	} catch {
		return { type: 'frakoblet' };
	}
}
