import { CLOSE } from '#lib/collab/close-codes.ts';
import type { DocState } from '#lib/collab/messages.ts';
import { Connection, samarbeidUrl } from './connection.ts';
import { showSignOfLife, whoIsLoggedIn } from '#lib/components/innlogging.ts';
import { Lagring } from './lagring.svelte.ts';
import { Device } from './device.ts';
import { DeviceCopy } from './device-copy.ts';
import { HerNa } from './her-na.svelte.ts';
import { listenToPage } from './page-signals.ts';
import {
	contentOf,
	type Innhold,
	type SamarbeidHendelser,
	type SamarbeidValg,
	type Tilkobling
} from './samarbeid-valg.ts';
import type { Person } from './presence.ts';
import { answerTo, RefusalCounter } from './refusals.ts';
import type { SavedWords } from './saved-state.ts';
import { Skriveflater } from './skriveflater.ts';
import { TilSide } from './til-side.svelte.ts';
import { Timers } from './timers.ts';

/** How long a page that is left may still wait for «saved». Milliseconds. */
const LINGER_MS = 5000;
/** A reconnect that takes longer than this is told in a banner. Milliseconds. */
const BANNER_AFTER_MS = 3000;

/**
 * One samtale being written together: owns the Y.Doc, its connection and everything the page says about them. Made by the
 * page (`new Samarbeid({ … })`, also while rendering on the server), started by `SamtaleEditor` in the browser.
 */
export class Samarbeid {
	tilkobling = $state<Tilkobling>('kobler-til');
	/** Without contact for so long that it deserves more than a word: a restart of the server is over before. */
	lengeFrakoblet = $state(false);
	/** The state of the document as the server last told it; anything but `open` is read-only. */
	dokument = $state<DocState>('open');
	/** The document is here: the editors may stand. False before the first sync and after a refusal. */
	klar = $state(false);
	/** The connection whose document the editors show; a new one means new editors. */
	forbindelse = $state.raw<Connection>();
	readonly tilSide: TilSide;
	readonly flater = new Skriveflater();
	/** What is shown while the editors do not stand. */
	innhold = $state.raw<Innhold>({ forberedelse: [], referat: [] });
	readonly meg: Person;

	readonly kanRedigere = $derived.by(
		() =>
			this.#kanSkrive &&
			this.klar &&
			this.dokument === 'open' &&
			['kobler-til', 'tilkoblet', 'frakoblet'].includes(this.tilkobling)
	);

	#kanSkrive = $state(false);
	readonly #lagring = new Lagring(() => this.forbindelse);
	readonly #samtaleId: string;
	readonly #refusals = new RefusalCounter();
	#epoke: number;
	#hendelser: SamarbeidHendelser | undefined;
	#lyttere: (() => void)[] = [];
	readonly #herNa: HerNa;
	readonly #device: Device | undefined;
	#copy: DeviceCopy | undefined;
	readonly #timers = new Timers<'offline' | 'leave'>();

