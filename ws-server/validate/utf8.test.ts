import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAllowedText } from '#lib/collab/text.ts';
import { Refusal } from './refusal.ts';
import { scanText } from './utf8.ts';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What a decoder to a string and the rule in collab/text.ts say together: the length, or null for refused. */
function expected(bytes: Uint8Array): number | null {
	try {
		const text = strict.decode(bytes);
		return isAllowedText(text) ? text.length : null;
	} catch {
		return null;
	}
}

function scanned(bytes: Uint8Array): number | null {
	try {
		return scanText(bytes, 0, bytes.length);
	} catch (error) {
		expect(error).toBeInstanceOf(Refusal);
		return null;
	}
}

describe('scanText', () => {
	it(
		'agrees with a strict decoder and the rule for text, on every code point up to U+FFFF',
		{ timeout: 60_000 },
		() => {
			const encoder = new TextEncoder();
			for (let unit = 0; unit <= 0xffff; unit++) {
				const bytes = encoder.encode(String.fromCharCode(unit));
				expect(scanned(bytes), unit.toString(16)).toBe(expected(bytes));
			}
			for (let plane = 1; plane <= 16; plane++) {
				for (const point of [plane * 0x10000, plane * 0x10000 + 0xffff]) {
					expect(scanned(encoder.encode(String.fromCodePoint(point)))).toBe(2);
				}
			}
		}
	);

	it('agrees on every lead byte with the edges of what may follow', { timeout: 60_000 }, () => {
		const edges = [0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xaa, 0xae, 0xbf, 0xc0, 0xff];
		for (let lead = 0x80; lead <= 0xff; lead++) {
			for (const second of edges) {
				for (const tail of [[], [0x80], [0x80, 0x80], [0xa6, 0x41], [0x41, 0x80], [0x80, 0x80, 0x80]]) {
					const bytes = Uint8Array.of(lead, second, ...tail);
					expect(scanned(bytes), String(bytes)).toBe(expected(bytes));
				}
			}
		}
	});

	it('agrees on noise', { timeout: 60_000 }, () => {
		const chunk = fc.oneof(
			fc.uint8Array({ maxLength: 4 }),
			fc.string({ unit: 'binary', maxLength: 4 }).map((text) => new TextEncoder().encode(text))
		);
		fc.assert(
			fc.property(fc.array(chunk, { maxLength: 6 }), (chunks) => {
				const bytes = Uint8Array.from(chunks.flatMap((each) => [...each]));
				expect(scanned(bytes)).toBe(expected(bytes));
			}),
			{ numRuns: 3000 }
		);
	});
});
