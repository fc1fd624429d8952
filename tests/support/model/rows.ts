import * as Y from 'yjs';
import type { CollabRow } from '#lib/server/queries/collab.ts';
import { rendered } from '../log-state.ts';
import type { Person } from '../world.ts';
import { letterAt, textOf } from './account.ts';
import type { Device } from './device.ts';
import { named, PEOPLE, typistOf, type Who } from './letters.ts';

/** A log row by row, held against what each page says that it wrote (promise 2). */
export class Rows {
	/** The document as the log makes it. */
	readonly doc = new Y.Doc({ gc: false });
	readonly faults: string[] = [];
	private readonly people: Record<Who, Person>;
	private readonly devices: ReadonlyMap<number, Device>;
	private readonly deleted: Record<Who, Set<string>> = { lis: new Set(), veileder: new Set() };
	private readonly seen = new Set<string>();

	constructor(people: Record<Who, Person>, devices: readonly Device[]) {
		this.people = people;
		this.devices = new Map(devices.map((device) => [device.client.doc.clientID, device]));
		for (const { who, account } of devices)
			for (const { client, clock, len } of account.deletions)
				for (let i = clock; i < clock + len; i++) this.deleted[who].add(key(client, i));
	}

	/** Replays the next row, and judges it. */
	add(row: CollabRow): void {
		const who = PEOPLE.find((each) => this.people[each].id === row.userId);
		const before = row.kind === 'normalise' ? rendered(this.doc) : undefined;
		this.doc.once('afterTransaction', (tr: Y.Transaction) => {
			if (row.kind !== 'init') this.judge(tr, who, (what) => this.faults.push(`row ${row.seq} by ${who}: ${what}`));
		});
		this.doc.transact((tr) => {
			Y.applyUpdate(this.doc, row.upd);
			// Keeps the replica from making clean-up edits of its own.
			tr.local = true;
		});
		if (before !== undefined && before !== rendered(this.doc))
			this.faults.push(`row ${row.seq}: a clean-up that shows`);
	}

	private judge(tr: Y.Transaction, who: Who | undefined, fault: (what: string) => void): void {
		for (const [client, to] of tr.afterState) {
			const from = tr.beforeState.get(client) ?? 0;
			if (to === from) continue;
			const device = this.devices.get(client);
			if (device?.who !== who) fault(`writes as ${device?.name ?? client}`);
			const structs = tr.doc.store.clients.get(client) ?? [];
			for (const struct of structs.slice(Y.findIndexSS(structs, from))) this.judgeWritten(struct, device, fault);
		}
		Y.iterateDeletedStructs(tr, tr.deleteSet, (struct) => {
			const { client, clock } = struct.id;
			const old = clock < (tr.beforeState.get(client) ?? 0);
			if (old && who && !this.meantToDelete(struct, who)) fault(`deletes ${named(textOf(struct))}, which they did not`);
		});
	}

	/** Each letter is what the page wrote there; and the first who brings a letter is who typed it. */
	private judgeWritten(struct: Y.Item | Y.GC, device: Device | undefined, fault: (what: string) => void): void {
		for (let i = 0; i < struct.length; i++) {
			const letter = letterAt(struct, i);
			const written = device?.account.units[struct.id.clock + i] ?? '';
			if (letter !== written && (letter !== '' || !struct.deleted))
				fault(`holds ${named(letter)} where ${device?.name} wrote ${named(written)}`);
			const typist = typistOf(letter);
			if (typist === undefined || this.seen.has(letter)) continue;
			this.seen.add(letter);
			if (typist !== device?.who) fault(`brings ${named(letter)}, which was never there`);
		}
	}

	/** Whether one of the person's pages deleted this text, or something that it stands in. */
	private meantToDelete(struct: Y.Item | Y.GC, who: Who): boolean {
		if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return true;
		const { client, clock } = struct.id;
		const within = (item: Y.Item): boolean => {
			const above = (item.parent as Y.AbstractType<unknown>)._item;
			return above !== null && (this.deleted[who].has(key(above.id.client, above.id.clock)) || within(above));
		};
		const each = Array.from({ length: struct.length }, (_, i) => key(client, clock + i));
		return each.every((unit) => this.deleted[who].has(unit)) || within(struct);
	}
}

function key(client: number, clock: number): string {
	return `${client}:${clock}`;
}
