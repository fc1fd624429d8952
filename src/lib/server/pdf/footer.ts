import type { Fonts } from './fonts.ts';
import { shape, widthOf, type Fragment } from './fragments.ts';
import { INK, PAGE, type Sheet } from './sheet.ts';

const SIZE = 8;
const LOOK = { bold: false, italic: false, link: null };

/** Draws the foot of every page, once it is known how many there are: for the eye only, since it says the same on each. */
export async function drawFooters(
	doc: PDFKit.PDFDocument,
	sheet: Sheet,
	fonts: Fonts,
	words: { title: string; hash: string; page: (page: number, of: number) => string }
): Promise<void> {
	const { start, count } = doc.bufferedPageRange();
	const top = PAGE.height - 46;
	for (let index = 0; index < count; index++) {
		await sheet.pause();
		doc.switchToPage(start + index);
		const page = shape(words.page(index + 1, count), LOOK, fonts);
		const right = PAGE.width - PAGE.right - widthOf(page) * SIZE;
		const title = fit(shape(words.title, LOOK, fonts), (right - PAGE.left) / SIZE - 2, fonts);
		sheet.tags.artifact({ type: 'Pagination', attached: ['Bottom'] }, () => {
			sheet.draw(title, PAGE.left, top, SIZE, INK.quiet);
			sheet.draw(page, right, top, SIZE, INK.quiet);
			sheet.draw(shape(words.hash, LOOK, fonts), PAGE.left, top + 12, SIZE, INK.quiet);
		});
	}
}

/** As much as there is room for, in ems, with … where it is cut. */
function fit(fragments: Fragment[], width: number, fonts: Fonts): Fragment[] {
	if (widthOf(fragments) <= width) return fragments;
	const letters = fragments.flatMap(({ text }) => Array.from(text, (letter) => shape(letter, LOOK, fonts))).flat();
	const end = shape('…', LOOK, fonts);
	while (letters.length > 0 && widthOf([...letters, ...end]) > width) letters.pop();
	return [...letters, ...end];
}
