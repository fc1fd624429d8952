import * as Y from 'yjs';
import { LIMITS } from '#lib/collab/limits.ts';

/**
 * Keeps upper bounds of a document's size, so that an ordinary update costs two additions; what they count twice (content that
 * was deleted, delete sets that came again) is found out only when a bound is passed. Belongs to a room, as its Y.Doc does.
 */
export class DocMeter {
	private readonly doc: Y.Doc;
	private nodes = 0;
	private bytes = 0;
	/** Whether the bounds are the exact numbers. */
	private exact = false;

	constructor(doc: Y.Doc) {
		this.doc = doc;
		this.measure();
	}

	/** To be called after an accepted update was applied: `bytes` of the delta that it made, and `newNodes` of its check. */
	note(bytes: number, newNodes: number): void {
		this.bytes += bytes;
		this.nodes += newNodes;
		this.exact = false;
	}

	/** Whether `more` bytes of update still fit into the document. */
	hasRoomForBytes(more: number): boolean {
		return this.fits(() => this.bytes + more <= LIMITS.documentBytes);
	}

	/** Whether `more` nodes and texts may still be added. */
	hasRoomForNodes(more: number): boolean {
		return this.fits(() => this.nodes + more <= LIMITS.nodes);
	}

	private fits(test: () => boolean): boolean {
		if (test()) return true;
		if (this.exact) return false;
		this.measure();
		return test();
	}

	private measure(): void {
		this.bytes = Y.encodeStateAsUpdate(this.doc).length;
		this.nodes = countNodes(this.doc);
		this.exact = true;
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
