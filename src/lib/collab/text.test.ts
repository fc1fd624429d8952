import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText, isAllowedLine, isAllowedText } from './text.ts';

describe('text of a document', () => {
	it.each(['Hei på deg', 'a\tb\nc\r', 'čáhci', '👩🏽‍⚕️', 'שלום', '\u00ad\u200e\ufeff', ''])('allows %j', (text) => {
		expect(isAllowedText(text)).toBe(true);
		expect(cleanText(text)).toBe(text);
	});

	it.each(['\u0000', 'a\u001b[31m', '\u007f', '\u0085', '\u202e', '\u2066', '\ud800', 'a\udc00b'])(
		'refuses %j',
		(text) => {
			expect(isAllowedText(text)).toBe(false);
			expect(isAllowedText(cleanText(text))).toBe(true);
		}
	);

	it('keeps what people paste: only the forbidden characters go, page breaks become line breaks', () => {
		expect(cleanText('\u202d22 22 22 22\u202c\u000bslutt\u0000')).toBe('22 22 22 22\nslutt');
	});

	it('is clean after cleaning, whatever came', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => isAllowedText(cleanText(text))));
	});

	it('lets no line break or invisible character into one line', () => {
		expect(['x', 'Å 😀'].every(isAllowedLine)).toBe(true);
		expect(['a\nb', 'a\tb', 'a\u200bb', 'a\u200eb', '\u2028', '\u202e'].some(isAllowedLine)).toBe(false);
	});
});
