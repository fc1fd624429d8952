import * as Y from 'yjs';
import type { Device } from './device.ts';
import { forged, intrude, type Attempt } from './intruder.ts';
import type { Who } from './letters.ts';

type Trying = {
	docId: string;
	tokens: Record<Who, string>;
	devices: readonly Device[];
	/** The port of one of the nodes. */
	port: () => number;
	tell: (what: string) => void;
};

/** What people of a samtale try past the editor. Nothing of it may come into the document. */
export class Tricks {
	/** ClientIDs under which somebody else has tried to write. */
	readonly usurped = new Set<number>();
	private readonly trying: Trying;

	constructor(trying: Trying) {
		this.trying = trying;
	}

	/** Writes under the other's clientID, and shows themselves as the other. */
	async forge(who: Who, by: number): Promise<void> {
		const victim = this.pageOfOther(who, by);
		if (!victim) return;
		const { doc } = victim.client;
		await this.usurp(who, victim, 'is imitated', { kind: 2, update: forged(doc, doc.clientID, 'falskt') });
	}

	/** Sends all that a page of the other holds: they use the same computer. */
	async share(who: Who, by: number): Promise<void> {
		const victim = this.pageOfOther(who, by);
		if (!victim) return;
		const update = Y.encodeStateAsUpdate(victim.client.doc);
		await this.usurp(who, victim, 'is sent by the other', { kind: 1, update });
	}

	/** Sends what one of the other's pages has sent last once more, with the same person's session. */
	async replay(who: Who, by: number): Promise<void> {
		const device = this.pageOfOther(who, by);
		if (!device) return;
		const { docId, tokens, port, tell } = this.trying;
		tell(`${device.name} is played again`);
		const send = device.sent.map((update) => ({ kind: 2 as const, update }));
		await intrude({ port: port(), docId, token: tokens[device.who], send });
	}

	/** A page whose clientID is known to be the other's: something of it is committed. */
	private pageOfOther(who: Who, by: number): Device | undefined {
		const known = this.trying.devices.filter((each) => each.who !== who && each.acknowledged().units > 0);
		return known[by % known.length];
	}

	private usurp(who: Who, victim: Device, what: string, send: Attempt['send'][number]): Promise<void> {
		const { docId, tokens, port, tell } = this.trying;
		tell(`${victim.name} ${what}`);
		const shownAs = victim.client.doc.clientID;
		this.usurped.add(shownAs);
		return intrude({ port: port(), docId, token: tokens[who], send: [send], shownAs });
	}
}
