import { toJson, sanitizeDoc, type DocNode } from '#lib/collab/render.ts';
import { CLOSE } from '#lib/collab/close-codes.ts';
import type { DocState } from '#lib/collab/messages.ts';
import type { RootName } from '#lib/collab/schema.ts';
import { Connection } from './connection.ts';
import { showSignOfLife, whoIsLoggedIn } from '#lib/components/innlogging.ts';
import { Lagring } from './lagring.svelte.ts';
import { listenToPage } from './page-signals.ts';
import { peopleHere, presenceChange, type Person } from './presence.ts';
import { answerTo, RefusalCounter } from './refusals.ts';
import type { SavedWords } from './saved-state.ts';
import { TilSide } from './til-side.svelte.ts';
import { Timers } from './timers.ts';

/** How the page stands to the server; components say it in words. */
export type Tilkobling =
	'kobler-til' | 'tilkoblet' | 'frakoblet' | 'utlogget' | 'annen-bruker' | 'avvist' | 'uten-tilgang' | 'gammel-side';

export type Innhold = Record<RootName, DocNode[]>;

export interface SamarbeidValg {
	samtaleId: string;
	meg: Person;
	epoke: number;
	kanSkrive: boolean;
	/** What the server knew when the page was made: shown until the document is here. */
	forste: Innhold;
}

export interface SamarbeidHendelser {
	/** Someone came or left; told in batches. */
	folk: (change: { joined: Person[]; left: Person[] }) => void;
	/** The page's data are out of date: the document was restored from a backup, or its state has changed. Resolves to the epoch now. */
	fornySide: () => Promise<number | undefined>;
}

/** People who come and go within this time (a reconnect, a reload) are not announced. Milliseconds. */
const PRESENCE_SETTLES_MS = 1500;
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
	personer = $state.raw<Person[]>([]);
	readonly tilSide = new TilSide();
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
	#announced: Person[] | undefined;
	readonly #timers = new Timers<'presence' | 'offline' | 'leave'>();

	constructor({ samtaleId, meg, epoke, kanSkrive, forste }: SamarbeidValg) {
		this.#samtaleId = samtaleId;
		this.#epoke = epoke;
		this.#kanSkrive = kanSkrive;
		this.meg = meg;
		this.innhold = forste;
		this.personer = [meg];
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
		const { protocol, host } = window.location;
		const url = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/samarbeid`;
		this.#lagring.beginAnew();
		const connection: Connection = new Connection(
			{ url, samtaleId: this.#samtaleId, epoke: this.#epoke, meg: this.meg },
			{
				synced: () => this.#synced(connection),
				disconnected: () => this.#disconnected(),
				closed: (code) => void this.#closed(code),
				lagret: (v, at) => this.#lagring.apply({ type: 'lagret', v, at, now: Date.now() }),
				tilstand: (state) => this.#tilstand(state),
				written: (mark) => this.#lagring.apply({ type: 'written', mark, now: Date.now() }),
				presence: () => this.#presence()
			}
		);
		connection.doc.on('update', () => this.#endret());
		this.forbindelse = connection;
		connection.connect();
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
		this.#presence();
		this.tilSide.recount(connection);
	}

	#disconnected(): void {
		if (this.tilkobling === 'tilkoblet' || this.tilkobling === 'kobler-til') this.tilkobling = 'frakoblet';
		this.personer = [this.meg];
		this.#lagring.apply({ type: 'disconnected' });
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
		this.#setAside();
		// Someone else may have logged in on this machine meanwhile: their session must never carry on this page.
		const bruker = await whoIsLoggedIn();
		if (typeof bruker === 'string' && bruker !== this.meg.id) return this.#end('annen-bruker');
		if (!mayTryAgain) return this.#end('avvist');
		if (code === CLOSE.otherEpoch) this.#epoke = (await this.#hendelser?.fornySide()) ?? this.#epoke;
		if (this.#hendelser) this.#open();
	}

	#giveUp(tilkobling: Tilkobling): void {
		this.#setAside();
		this.#end(tilkobling);
	}

	#end(tilkobling: Tilkobling): void {
		this.tilkobling = tilkobling;
		this.tilSide.forget();
	}

	/** Ends the present Y.Doc: keeps its last content to look at, and what was not saved to copy. */
	#setAside(): void {
		const connection = this.forbindelse;
		if (!connection) return;
		connection.detach();
		this.innhold = contentOf(connection);
		this.klar = false;
		this.personer = [this.meg];
		if (this.#lagring.ulagret) this.tilSide.add(connection, this.#lagring.bekreftetTil);
		else connection.destroy();
		this.forbindelse = undefined;
		this.#lagring.beginAnew();
		this.#lagring.sayWords();
	}

	#presence(): void {
		if (!this.forbindelse?.isSynced) return;
		this.personer = peopleHere(this.forbindelse.awareness.getStates().values(), this.meg);
		this.#announced ??= [this.meg];
		this.#timers.set('presence', PRESENCE_SETTLES_MS, () => {
			if (!this.forbindelse?.isSynced) return;
			const change = presenceChange(this.#announced ?? [], this.personer);
			this.#announced = this.personer;
			if (change.joined.length + change.left.length > 0) this.#hendelser?.folk(change);
		});
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
			this.#lagring.stop();
			this.tilSide.forget();
			connection?.destroy();
		};
		leave();
	}
}

function contentOf({ doc }: Connection): Innhold {
	const part = (name: RootName) => sanitizeDoc(toJson(doc, name)).content;
	return { forberedelse: part('forberedelse'), referat: part('referat') };
}
