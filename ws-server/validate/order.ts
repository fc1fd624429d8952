import * as Y from 'yjs';
import { Refusal } from './refusal.ts';
import type { DecodedUpdate } from './struct.ts';

/**
 * Tries an update out on a copy of the document, and refuses it when one of its items does not come to stand between its own
 * neighbours. For the rare update whose items name neighbours whose order cannot be told without integrating them: the copy
 * costs about as much as loading the document.
 *
 * @throws Refusal
 */
export function refuseOutOfOrder(doc: Y.Doc, update: DecodedUpdate): void {
	const trial = new Y.Doc({ gc: false });
	trial.transact((transaction) => {
		Y.applyUpdate(trial, Y.encodeStateAsUpdate(doc));
		Y.applyUpdate(trial, update.bytes);
		// As the room does: no clean-ups of marks.
		transaction.local = true;
	});
	for (const { client } of update.sections) {
		const known = Y.getState(doc.store, client);
		const structs = trial.store.clients.get(client);
		if (structs === undefined || known >= Y.getState(trial.store, client)) continue;
		for (const struct of structs.slice(Y.findIndexSS(structs, known))) {
			if (struct instanceof Y.Item && !standsBetween(trial, struct)) throw outOfOrder();
		}
	}
}

/** An item whose right neighbour does not stand to the right of its left one would be ordered differently by each replica. */
export const outOfOrder = () => new Refusal('invalid', 'neighbours out of order');

function standsBetween(doc: Y.Doc, item: Y.Item): boolean {
	const left = item.origin === null ? null : Y.getItem(doc.store, item.origin);
	const right = item.rightOrigin === null ? null : Y.getItem(doc.store, item.rightOrigin);
	let before: Y.Item | null = item.left;
	while (before !== null && before !== left) before = before.left;
	let behind: Y.Item | null = item.right;
	while (behind !== null && behind !== right) behind = behind.right;
	return before === left && behind === right;
}
