import type * as Y from 'yjs';
import { judgeDeletions } from './deletions.ts';
import { Integration } from './integration.ts';
import type { DocMeter } from './meter.ts';
import { refuseOutOfOrder } from './order.ts';
import { Refusal, refusedBy, type Refused } from './refusal.ts';
import type { DecodedUpdate } from './struct.ts';

/** What applying an accepted update will mean. */
export interface Accepted {
	ok: true;
	/** Clients that get new structs: each must be bound to the author before the update is relayed. */
	newClients: number[];
	newStructs: number;
	/** Nodes and texts that it adds; for `DocMeter.note`. */
	newNodes: number;
	/** Nothing new but deletions: an edit, or a reader's clean-up of marks. */
	deleteOnly: boolean;
	/** It deletes characters or nodes that people see. Together with `deleteOnly`: what is shown certainly changes, so it is an edit. */
	deletesVisibleText: boolean;
	/** Nothing in it is new. */
	noop: boolean;
}

/**
 * Judges one decoded update against a document, without applying it. Never throws, and never changes the document.
 *
 * Whatever is accepted can be applied at once: Yjs keeps nothing of it pending, does not throw, comes to the same text whenever the log is replayed, and
 * the document still renders to whitelisted names and attributes only. What an honest editor sends in causal order is always accepted, within the limits.
 *
 * @param doc with `gc: false`: committed state and what this turn already applied.
 * @param meter of the same document. Updates that only delete are not measured: a full document must still be readable and
 * its readers' clean-ups must not end their Y.Docs.
 */
export function checkUpdate(doc: Y.Doc, update: DecodedUpdate, meter: DocMeter): Accepted | Refused {
	return refusedBy(() => judgeUpdate(doc, update, meter));
}

/** @throws Refusal */
function judgeUpdate(doc: Y.Doc, update: DecodedUpdate, meter: DocMeter): Accepted {
	const integration = new Integration(doc, update.sections);
	integration.run();
	const { newClients, newStructs, newNodes } = integration;
	const deletions = judgeDeletions(doc, update.deletes, (client) => integration.state(client));
	if (newNodes > 0 && !meter.hasRoomForNodes(newNodes)) throw new Refusal('tooMany', 'too many nodes');
	if (newStructs > 0 && !meter.hasRoomForBytes(update.bytes.length))
		throw new Refusal('tooLarge', 'document too large');
	if (integration.uncertainOrder) refuseOutOfOrder(doc, update);
	return {
		ok: true as const,
		newClients,
		newStructs,
		newNodes,
		deleteOnly: newStructs === 0 && deletions.someNew,
		deletesVisibleText: deletions.visible,
		noop: newStructs === 0 && !deletions.someNew
	};
}
