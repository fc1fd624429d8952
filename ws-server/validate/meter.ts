import * as Y from 'yjs';
import { LIMITS } from '#lib/collab/limits.ts';

/**
 * Keeps upper bounds of a document's size, so that an ordinary update costs two additions; what they count twice (content that
 * was deleted, delete sets that came again) is found out only when a bound is passed. Nothing is measured for those who only read.
 * Belongs to a room, as its Y.Doc does.
 */
export class DocMeter {
	private readonly doc: Y.Doc;
	/** Undefined until somebody wants to write. */
	private bounds: { nodes: number; bytes: number } | undefined;
	/** Whether the bounds are the exact numbers. */
	private exact = false;

	constructor(doc: Y.Doc) {
		this.doc = doc;
	}

	/** To be called after an accepted update was applied, before the next is judged: its bytes, and the `newNodes` of its check. */
	note(bytes: number, newNodes: number): void {
		if (!this.bounds) return;
		this.bounds.bytes += bytes;
		this.bounds.nodes += newNodes;
		this.exact = false;
	}

	/** Whether `more` bytes of update still fit into the document. */
	hasRoomForBytes(more: number): boolean {
		return this.fits(({ bytes }) => bytes + more <= LIMITS.documentBytes);
	}

	/** The same, if it is known without measuring; else false. */
	surelyHasRoomForBytes(more: number): boolean {
		return this.bounds !== undefined && this.bounds.bytes + more <= LIMITS.documentBytes;
	}

	/** Whether `more` nodes and texts may still be added. */
	hasRoomForNodes(more: number): boolean {
		return this.fits(({ nodes }) => nodes + more <= LIMITS.nodes);
	}

	private fits(test: (bounds: { nodes: number; bytes: number }) => boolean): boolean {
		if (this.bounds && test(this.bounds)) return true;
		if (this.bounds && this.exact) return false;
		this.bounds = { bytes: Y.encodeStateAsUpdate(this.doc).length, nodes: countNodes(this.doc) };
		this.exact = true;
		return test(this.bounds);
	}
}

/** Nodes and texts that are not deleted. */
export function countNodes(doc: Y.Doc): number {
	let count = 0;
	for (const structs of doc.store.clients.values()) {
		for (const struct of structs) {
			if (!struct.deleted && struct instanceof Y.Item && struct.content instanceof Y.ContentType) count += 1;
		}
	}
	return count;
}
