/** The two people of a samtale. */
export const PEOPLE = ['lis', 'veileder'] as const;
export type Who = (typeof PEOPLE)[number];

/** Where the letters of each begin: two blocks of Unicode with thousands of plain letters, which nothing treats as special. */
const FIRST: Record<Who, number> = { lis: 0x4e00, veileder: 0xac00 };
const MOST = 11_000;

/**
 * Letters that are typed once each in a document: however text is torn, moved, brought back and merged, every letter in the log
 * tells who typed it first.
 */
export class Letters {
	private readonly used: Record<Who, number> = { lis: 0, veileder: 0 };

	/** A word that nobody has typed before, of letters that nobody has typed before. */
	word(who: Who, length: number): string {
		const start = this.used[who];
		this.used[who] += length;
		if (this.used[who] > MOST) throw new Error('no letters left');
		return Array.from({ length }, (_, i) => String.fromCharCode(FIRST[who] + start + i)).join('');
	}
}

/** Who typed a letter first; undefined for what is no letter of a model (a space, a line break). */
export function typistOf(letter: string): Who | undefined {
	const code = letter.charCodeAt(0);
	return PEOPLE.find((who) => code >= FIRST[who] && code < FIRST[who] + MOST);
}

/** A text for people to read: «lis7» for the eighth letter of the LIS. */
export function named(text: string): string {
	return [...text]
		.map((letter) => {
			const who = typistOf(letter);
			return who === undefined ? JSON.stringify(letter) : `${who}${letter.charCodeAt(0) - FIRST[who]}`;
		})
		.join(' ');
}
