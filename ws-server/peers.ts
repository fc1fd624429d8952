import { randomUUID } from 'node:crypto';
import type { Logger } from '#lib/server/log.ts';
import { MOST_BYTES } from '#lib/server/db/hints.ts';
import { HINT_PAUSE_MS, NODE_SILENT_MS, PRESENCE_SILENT_MS } from './limits.ts';
import type { PresenceEntry } from './wire.ts';

/** What a room tells the other nodes, and only they need to know. All of it may be lost (collab.md, «Several nodes»). */
export interface Peers {
	/** The log of this document now reaches this far. */
	committed(docId: string, seq: number): void;
	/** People show themselves in it, move, and go. */
	present(docId: string, entries: readonly PresenceEntry[]): void;
}

/** The rooms of this node, as other nodes reach them. */
export interface Reached {
	ids(): string[];
	/** Undefined when the document is not open here. */
	get(docId: string): ReachedRoom | undefined;
	/** So much has happened that every document must be looked at. */
	lookAtAll(): void;
}
export interface ReachedRoom {
	/** The last row that it has told its people of. */
	readonly seq: number;
	owe(seq: number): void;
	readonly audience: {
		ownPresence(): PresenceEntry[];
		hearPresence(node: string, entry: PresenceEntry): void;
		forgetNode(node: string): void;
		forgetSilent(sinceMs: number): void;
	};
}

/** One thing that is told: as short as it can be, since thousands may go in a second. */
type Fact =
	/** A document was opened: who has it too says so, how far its log reaches and who is in it. */
	| ['open', string]
	| ['too', string, number]
	| ['shut', string]
	| ['row', string, number]
	| ['who', string, PresenceEntry]
	/** Many rows of many documents. */
	| ['all']
	| ['alive'];

/** How long an answer is waited for. Milliseconds. */
const SEND_MS = 5_000;
/** More documents than this at once are not named. */
const MOST_ROWS = 500;

/**
 * What ws-servers on one database tell each other: that a log has grown, and who is in a document. A document is only spoken of when another node
 * has said that it is open there too, so a node that is alone says next to nothing.
 */
export class PeerNodes implements Peers {
	/** Other nodes that have a document open. */
	private readonly elsewhere = new Map<string, Set<string>>();
	/** When each other node was last heard, milliseconds. */
	private readonly heardAt = new Map<string, number>();
	private facts: Fact[] = [];
	private rows = new Map<string, number>();
	private whos = new Map<string, Fact>();
	private timer: NodeJS.Timeout | undefined;
	private sending = false;
	private stopped = false;
	private readonly node = randomUUID();
	private readonly reached: () => Reached;
	private readonly send: (payloads: string[]) => Promise<void>;
	private readonly log: Logger;
	private readonly now: () => number;

	/**
	 * @param send carries payloads of fewer than 8,000 bytes to all nodes, this one too
	 * @param now milliseconds
	 */
	constructor(
		send: (payloads: string[]) => Promise<void>,
		reached: () => Reached,
		{ log, now }: { log: Logger; now: () => number }
	) {
		this.send = send;
		this.reached = reached;
		this.log = log;
		this.now = now;
	}

	opened(docId: string): void {
		this.tell(['open', docId]);
	}

	shut(docId: string): void {
		if (this.elsewhere.delete(docId)) this.tell(['shut', docId]);
	}

	committed(docId: string, seq: number): void {
		if (!this.elsewhere.has(docId)) return;
		this.rows.set(docId, seq);
		this.arm();
	}

	present(docId: string, entries: readonly PresenceEntry[]): void {
		if (!this.elsewhere.has(docId)) return;
		for (const entry of entries) this.who(docId, entry);
	}

	/** Hints are heard from now on; what was said before is asked for anew. */
	listening(): void {
		for (const node of [...this.heardAt.keys()]) this.forgetNode(node);
		for (const docId of this.reached().ids()) this.opened(docId);
	}

	/** Says now and then that this node lives, and forgets those who have not. */
	beat(): void {
		const now = this.now();
		for (const [node, at] of this.heardAt) if (now - at > NODE_SILENT_MS) this.forgetNode(node);
		for (const docId of this.elsewhere.keys())
			this.reached()
				.get(docId)
				?.audience.forgetSilent(now - PRESENCE_SILENT_MS);
		if (this.reached().ids().length > 0) this.tell(['alive']);
	}

