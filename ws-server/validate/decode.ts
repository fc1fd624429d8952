import { LIMITS } from '#lib/collab/limits.ts';
import { isAttrName, isRootName, type RootName, type Scalar } from '#lib/collab/schema.ts';
import { readContent } from './content.ts';
import { Reader } from './reader.ts';
import { Refusal, refusedBy, type Refused } from './refusal.ts';
import type { DecodedUpdate, DeleteRange, Id, Section, Struct } from './struct.ts';

/** Info byte of a struct: content kind in the five low bits, then what is written before the content. */
const KIND_BITS = 0b0001_1111;
const HAS_PARENT_SUB = 0b0010_0000;
const HAS_RIGHT_ORIGIN = 0b0100_0000;
const HAS_ORIGIN = 0b1000_0000;
const GC = 0;
const SKIP = 10;

const NO_VALUES: readonly Scalar[] = [];

/** Smallest encodings, bytes: struct = info and length; section = count, client, clock, one struct; range = clock, length. */
const STRUCT_BYTES = 2;
const SECTION_BYTES = 3 + STRUCT_BYTES;
const RANGE_BYTES = 2;
const DELETE_SECTION_BYTES = 2 + RANGE_BYTES;

/**
 * Decodes a Yjs update (v1) and judges all that can be judged without the document: its form, its sizes, and each name and value
 * in it (src/lib/collab/schema.ts). Stricter than Yjs in what no Yjs ever writes: empty or repeated sections, empty structs,
 * unsorted delete ranges (they would make applying them quadratic), over-long numbers, trailing bytes. Never throws.
 */
export function decodeUpdate(bytes: Uint8Array): { ok: true; update: DecodedUpdate } | Refused {
	return refusedBy(() => {
		const reader = new Reader(bytes);
		const sections = readSections(reader);
		const deletes = readDeletes(reader);
		reader.end();
		return { ok: true as const, update: { bytes, sections, deletes } };
	});
}

function readSections(reader: Reader): Section[] {
	const sections: Section[] = [];
	const seen = new Set<number>();
	let total = 0;
	for (let left = reader.count(SECTION_BYTES, LIMITS.clients); left > 0; left--) {
		const count = reader.count(STRUCT_BYTES, LIMITS.updateStructs);
		total += count;
		if (total > LIMITS.updateStructs) throw new Refusal('tooMany', 'too many structs');
		const client = readClient(reader, seen);
		let clock = reader.uint(LIMITS.clock - 1);
		const structs: Struct[] = [];
		for (let i = 0; i < count; i++) {
			const struct = readStruct(reader, client, clock);
			clock += struct.len;
			if (struct.len === 0 || clock >= LIMITS.clock) throw new Refusal('invalid', 'struct length out of range');
			structs.push(struct);
		}
		if (count === 0) throw new Refusal('invalid', 'section without structs');
		sections.push({ client, end: clock, structs });
	}
	return sections;
}

function readStruct(reader: Reader, client: number, clock: number): Struct {
	const info = reader.byte();
	if (info === GC) {
		const gc = structAt(client, clock, null, null);
		gc.kind = 'gc';
		gc.len = reader.uint(LIMITS.clock - 1);
		return gc;
	}
	if (info === SKIP) throw new Refusal('gap', 'skips structs');
	const origin = info & HAS_ORIGIN ? readId(reader) : null;
	const rightOrigin = info & HAS_RIGHT_ORIGIN ? readId(reader) : null;
	const struct = structAt(client, clock, origin, rightOrigin);
	if (origin === null && rightOrigin === null) {
		struct.parent = readParent(reader);
		if (info & HAS_PARENT_SUB) struct.parentSub = readAttrName(reader);
	}
	return judgeForm(readContent(reader, info & KIND_BITS, struct));
}

function structAt(client: number, clock: number, origin: Id | null, rightOrigin: Id | null): Struct {
	return {
		client,
		clock,
		len: 1,
		kind: 'deleted',
		origin,
		rightOrigin,
		parent: null,
		parentSub: null,
		nodeName: null,
		mark: null,
		values: NO_VALUES
	};
}

/** What may stand where, as far as the struct itself says it. */
function judgeForm(struct: Struct): Struct {
	if (typeof struct.parent === 'string') {
		if (struct.parentSub !== null) throw new Refusal('invalid', 'key on a root');
		if (struct.kind !== 'element' && struct.kind !== 'xmlText' && struct.kind !== 'deleted') {
			throw new Refusal('invalid', 'content that is no node, under a root');
		}
	}
	if (struct.parentSub !== null && struct.kind !== 'attr' && struct.kind !== 'deleted') {
		throw new Refusal('invalid', 'attribute that is no value');
	}
	return struct;
}

function readDeletes(reader: Reader): DeleteRange[] {
	const deletes: DeleteRange[] = [];
	const seen = new Set<number>();
	for (let left = reader.count(DELETE_SECTION_BYTES, LIMITS.clients); left > 0; left--) {
		const client = readClient(reader, seen);
		const count = reader.count(RANGE_BYTES, LIMITS.deleteRanges - deletes.length);
		if (count === 0) throw new Refusal('invalid', 'client without delete ranges');
		let end = 0;
		for (let i = 0; i < count; i++) {
			const clock = reader.uint(LIMITS.clock - 1);
			const len = reader.uint(LIMITS.clock - 1);
			if (len === 0 || clock < end) throw new Refusal('invalid', 'delete ranges empty or out of order');
			end = clock + len;
			deletes.push({ client, clock, len });
		}
	}
	return deletes;
}

function readClient(reader: Reader, seen: Set<number>): number {
	const client = reader.uint(LIMITS.clientId);
	// Yjs keeps only the last of two sections of one client.
	if (seen.has(client)) throw new Refusal('invalid', 'client named twice');
	seen.add(client);
	return client;
}

function readId(reader: Reader): Id {
	return { client: reader.uint(LIMITS.clientId), clock: reader.uint(LIMITS.clock - 1) };
}

function readParent(reader: Reader): RootName | Id {
	if (reader.uint(1) === 0) return readId(reader);
	const root = reader.name();
	if (!isRootName(root)) throw new Refusal('invalid', 'unknown root');
	return root;
}

function readAttrName(reader: Reader): string {
	const attr = reader.name();
	if (!isAttrName(attr)) throw new Refusal('invalid', 'unknown attribute');
	return attr;
}
