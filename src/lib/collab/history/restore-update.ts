import * as encoding from 'lib0/encoding';
import type { UnitRange } from './run.ts';

export type Unit = { client: number; clock: number };

/** What to write anew, to the left of the deleted unit that it is a copy of: text, an empty element, or an empty text node. */
export type Copy = { left: Unit | null; former: Unit } & (
	{ kind: 'text'; text: string } | { kind: 'element'; name: string } | { kind: 'xmlText' }
);

const CONTENT = { text: 4, type: 7 } as const;
const TYPE = { element: 3, xmlText: 6 } as const;
const HAS_ORIGIN = 0b1000_0000;
const HAS_RIGHT_ORIGIN = 0b0100_0000;

/** How many units of its client a copy takes. */
export function lengthOf(copy: Copy): number {
	return copy.kind === 'text' ? copy.text.length : 1;
}

/**
 * A Yjs update (v1) by a client that has written nothing yet: the copies, in order, and the deletions. Written by hand because
 * only so can a copy have the deleted unit as its right neighbour, as Yjs' own undo has it: by that the endringslogg knows
 * whose words they are.
 */
export function encodeRestore(client: number, copies: readonly Copy[], deletions: readonly UnitRange[]): Uint8Array {
	const encoder = encoding.createEncoder();
	const uint = (value: number) => encoding.writeVarUint(encoder, value);
	uint(copies.length > 0 ? 1 : 0);
	if (copies.length > 0) {
		[copies.length, client, 0].forEach(uint);
		for (const copy of copies) writeCopy(encoder, copy);
	}
	const byClient = Map.groupBy(deletions, (range) => range.client);
	uint(byClient.size);
	for (const [of, ranges] of byClient) {
		[of, ranges.length].forEach(uint);
		for (const { clock, len } of ranges.toSorted((a, b) => a.clock - b.clock)) [clock, len].forEach(uint);
	}
	return encoding.toUint8Array(encoder);
}

function writeCopy(encoder: encoding.Encoder, copy: Copy): void {
	const content = copy.kind === 'text' ? CONTENT.text : CONTENT.type;
	encoding.writeUint8(encoder, content | HAS_RIGHT_ORIGIN | (copy.left === null ? 0 : HAS_ORIGIN));
	for (const unit of [copy.left, copy.former]) {
		if (unit === null) continue;
		encoding.writeVarUint(encoder, unit.client);
		encoding.writeVarUint(encoder, unit.clock);
	}
	if (copy.kind === 'text') encoding.writeVarString(encoder, copy.text);
	else if (copy.kind === 'xmlText') encoding.writeVarUint(encoder, TYPE.xmlText);
	else {
		encoding.writeVarUint(encoder, TYPE.element);
		encoding.writeVarString(encoder, copy.name);
	}
}