	/** What another node, or this one, has said. */
	hear(payload: string): void {
		if (payload.startsWith(`["${this.node}"`)) return;
		try {
			const [node, ...facts] = JSON.parse(payload) as [string, ...Fact[]];
			this.heardAt.set(node, this.now());
			for (const fact of facts) this.take(node, fact);
		} catch (error) {
			// Another version's, perhaps: the poll finds what it may have said.
			this.log.warn({ err: error }, 'not understood what another node said');
		}
	}

	stop(): void {
		this.stopped = true;
		clearTimeout(this.timer);
	}

	private take(node: string, [kind, ...said]: Fact): void {
		const [docId, more] = said as [string, unknown];
		if (kind === 'alive') return;
		if (kind === 'all') return this.reached().lookAtAll();
		if (kind === 'shut') return this.forgetDocument(docId, node);
		const room = this.reached().get(docId);
		if (!room) return;
		this.elsewhere.set(docId, (this.elsewhere.get(docId) ?? new Set()).add(node));
		if (kind === 'row' || kind === 'too') room.owe(more as number);
		if (kind === 'who') room.audience.hearPresence(node, more as PresenceEntry);
		if (kind === 'open') this.tell(['too', docId, room.seq]);
		if (kind === 'open' || kind === 'too') for (const entry of room.audience.ownPresence()) this.who(docId, entry);
	}

	private forgetNode(node: string): void {
		this.heardAt.delete(node);
		for (const [docId, nodes] of this.elsewhere) if (nodes.has(node)) this.forgetDocument(docId, node);
	}

	private forgetDocument(docId: string, node: string): void {
		this.reached().get(docId)?.audience.forgetNode(node);
		const nodes = this.elsewhere.get(docId);
		nodes?.delete(node);
		if (nodes?.size === 0) this.elsewhere.delete(docId);
	}

	/** Of each person only where they are last. */
	private who(docId: string, entry: PresenceEntry): void {
		this.whos.set(`${docId}/${entry.clientId}`, ['who', docId, entry]);
		this.arm();
	}

	private tell(fact: Fact): void {
		this.facts.push(fact);
		this.arm();
	}

	/** A moment later, together with what comes meanwhile. */
	private arm(): void {
		if (this.timer || this.sending || this.stopped) return;
		this.timer = setTimeout(() => void this.flush(), HINT_PAUSE_MS);
	}

	private async flush(): Promise<void> {
		this.timer = undefined;
		const rows: Fact[] = [...this.rows].map(([docId, seq]) => ['row', docId, seq]);
		const facts = [
			...this.facts,
			...(rows.length > MOST_ROWS ? [['all'] satisfies Fact] : rows),
			...this.whos.values()
		];
		this.facts = [];
		this.rows = new Map();
		this.whos = new Map();
		this.sending = true;
		try {
			await inTime(this.send(payloadsOf(this.node, facts)));
		} catch (error) {
			this.log.debug({ err: error }, 'other nodes not told');
		}
		this.sending = false;
		if (this.facts.length + this.rows.size + this.whos.size > 0) this.arm();
	}
}

/** A way that answers no more must not silence the node: what is said later goes another way. */
async function inTime(sent: Promise<void>): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => reject(new Error('no answer')), SEND_MS).unref();
	});
	await Promise.race([sent, late]).finally(() => clearTimeout(timer));
}

/** As few payloads as will hold them; a fact that fits into none is left out. */
export function payloadsOf(node: string, facts: readonly Fact[]): string[] {
	const payloads: string[] = [];
	let payload = '';
	for (const fact of facts) {
		const said = `,${JSON.stringify(fact)}`;
		if (payload !== '' && Buffer.byteLength(payload) + Buffer.byteLength(said) < MOST_BYTES) payload += said;
		else if (Buffer.byteLength(said) < MOST_BYTES - 50) {
			if (payload !== '') payloads.push(`${payload}]`);
			payload = `[${JSON.stringify(node)}${said}`;
		}
	}
	return payload === '' ? payloads : [...payloads, `${payload}]`];
}
