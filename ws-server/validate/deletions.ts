import * as Y from 'yjs';
import { Refusal } from './refusal.ts';
import type { DeleteRange } from './struct.ts';

export interface Deletions {
	/** Something that the document shows or keeps undeleted is deleted. */
	someNew: boolean;
	/** Characters that people see, or a node, are deleted: certainly an edit, and no clean-up by a reader. */
	visible: boolean;
}

/**
 * What the delete ranges of an update would delete in the document as it is.
 *
 * @param state per client the clock behind everything that will be there; a range beyond it would stay pending in Yjs.
 * @throws Refusal
 */
export function judgeDeletions(doc: Y.Doc, ranges: DeleteRange[], state: (client: number) => number): Deletions {
	const found = { someNew: false, visible: false };
	for (const { client, clock, len } of ranges) {
		if (clock + len > state(client)) throw new Refusal('gap', 'deletes what is not there');
		const structs = doc.store.clients.get(client);
		if (structs === undefined || clock >= Y.getState(doc.store, client)) continue;
		for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
			const struct = structs[i];
			if (struct === undefined || struct.id.clock >= clock + len) break;
			if (struct.deleted || !(struct instanceof Y.Item)) continue;
			found.someNew = true;
			found.visible ||= isVisible(struct);
		}
	}
	return found;
}

/** Of an item that is not deleted: whether deleting it must change what people see. Marks and empty texts need not. */
function isVisible(item: Y.Item): boolean {
	const { content } = item;
	if (content instanceof Y.ContentString) return true;
	if (!(content instanceof Y.ContentType)) return false;
	return content.type instanceof Y.XmlText ? content.type.length > 0 : true;
}
