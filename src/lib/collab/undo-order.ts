import * as Y from 'yjs';

const DONE = Symbol.for('lis-kommune.undo-order');

/**
 * Keeps what undo brings back in the same order for everyone. To be called once before an editor opens.
 *
 * Y.UndoManager (yjs 13.6.33) looks for the neighbours of an item that it restores along what became of the old ones. When text
 * was deleted, restored, split and deleted again with its paragraph, it can find a right neighbour that stands to the left of
 * the left one, or is the same. Yjs' algorithm promises the same order on all replicas only for neighbours in order, so the
 * author would see another text than everybody else and the log. Here such an item gets the neighbour that is really there,
 * before it is integrated and sent.
 */
export function keepUndoInOrder(): void {
	const prototype = Y.Item.prototype as Y.Item & { [DONE]?: true };
	if (prototype[DONE]) return;
	prototype[DONE] = true;
	const integrate = prototype.integrate;
	prototype.integrate = function (transaction, offset) {
		if (transaction.local && this.id.client === transaction.doc.clientID) correctRight(this);
		integrate.call(this, transaction, offset);
	};
}

function correctRight(item: Y.Item): void {
	if (item.left === null || item.right === null) return;
	for (let next = item.left.right; next !== null; next = next.right) if (next === item.right) return;
	item.right = item.left.right;
	item.rightOrigin = item.right === null ? null : item.right.id;
}
