import { createHash } from 'node:crypto';
import type { LogRow } from '../queries/verify.ts';

/** The chain of a document begins with this. */
export const GENESIS = Buffer.alloc(32);

/** SHA-256 of bytes or of UTF-8 text. */
export function sha256(data: Uint8Array | string): Buffer {
	return createHash('sha256').update(data).digest();
}

/**
 * The hash of one row, computed here and not by the database that may have been tampered with: version byte, previous hash, all
 * columns in a fixed binary encoding, `upd_sha256` in place of the bytes (migrations/0003, collab_row_hash).
 */
export function rowHash(prev: Buffer, row: LogRow): Buffer {
	const kind = Buffer.from(row.kind, 'utf8');
	return sha256(
		Buffer.concat([
			Buffer.from([1]),
			prev,
			uuid(row.doc_id),
			int8(row.seq),
			int4(row.epoch),
			uuid(row.user_id),
			optional(row.session_id),
			optional(row.conn_id),
			int8(row.at_us),
			int4(kind.length),
			kind,
			row.upd_sha256
		])
	);
}

function uuid(id: string): Buffer {
	return Buffer.from(id.replaceAll('-', ''), 'hex');
}

/** Null and present are told apart by a leading byte. */
function optional(id: string | null): Buffer {
	return id === null ? Buffer.from([0]) : Buffer.concat([Buffer.from([1]), uuid(id)]);
}

function int8(value: number): Buffer {
	const buffer = Buffer.alloc(8);
	buffer.writeBigInt64BE(BigInt(value));
	return buffer;
}

function int4(value: number): Buffer {
	const buffer = Buffer.alloc(4);
	buffer.writeInt32BE(value);
	return buffer;
}