	constructor({ samtaleId, meg, epoke, kanSkrive, paEnheten, forste }: SamarbeidValg) {
		this.#samtaleId = samtaleId;
		this.#epoke = epoke;
		this.#kanSkrive = kanSkrive;
		this.meg = meg;
		this.innhold = forste;
		this.#herNa = new HerNa(meg, (change) => this.#hendelser?.folk(change));
		const wiped = () => this.#kept(false);
		if (paEnheten && typeof window !== 'undefined')
			this.#device = new Device({ bruker: meg.id, samtale: samtaleId }, wiped);
		this.tilSide = new TilSide(this.#device);
	}

	get personer(): Person[] {
		return this.#herNa.personer;
	}

	/** What is not saved is kept on this device. */
	get paEnheten(): boolean {
		return this.#lagring.paEnheten;
	}

	/** Something written here is not known to be committed, or was refused and is not copied yet. */
	get harUlagret(): boolean {
		return this.#lagring.ulagret || (this.tilSide.tekst !== '' && !this.tilSide.kopiert);
	}

	get lagring(): SavedWords {
		return this.#lagring.ord;
	}

	/** When the server last said «saved», in milliseconds since 1970; undefined when nothing has been written since the page was opened. */
	get lagretTid(): number | undefined {
		return this.#lagring.tid;
	}

	/** Connects; returns what ends it again. Browser only. */
	start(hendelser: SamarbeidHendelser): () => void {
		this.#hendelser = hendelser;
		this.#open();
		const deaf = listenToPage({
			awake: () => this.#wakeUp(),
			offline: () => this.forbindelse?.dropSocket(),
			inUse: () => void (this.forbindelse?.isSynced && showSignOfLife()),
			wouldLose: () => this.harUlagret
		});
		return () => {
			deaf();
			this.#stop();
		};
	}

	/** The same person is logged in again: everything that was written meanwhile is sent and merged. Says who was found. */
	async fortsettEtterInnlogging(): Promise<'samme' | 'annen' | 'ingen' | 'ukjent'> {
		const bruker = await whoIsLoggedIn();
		if (bruker === undefined) return 'ukjent';
		if (bruker === null) return 'ingen';
		if (bruker !== this.meg.id) {
			this.#giveUp('annen-bruker');
			return 'annen';
		}
		this.tilkobling = 'frakoblet';
		this.#device?.resume();
		this.#copy?.disconnected();
		this.forbindelse?.connect();
		return 'samme';
	}

	/** The page has new data from the server (after `fornySide`, or any form on it). */
	nyttFraTjeneren(forste: Innhold, kanSkrive: boolean): void {
		if (!this.klar) this.innhold = forste;
		this.#kanSkrive = kanSkrive;
	}

	#wakeUp(): void {
		// Perhaps logged in again in another tab.
		if (this.tilkobling === 'utlogget') void this.fortsettEtterInnlogging();
		else this.forbindelse?.wakeUp(Date.now());
	}

	/** Calls back whenever anybody has written something; returns what ends that. */
	lytt(skrevet: () => void): () => void {
		this.#lyttere = [...this.#lyttere, skrevet];
		return () => {
			this.#lyttere = this.#lyttere.filter((lytter) => lytter !== skrevet);
		};
	}

	#endret(): void {
		for (const skrevet of this.#lyttere) skrevet();
	}

	#open(): void {
		this.#lagring.beginAnew();
		const connection: Connection = new Connection(
			{ url: samarbeidUrl(), samtaleId: this.#samtaleId, epoke: this.#epoke, meg: this.meg },
			{
				synced: () => this.#synced(connection),
				disconnected: () => this.#disconnected(),
				closed: (code) => void this.#closed(code),
				lagret: (v, at) => {
					this.#lagring.apply({ type: 'lagret', v, at, now: Date.now() });
					copy.acknowledged();
				},
				tilstand: (state) => this.#tilstand(state),
				written: (mark) => {
					this.#lagring.apply({ type: 'written', mark, now: Date.now() });
					copy.written(connection.isSynced);
				},
				presence: () => this.#herNa.se(this.forbindelse)
			}
		);
		const copy = new DeviceCopy(this.#device, {
			...{ doc: connection.doc, epoke: this.#epoke, keeps: (keeps) => this.#kept(keeps) },
			...{ acknowledged: () => this.#lagring.bekreftet, unsaved: () => this.#lagring.ulagret }
		});
		connection.doc.on('update', () => this.#endret());
		this.forbindelse = connection;
		this.#copy = copy;
		void this.#begin(connection, copy);
	}

	/** What lies on the device is merged first: the handshake then sends it with the rest. */
	async #begin(connection: Connection, copy: DeviceCopy): Promise<void> {
		// Who may not write any more would be refused: it is shown to copy instead.
		if (!this.#kanSkrive) await this.#device?.settleAll();
		await copy.takeUp();
		await this.tilSide.hent();
		if (this.forbindelse === connection && this.#hendelser) connection.connect();
	}

	#kept(keeps: boolean): void {
		this.#lagring.apply({ type: 'device', keeps });
	}

	#tilstand(state: DocState): void {
		if (this.dokument === state) return;
		this.dokument = state;
		// The page around the text tells more of it: by whom, when, why.
		void this.#hendelser?.fornySide();
	}

	#synced(connection: Connection): void {
		this.tilkobling = 'tilkoblet';
		this.klar = true;
		this.lengeFrakoblet = false;
		this.#lagring.apply({ type: 'synced' });
		this.#lagring.ask();
		this.#herNa.se(connection);
		this.tilSide.recount(connection);
	}

