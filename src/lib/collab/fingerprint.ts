import { digest } from 'lib0/hash/sha256';
import { canonicalJson } from './canonical-json.ts';
import { MARKS, NODES, ROOTS, SCHEMA_VERSION } from './schema.ts';

/**
 * Short name of the schema's content, for the handshake: a page whose editor was built with another one is told to reload (4426)
 * before it can write what the server would refuse, or delete what it does not know. 16 hex digits of SHA-256; computed at once,
 * in the browser too (Web Crypto would be asynchronous).
 */
export const SCHEMA_FINGERPRINT: string = fingerprint({
	version: SCHEMA_VERSION,
	roots: ROOTS,
	nodes: NODES,
	marks: MARKS
});

/** 16 hex digits of the SHA-256 of a value's canonical JSON. */
export function fingerprint(value: unknown): string {
	const bytes = digest(new TextEncoder().encode(canonicalJson(value)));
	return Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
