import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { yXmlFragmentToProsemirrorJSON } from '@tiptap/y-tiptap';
import { ROOTS } from '#lib/collab/schema.ts';
import { checkUpdate, type Accepted } from './check.ts';
import { decodeUpdate } from './decode.ts';
import { DocMeter } from './meter.ts';
import type { Refused } from './refusal.ts';

/** Only for tests: writes Yjs updates by hand, also such as no Yjs would write. */
type Write = (encoder: encoding.Encoder) => void;
type Pair = readonly [client: number, clock: number];

export function bytes(write: Write): Uint8Array {
	const encoder = encoding.createEncoder();
	write(encoder);
	return encoding.toUint8Array(encoder);
}

export const uints = (...values: number[]): Uint8Array =>
	bytes((encoder) => values.forEach((value) => encoding.writeVarUint(encoder, value)));

export function concat(...parts: Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

interface Where {
	origin?: Pair;
	right?: Pair;
	parent?: string | Pair;
	sub?: string;
}

/** A content: its kind and its bytes. */
type Content = readonly [kind: number, write: Write];

export const text = (value: string): Content => [4, (e) => encoding.writeVarString(e, value)];
export const rawText = (...raw: number[]): Content => [4, (e) => encoding.writeVarUint8Array(e, Uint8Array.from(raw))];
export const deleted = (len: number): Content => [1, (e) => encoding.writeVarUint(e, len)];
export const element = (name: string): Content => [
	7,
	(e) => {
		encoding.writeVarUint(e, 3);
		encoding.writeVarString(e, name);
	}
];
export const type = (ref: number): Content => [7, (e) => encoding.writeVarUint(e, ref)];
export const xmlText = type(6);
export const format = (mark: string, json: string): Content => [
	6,
	(e) => {
		encoding.writeVarString(e, mark);
		encoding.writeVarString(e, json);
	}
];
export const any = (...values: unknown[]): Content => [
	8,
	(e) => {
		encoding.writeVarUint(e, values.length);
		for (const value of values) encoding.writeAny(e, value as Parameters<typeof encoding.writeAny>[1]);
	}
];

export function item(where: Where, [kind, write]: Content): Uint8Array {
	return bytes((e) => {
		const flags = (where.origin ? 128 : 0) | (where.right ? 64 : 0) | (where.sub === undefined ? 0 : 32);
		encoding.writeUint8(e, kind | flags);
		if (where.origin) where.origin.forEach((part) => encoding.writeVarUint(e, part));
		if (where.right) where.right.forEach((part) => encoding.writeVarUint(e, part));
		if (!where.origin && !where.right) {
			const parent = where.parent ?? 'referat';
			encoding.writeVarUint(e, typeof parent === 'string' ? 1 : 0);
			if (typeof parent === 'string') encoding.writeVarString(e, parent);
			else parent.forEach((part) => encoding.writeVarUint(e, part));
			if (where.sub !== undefined) encoding.writeVarString(e, where.sub);
		}
		write(e);
	});
}

export const gc = (len: number): Uint8Array => concat(Uint8Array.of(0), uints(len));
export const skip = (len: number): Uint8Array => concat(Uint8Array.of(10), uints(len));

export const section = (client: number, clock: number, ...structs: Uint8Array[]): Uint8Array =>
	concat(uints(structs.length, client, clock), ...structs);

export const deletes = (client: number, ...ranges: Pair[]): Uint8Array =>
	bytes((encoder) => [client, ranges.length, ...ranges.flat()].forEach((each) => encoding.writeVarUint(encoder, each)));

export function update(sections: Uint8Array[], deleteSections: Uint8Array[] = []): Uint8Array {
	return concat(uints(sections.length), ...sections, uints(deleteSections.length), ...deleteSections);
}

/** A document as the server holds it, with both parts defined. */
export function serverDoc(...updates: Uint8Array[]): Y.Doc {
	const doc = new Y.Doc({ gc: false });
	for (const root of ROOTS) doc.getXmlFragment(root);
	for (const each of updates) applyAsRoom(doc, each);
	return doc;
}

/** Decodes and judges the bytes of one update. */
export function judge(doc: Y.Doc, bytes: Uint8Array, meter = new DocMeter(doc)): Accepted | Refused {
	const decoded = decodeUpdate(bytes);
	return decoded.ok ? checkUpdate(doc, decoded.update, meter) : decoded;
}

/** Applies as the room does: a transaction that counts as local, so that Yjs does not write clean-ups of its own. */
export function applyAsRoom(doc: Y.Doc, bytes: Uint8Array): Uint8Array | null {
	const deltas: Uint8Array[] = [];
	const listen = (delta: Uint8Array) => deltas.push(delta);
	doc.on('update', listen);
	doc.transact((transaction) => {
		Y.applyUpdate(doc, bytes);
		transaction.local = true;
	});
	doc.off('update', listen);
	return deltas[0] ?? null;
}

/** Yjs' types take attributes for strings; y-tiptap writes numbers, booleans and null too. */
export function setAttribute(element: Y.XmlElement | undefined, name: string, value: unknown): void {
	element?.setAttribute(name, value as string);
}

/** Every name and attribute value that y-tiptap would hand to an editor, with the marks. */
export function rendered(doc: Y.Doc): unknown[] {
	return ROOTS.map((root) => yXmlFragmentToProsemirrorJSON(doc.getXmlFragment(root)));
}
