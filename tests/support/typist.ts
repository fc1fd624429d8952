import { setTimeout as delay } from 'node:timers/promises';
import type * as Y from 'yjs';
import { encodeLagre } from '#lib/collab/messages.ts';
import { ROOTS } from '#lib/collab/schema.ts';
import type { Act, Ledger } from './ledger.ts';
import { Account } from './model/account.ts';
import type { Who } from './model/letters.ts';
import type { Random } from './random.ts';
import { Client, until } from './realtime.ts';
import { plain, textsOf, wordsIn } from './words.ts';

/** So few that two typists keep meeting in the same one. */
const PARAGRAPHS = 6;
/** Longest pause between two edits, milliseconds: some 100 edits a second for each typist. */
const PAUSE_MS = 15;
const EDITS_PER_LAGRE = 4;

export type TypistOptions = {
	port: number;
	docId: string;
	token: string;
	who: Who;
	ledger: Ledger;
	random: Random;
};

/**
 * One person at a stock client who types without pause in both parts: new words, paragraphs, removals of whole words (anybody's),
 * and marks. Asks for LAGRET after every few edits without waiting for it, and writes into the ledger what was acknowledged.
 */
export class Typist {
	readonly client: Client;
	/** Codes with which sockets were closed that had opened; undefined stands for one that just broke. */
	readonly closeCodes: (number | undefined)[] = [];
	/** What it wrote and deleted, as its own Y.Doc had it. */
	readonly account: Account;
	private readonly options: TypistOptions;
	private readonly acts: Act[] = [];
	/** LAGREs that were sent, each with the number of acts and of steps of the account before it. */
	private asked: { v: number; acts: number; steps: number }[] = [];
	private v = 0;
	private covered = { acts: 0, steps: 0 };
	private typing: Promise<void> | undefined;
	private stopped = false;
	/** The code with which the server closed it for good. */
	refusedWith: number | undefined;
	/** How often its document has changed, by whomever. */
	changes = 0;

	constructor(options: TypistOptions) {
		this.options = options;
		this.client = new Client(options.port, options.docId, options.token, { params: { lagret: '1' } });
		const { provider } = this.client;
		this.account = new Account(this.client.doc, provider);
		// What was written while the socket was down goes with the answer to SyncStep1, that is before `sync`: from here on LAGRE covers it.
		provider.on('sync', (synced: boolean) => synced && this.ask());
		provider.on('connection-close', (event) => provider.wsconnected && this.closeCodes.push(event?.code));
		provider.on('closed', ({ code }) => (this.refusedWith = code));
		this.client.doc.on('update', () => (this.changes += 1));
	}

	get who(): Who {
		return this.options.who;
	}

	/** How many units and deletions of its account are acknowledged. */
	acknowledged(): { units: number; deletions: number } {
		return this.account.steps[this.covered.steps - 1] ?? { units: 0, deletions: 0 };
	}

	/** Types until `stop`; does nothing while it types already. */
	start(): void {
		this.stopped = false;
		this.typing ??= this.type();
	}

	/** Ends after the edit at hand. */
	async stop(): Promise<void> {
		this.stopped = true;
		await this.typing;
		this.typing = undefined;
	}

	/** Resolves when everything that was typed is acknowledged, and everything that was told before that has come. */
	async settled(): Promise<void> {
		const before = this.v;
		this.ask();
		// Unless it is connected now, the question is asked as soon as it is.
		await until(() => (this.v > before && this.client.saved >= this.v) || this.refusedWith !== undefined);
		if (this.refusedWith !== undefined) throw new Error(`closed with ${this.refusedWith}`);
		this.harvest();
	}

	/** Writes into the ledger what has been acknowledged. */
	harvest(): void {
		const { saved } = this.client;
		const covered = this.asked.findLast(({ v }) => v <= saved) ?? this.covered;
		for (const act of this.acts.slice(this.covered.acts, covered.acts)) this.options.ledger.acknowledge(act);
		this.covered = covered;
		this.asked = this.asked.filter(({ v }) => v > saved);
	}

	/** Ends it; whatever is not acknowledged by now may be there or not. When it is over, the server has read all that was sent. */
	async leave(): Promise<void> {
		await this.stop();
		this.harvest();
		const { ws } = this.client.provider;
		const closed = new Promise((resolve) => (ws ? ws.addEventListener('close', resolve) : resolve(undefined)));
		this.client.destroy();
		await closed;
	}

	/** As `leave`, when the server has just been killed: what that had sent before is still read. */
	async lose(): Promise<void> {
		this.client.provider.shouldConnect = false;
		await this.stop();
		await until(() => this.client.provider.ws === null);
		await this.leave();
	}

	private async type(): Promise<void> {
		for (let edits = 1; !this.stopped && this.refusedWith === undefined; edits++) {
			this.edit();
			if (edits % EDITS_PER_LAGRE === 0) this.ask();
			await delay(this.options.random.int(0, PAUSE_MS));
		}
	}

	private ask(): void {
		const { provider } = this.client;
		if (!provider.synced || provider.ws?.readyState !== WebSocket.OPEN) return;
		this.v += 1;
		this.asked.push({ v: this.v, acts: this.acts.length, steps: this.account.steps.length });
		provider.ws.send(encodeLagre(this.v));
	}

	private edit(): void {
		const { random } = this.options;
		const part = random.pick(ROOTS) ?? 'referat';
		const texts = textsOf(this.client.doc, part);
		const text = random.pick(texts);
		const what = random.int(1, 10);
		if (!text || (texts.length < PARAGRAPHS && what === 1)) this.client.write(this.newWord(), part);
		else if (what <= 3) this.removeWord(text);
		else if (what <= 5) this.mark(text);
		else this.typeWord(text);
	}

	private typeWord(text: Y.XmlText): void {
		const before = wordsIn(plain(text));
		const at = before.slice(0, this.options.random.int(0, before.length)).join('').length;
		text.insert(at, this.newWord());
	}

	private removeWord(text: Y.XmlText): void {
		const all = plain(text);
		const word = this.options.random.pick(wordsIn(all));
		if (word === undefined) return;
		this.options.ledger.removing(word);
		this.acts.push({ word, kind: 'removed' });
		text.delete(startOf(all, word), word.length);
	}

	private mark(text: Y.XmlText): void {
		const { random } = this.options;
		const start = random.int(0, text.length);
		const name = random.chance(0.5) ? 'bold' : 'italic';
		text.format(start, random.int(0, text.length - start), { [name]: random.chance(0.6) ? {} : null });
	}

	private newWord(): string {
		const word = this.options.ledger.newWord(this.options.who.slice(0, 1));
		this.acts.push({ word, kind: 'typed' });
		return word;
	}
}

/** Where a word begins in a text that is nothing but words. */
function startOf(text: string, word: string): number {
	let at = 0;
	for (const each of wordsIn(text)) {
		if (each === word) break;
		at += each.length;
	}
	return at;
}
