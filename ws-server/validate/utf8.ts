import { Refusal } from './refusal.ts';

/**
 * Walks UTF-8 text that is to stand in a document, without making a string of it, and returns its length in UTF-16 units (Yjs
 * counts clocks in them). The range must lie within `bytes`.
 *
 * @throws Refusal for malformed UTF-8 (over-long forms and encoded surrogates too) and for the characters that `isAllowedText`
 * of src/lib/collab/text.ts refuses; a test holds the two together.
 */
export function scanText(bytes: Uint8Array, from: number, to: number): number {
	let units = 0;
	let at = from;
	while (at < to) {
		const lead = bytes[at] as number;
		if (lead < 0x80) {
			if (lead < 0x20 ? lead !== 9 && lead !== 10 && lead !== 13 : lead === 0x7f) throw forbidden();
			at += 1;
			units += 1;
			continue;
		}
		const size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
		if (lead < 0xc2 || lead > 0xf4 || at + size > to) throw malformed();
		const second = bytes[at + 1] as number;
		if (second < lowestSecond(lead) || second > highestSecond(lead)) throw malformed();
		for (let i = 2; i < size; i++) if (((bytes[at + i] as number) & 0xc0) !== 0x80) throw malformed();
		if (lead === 0xc2 && second < 0xa0) throw forbidden();
		if (lead === 0xe2 && isBidiControl(second, bytes[at + 2] as number)) throw forbidden();
		at += size;
		units += size === 4 ? 2 : 1;
	}
	return units;
}

// The second byte excludes over-long forms, surrogates and what lies above U+10FFFF (Unicode, table 3-7).
function lowestSecond(lead: number): number {
	return lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
}

function highestSecond(lead: number): number {
	return lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
}

/** U+202A–202E and U+2066–2069, whose first byte is E2. */
function isBidiControl(second: number, third: number): boolean {
	return (second === 0x80 && third >= 0xaa && third <= 0xae) || (second === 0x81 && third >= 0xa6 && third <= 0xa9);
}

const malformed = () => new Refusal('invalid', 'malformed UTF-8');
const forbidden = () => new Refusal('invalid', 'forbidden character in text');
