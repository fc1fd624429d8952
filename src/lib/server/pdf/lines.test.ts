import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadFonts, type Fonts } from './fonts.ts';
import { widthOf, type Run } from './fragments.ts';
import { breakLines } from './lines.ts';

let fonts: Fonts;
beforeAll(async () => {
	fonts = await loadFonts();
});

const run = (text: string, bold = false): Run => ({ text, bold, italic: false, link: null });
const lines = (runs: Run[], width: number) =>
	[...breakLines(runs, width, fonts)].map((line) => line.map(({ text }) => text).join(''));

describe('lines', () => {
	it('are broken at spaces, which stay at the end of the line, and after hyphens and slashes', () => {
		expect(lines([run('en to tre')], 3)).toEqual(['en to ', 'tre']);
		expect(lines([run('LIS-lege og/eller')], 2.7)).toEqual(['LIS-', 'lege ', 'og/', 'eller']);
	});

	it('are broken where people broke them', () => {
		expect(lines([run('en\nto\r\n\ntre')], 50)).toEqual(['en', 'to', '', 'tre']);
	});

	it('keep a word together that is bold in part, and what a no-break space joins', () => {
		expect(lines([run('en to'), run('tre', true), run('fire')], 5.2)).toEqual(['en ', 'totrefire']);
		expect(lines([run('a 38,5\u00a0°C')], 3.6)).toEqual(['a ', '38,5 °C']);
	});

	it('cut a word that is wider than a line, and go on after it', () => {
		const cut = lines([run(`${'x'.repeat(500)} og`)], 30);
		expect(cut.join('')).toBe(`${'x'.repeat(500)} og`);
		expect(new Set(cut.slice(0, -1).map((line) => line.length)).size).toBe(1);
	});

	it('hold all that was written, in order, and are never too wide', () => {
		const piece = fc.oneof(
			fc.string({ unit: fc.constantFrom(...'aøŊ漢😀-/ .\u00a0') }),
			fc.string({ unit: 'grapheme', maxLength: 30 }),
			fc.constantFrom('\n', '  ', 'x'.repeat(90))
		);
		const runs = fc.array(fc.record({ text: piece, bold: fc.boolean() }), { maxLength: 12 });
		fc.assert(
			fc.property(runs, fc.integer({ min: 4, max: 40 }), (pieces, width) => {
				const broken = [
					...breakLines(
						pieces.map(({ text, bold }) => run(text, bold)),
						width,
						fonts
					)
				];
				const shown = broken.flatMap((line) => line.map(({ text, actual }) => actual ?? text)).join('');
				const bare = (text: string) => text.normalize('NFC').replaceAll(/[\s\p{Default_Ignorable_Code_Point}]/gu, '');
				const written = pieces.map(({ text }) => text).join('\u200b');
				expect(bare(shown)).toBe(bare(written));
				for (const line of broken) {
					const last = line.at(-1);
					const trailing = last ? last.text.length - last.text.trimEnd().length : 0;
					expect(widthOf(line)).toBeLessThanOrEqual(width + trailing * 2 + 1e-3);
				}
			})
		);
	});
});