	#disconnected(): void {
		if (this.tilkobling === 'tilkoblet' || this.tilkobling === 'kobler-til') this.tilkobling = 'frakoblet';
		this.#herNa.alene();
		this.#lagring.apply({ type: 'disconnected' });
		this.#copy?.disconnected();
		this.#timers.setFirst('offline', BANNER_AFTER_MS, () => {
			this.lengeFrakoblet = !this.forbindelse?.isSynced;
		});
	}

	async #closed(code: number): Promise<void> {
		const answer = answerTo(code);
		if (answer === 'log-in') return void (this.tilkobling = 'utlogget');
		if (answer === 'reload') return this.#giveUp('gammel-side');
		if (answer === 'read-only') {
			if (code === CLOSE.final && this.dokument === 'open') this.dokument = 'final';
			this.#giveUp(code === CLOSE.final ? 'avvist' : 'uten-tilgang');
			// Without access there is no page to renew: that would take away the text to copy.
			if (code === CLOSE.final) await this.#hendelser?.fornySide();
			return;
		}
		const mayTryAgain = this.#refusals.note(Date.now());
		await this.#setAside();
		// Someone else may have logged in on this machine meanwhile: their session must never carry on this page.
		const bruker = await whoIsLoggedIn();
		if (typeof bruker === 'string' && bruker !== this.meg.id) return this.#end('annen-bruker');
		if (!mayTryAgain) return this.#end('avvist');
		if (code === CLOSE.otherEpoch) this.#epoke = (await this.#hendelser?.fornySide()) ?? this.#epoke;
		if (this.#hendelser) this.#open();
	}

	#giveUp(tilkobling: Tilkobling): void {
		void this.#setAside();
		this.#end(tilkobling);
	}

	#end(tilkobling: Tilkobling): void {
		this.tilkobling = tilkobling;
		this.tilSide.forget();
	}

	/** Ends the present Y.Doc: keeps its last content to look at, and what was not saved to copy. */
	async #setAside(): Promise<void> {
		const connection = this.forbindelse;
		const copy = this.#copy;
		if (!connection || !copy) return;
		connection.detach();
		copy.end();
		this.innhold = contentOf(connection);
		this.klar = false;
		this.#herNa.alene();
		const aside = this.#lagring.ulagret ? this.tilSide.add(connection, copy.own) : connection.destroy();
		this.forbindelse = undefined;
		this.#lagring.beginAnew();
		this.#lagring.sayWords();
		await aside;
		await copy.drop();
	}

	/** Lets go of everything, but stays until what was just typed is committed, when it can be. */
	#stop(): void {
		this.#hendelser = undefined;
		const connection = this.forbindelse;
		const began = Date.now();
		const leave = () => {
			if (connection?.isSynced && this.#lagring.ulagret && Date.now() - began < LINGER_MS) {
				return this.#timers.set('leave', 100, leave);
			}
			this.#timers.clear();
			this.#herNa.stop();
			this.#lagring.stop();
			this.#copy?.end();
			this.#device?.close();
			this.tilSide.forget();
			connection?.destroy();
		};
		leave();
	}
}
