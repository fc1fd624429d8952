import * as Y from 'yjs';

/** What a row of the log brings, as far as a room must know it. */
export type RowContent = {
	/** Clients that write in it. */
	clients: ReadonlySet<number>;
	/** Nodes and texts that it brings. */
	nodes: number;
	written: Range[];
	deleted: Range[];
	/** It brings text, and nothing else: then it takes nothing away either, not even without saying so (a node that another has written in). */
	onlyText: boolean;
};

type Range = { client: number; clock: number; len: number };

/** Takes an update that was validated before it was committed apart. */
export function contentOf(upd: Uint8Array): RowContent {
	const { structs, ds } = Y.decodeUpdate(upd);
	return {
		clients: new Set(structs.map(({ id }) => id.client)),
		nodes: structs.filter((struct) => struct instanceof Y.Item && struct.content instanceof Y.ContentType).length,
		written: structs.map(({ id, length }) => ({ ...id, len: length })),
		onlyText: ds.clients.size === 0 && structs.every(isText),
		deleted: [...ds.clients].flatMap(([client, ranges]) => ranges.map(({ clock, len }) => ({ client, clock, len })))
	};
}

function isText(struct: Y.AbstractStruct): boolean {
	return struct instanceof Y.Item && struct.content instanceof Y.ContentString;
}

/** Whether one does something that the other does too: then it may be the same edit, that came by two ways. */
export function overlap(one: RowContent, other: RowContent): boolean {
	return meets(one.written, other.written) || meets(one.deleted, other.deleted);
}

function meets(some: Range[], others: Range[]): boolean {
	return some.some((a) =>
		others.some((b) => a.client === b.client && a.clock < b.clock + b.len && b.clock < a.clock + a.len)
	);
}
