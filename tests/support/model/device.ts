import { defaultDeleteFilter, defaultProtectedNodes, ySyncPluginKey } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { SCHEMA_FINGERPRINT } from '#lib/collab/fingerprint.ts';
import { encodeLagre, MESSAGE, readOurs, type DocState } from '#lib/collab/messages.ts';
import { ROOTS, type RootName } from '#lib/collab/schema.ts';
import { keepUndoInOrder } from '#lib/collab/undo-order.ts';
import { rendered } from '../log-state.ts';
import { Client } from '../realtime.ts';
import { Account, type Range } from './account.ts';
import { applyEdit, readAsEditor, type Edit } from './edits.ts';
import type { Who } from './letters.ts';

// As the portal's page does; `stock` pages cannot undo.
keepUndoInOrder();

/** `page`: the portal's own; `stock`: knows nothing of states and epochs, throws deleted text away, cannot undo. */
export type Kind = 'page' | 'stock';

export type DeviceOptions = {
	name: string;
	who: Who;
	kind: Kind;
	port: number;
	docId: string;
	token: string;
	/** Yjs would draw it; here a failure must be found again. */
	clientId: number;
};

/** So many of its last updates are kept. */
const SENT = 10;

/** What LAGRET has covered, or will. */
type Mark = { units: number; deletions: number };

/** One page that somebody has open: a stock provider, undo as in the editor, and an account of what was written and acknowledged. */
export class Device {
	readonly name: string;
	readonly who: Who;
	readonly kind: Kind;
	readonly client: Client;
	readonly account: Account;
	/** The state of the document, as this page was told. */
	state: DocState = 'open';
	/** The code with which the server ended it. */
	refusedWith: number | undefined;
	/** Its page was closed. */
	gone = false;
	/** Its last own updates, as they left it. */
	readonly sent: Uint8Array[] = [];
	private readonly undo: Record<RootName, Y.UndoManager>;
	private asked: (Mark & { v: number })[] = [];
	private v = 0;
	private saved = 0;
	private acked: Mark = { units: 0, deletions: 0 };

	constructor({ name, who, kind, port, docId, token, clientId }: DeviceOptions) {
		this.name = name;
		this.who = who;
		this.kind = kind;
		const doc = new Y.Doc({ gc: kind === 'stock' });
		doc.clientID = clientId;
		const params = { lagret: '1', ...(kind === 'page' ? { epoke: '1', skjema: SCHEMA_FINGERPRINT } : {}) };
		this.client = new Client(port, docId, token, { doc, params, connect: false });
		const { provider } = this.client;
		doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== provider) this.sent.splice(0, this.sent.length - SENT, update);
		});
		this.account = new Account(doc, provider);
		this.undo = {
			forberedelse: undoOf(doc.getXmlFragment('forberedelse')),
			referat: undoOf(doc.getXmlFragment('referat'))
		};
		provider.messageHandlers[MESSAGE.ours] = (_encoder, decoder) => {
			const message = readOurs(decoder);
			if (message?.kind === 'lagret') this.saved = Math.max(this.saved, message.v);
			if (message?.kind === 'tilstand') this.state = message.state;
		};
		// What was written while the socket was down goes with the answer to SyncStep1, that is before `sync`.
		provider.on('sync', (synced: boolean) => synced && this.ask());
		provider.on('closed', ({ code }) => (this.refusedWith = code));
		if (kind === 'page') for (const root of ROOTS) this.readOnChange(doc.getXmlFragment(root), provider);
		provider.connect();
	}

	/** Takes part: neither closed nor refused. */
	get lives(): boolean {
		return !this.gone && this.refusedWith === undefined;
	}

	/** Lives, and wants to be connected. */
	get online(): boolean {
		return this.lives && this.client.provider.shouldConnect;
	}

	/** Whether its person can write in it: the portal's own page is read-only as soon as it hears that it should be. */
	get writable(): boolean {
		return this.lives && (this.kind === 'stock' || this.state === 'open');
	}

	/** Everything that was written here is acknowledged. */
	get saves(): boolean {
		const { units, deletions } = this.acknowledged();
		return units === this.account.units.length && deletions === this.account.deletions.length;
	}

	edit(edit: Edit): boolean {
		return applyEdit(this.client.doc, edit);
	}

	/** Takes back, or does again, the last of what was done here in this part. */
	takeBack(part: RootName, which: 'undo' | 'redo'): boolean {
		return this.kind === 'page' && this.undo[part][which]() !== null;
	}

	/** What comes next is another step for undo. */
	pauseTyping(): void {
		for (const root of ROOTS) this.undo[root].stopCapturing();
	}

	/** Asks for LAGRET when that covers everything; after a reconnection it is asked for by itself. */
	ask(): void {
		const { provider } = this.client;
		if (!provider.synced || provider.ws?.readyState !== WebSocket.OPEN) return;
		this.v += 1;
		const { units, deletions } = this.account;
		this.asked.push({ v: this.v, units: units.length, deletions: deletions.length });
		provider.ws.send(encodeLagre(this.v));
	}

	/** The same, unless what is here has been asked about already. */
	askIfNew(): void {
		const { units, deletions } = this.asked.at(-1) ?? this.acknowledged();
		if (units < this.account.units.length || deletions < this.account.deletions.length) this.ask();
	}

	/** How it stands, for people. */
	describe(): string {
		const { provider } = this.client;
		const { units, deletions } = this.acknowledged();
		const of = `${units} of ${this.account.units.length} units, ${deletions} of ${this.account.deletions.length} deletions`;
		const how = this.gone ? 'closed' : (this.refusedWith ?? (provider.synced ? 'synced' : 'not synced'));
		return `${this.name}: ${how}, ${this.state}, acknowledged ${of}, shows ${this.gone ? '-' : rendered(this.client.doc)}`;
	}

	/** How much of what was written here has been acknowledged. */
	acknowledged(): Mark {
		this.acked = this.asked.filter(({ v }) => v <= this.saved).at(-1) ?? this.acked;
		this.asked = this.asked.filter(({ v }) => v > this.saved);
		return this.acked;
	}

	ackedDeletions(): Range[] {
		return this.account.deletions.slice(0, this.acknowledged().deletions);
	}

	/** From now on it is connected by this port. */
	switchTo(port: number): void {
		const { provider } = this.client;
		provider.serverUrl = `ws://127.0.0.1:${port}/samarbeid`;
		provider.ws?.close();
	}

	/** Closes the page at once; resolves when the server has read all that was sent. */
	async close(): Promise<void> {
		this.acknowledged();
		this.gone = true;
		const { ws } = this.client.provider;
		const closed = new Promise((resolve) => (ws ? ws.addEventListener('close', resolve) : resolve(undefined)));
		for (const root of ROOTS) this.undo[root].destroy();
		this.client.destroy();
		await closed;
		this.acknowledged();
	}

	private readOnChange(fragment: Y.XmlFragment, remote: unknown): void {
		fragment.observeDeep((_events, tr) => {
			if (tr.origin !== remote && !(tr.origin instanceof Y.UndoManager)) return;
			this.account.whileReading(fragment, readAsEditor);
		});
	}
}

/** As y-tiptap makes it, but what belongs to one step is not told by the clock. */
function undoOf(fragment: Y.XmlFragment): Y.UndoManager {
	return new Y.UndoManager(fragment, {
		trackedOrigins: new Set([ySyncPluginKey]),
		deleteFilter: (item) => defaultDeleteFilter(item, defaultProtectedNodes),
		captureTimeout: Number.MAX_SAFE_INTEGER
	});
}
