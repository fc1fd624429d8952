import { advance, type Fonts } from './fonts.ts';
import { append, shape, widthOf, type Fragment, type Run } from './fragments.ts';

/**
 * A line break, spaces where a line may be broken, or a piece that stays together (up to and with a hyphen or slash). None is
 * long: what is made of one is made without a pause.
 */
const ATOMS =
	/(\r\n|[\n\r\u2028\u2029])|([ \t\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]{1,100})|([^\s\-–/]|[\u00a0\u2007\u202f]){0,100}[-–/]?/gu;
/** Sums of widths differ in their last digits, in ems. */
const SLACK = 1e-6;

/**
 * Breaks runs into lines of at most `width` ems, one line at a time, since a paragraph may be a book. Spaces that end a line
 * stay with it, so that words do not grow together when the text is copied. A word that is wider than a line is cut.
 */
export function* breakLines(runs: Run[], width: number, fonts: Fonts): Generator<Fragment[], void> {
	let line: Fragment[] = [];
	let used = 0;
	/** The word that is being gathered: it may go on in the next run. */
	let word: Fragment[] = [];

	/** Its beginning stands already, since it is wider than a line: the rest goes on where that ended. */
	let torn = false;

	function* place(goesOn = false): Generator<Fragment[], void> {
		const wide = widthOf(word);
		if (!torn && used > 0 && used + wide > width) yield take();
		for (const part of torn || wide > width ? cut(word, fonts) : word) {
			if (used > 0 && used + part.width > width + SLACK) yield take();
			append(line, part);
			used += part.width;
		}
		word = [];
		torn = goesOn;
	}
	const take = (): Fragment[] => {
		const full = line;
		line = [];
		used = 0;
		return full;
	};

	for (const run of runs) {
		for (const [atom, lineBreak, spaces] of run.text.matchAll(ATOMS)) {
			if (atom === '') continue;
			if (lineBreak !== undefined) {
				yield* place();
				yield take();
			} else if (spaces !== undefined) {
				yield* place();
				const drawn = shape(spaces, run, fonts);
				for (const fragment of drawn) append(line, fragment);
				used += widthOf(drawn);
			} else {
				word.push(...shape(atom, run, fonts));
				if (/[-–/]$/.test(atom)) yield* place();
				else if (widthOf(word) > width) yield* place(true);
			}
		}
	}
	yield* place();
	if (line.length > 0) yield take();
}

function* cut(word: Fragment[], fonts: Fonts): Generator<Fragment, void> {
	for (const fragment of word)
		for (const text of fragment.text) yield { ...fragment, text, width: advance(text, fragment.font, fonts) };
}
