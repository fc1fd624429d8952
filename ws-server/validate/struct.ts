import type { MarkName, NodeName, RootName, Scalar } from '#lib/collab/schema.ts';

/** The identity of one unit of content in Yjs. */
export interface Id {
	client: number;
	clock: number;
}

/** What a struct holds. `gc` and `deleted` stand for content that its client has already thrown away. */
export type Kind = 'gc' | 'deleted' | 'text' | 'format' | 'attr' | 'element' | 'xmlText';

/** One struct of an update, as declared; nothing about it is known to be true yet. Always the same shape, for speed. */
export interface Struct {
	client: number;
	clock: number;
	/** In Yjs' units: UTF-16 units for text, 1 for a node, a mark or each of an attribute's values. */
	len: number;
	kind: Kind;
	origin: Id | null;
	rightOrigin: Id | null;
	/** Only given when there is neither origin: otherwise it is that of the neighbour. */
	parent: RootName | Id | null;
	parentSub: string | null;
	/** Of an `element`. */
	nodeName: NodeName | null;
	/** Of a `format`. */
	mark: MarkName | null;
	/** Of an `attr`: usually one. Yjs joins values that followed each other and were all overwritten; the last one counts. */
	values: readonly Scalar[];
}

/** The structs of one client, contiguous from the first one's clock. */
export interface Section {
	client: number;
	/** Clock behind the last struct. */
	end: number;
	structs: Struct[];
}

export interface DeleteRange {
	client: number;
	clock: number;
	len: number;
}

export interface DecodedUpdate {
	/** The update as it came. */
	bytes: Uint8Array;
	sections: Section[];
	/** Per client ascending and without overlap. */
	deletes: DeleteRange[];
}
