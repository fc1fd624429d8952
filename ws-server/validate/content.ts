import { LIMITS } from '#lib/collab/limits.ts';
import { isMarkName, isNodeName, isValidMark, type Scalar } from '#lib/collab/schema.ts';
import type { Reader } from './reader.ts';
import { Refusal } from './refusal.ts';
import type { Struct } from './struct.ts';

/** Yjs' content kinds; JSON (2), binary (3), embed (5) and sub-document (9) are missing on purpose. */
const CONTENT = { deleted: 1, text: 4, format: 6, type: 7, any: 8 } as const;
/** Yjs' type references; only these two are what y-tiptap writes. */
const TYPE = { xmlElement: 3, xmlText: 6 } as const;
/** lib0's tags of `any` values. */
const ANY = { null: 126, integer: 125, float32: 124, float64: 123, false: 121, true: 120, string: 119 } as const;

/**
 * Reads the content of `struct` into it.
 *
 * @throws Refusal for every kind, type, name or value that is not on the whitelist.
 */
export function readContent(reader: Reader, kind: number, struct: Struct): Struct {
	switch (kind) {
		case CONTENT.deleted:
			struct.kind = 'deleted';
			struct.len = reader.uint(LIMITS.clock - 1);
			return struct;
		case CONTENT.text:
			struct.kind = 'text';
			struct.len = reader.text();
			return struct;
		case CONTENT.format:
			return readFormat(reader, struct);
		case CONTENT.type:
			return readType(reader, struct);
		case CONTENT.any:
			struct.kind = 'attr';
			struct.len = reader.count(1, LIMITS.updateStructs);
			struct.values = Array.from({ length: struct.len }, () => readScalar(reader));
			return struct;
		default:
			throw new Refusal('invalid', 'content kind not allowed');
	}
}

function readFormat(reader: Reader, struct: Struct): Struct {
	const mark = reader.name();
	if (!isMarkName(mark)) throw new Refusal('invalid', 'unknown mark');
	const json = reader.string(LIMITS.markBytes);
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch {
		throw new Refusal('invalid', 'mark value is no JSON');
	}
	if (!isValidMark(mark, value)) throw new Refusal('invalid', 'mark value not allowed');
	struct.kind = 'format';
	struct.mark = mark;
	return struct;
}

function readType(reader: Reader, struct: Struct): Struct {
	switch (reader.byte()) {
		case TYPE.xmlText:
			struct.kind = 'xmlText';
			return struct;
		case TYPE.xmlElement: {
			const name = reader.name();
			if (!isNodeName(name)) throw new Refusal('invalid', 'unknown node');
			struct.kind = 'element';
			struct.nodeName = name;
			return struct;
		}
		default:
			throw new Refusal('invalid', 'type not allowed');
	}
}

function readScalar(reader: Reader): Scalar {
	switch (reader.byte()) {
		case ANY.null:
			return null;
		case ANY.integer:
			return reader.int();
		case ANY.float32:
			return reader.float(4);
		case ANY.float64:
			return reader.float(8);
		case ANY.false:
			return false;
		case ANY.true:
			return true;
		case ANY.string:
			return reader.string(LIMITS.markBytes);
		default:
			throw new Refusal('invalid', 'attribute value is no scalar');
	}
}
