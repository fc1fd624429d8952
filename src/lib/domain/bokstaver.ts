/** Letters that are no other letter with a mark on top, as people write them when their keyboard has none. */
const SOM: Record<string, string> = { æ: 'ae', ø: 'o', đ: 'd', ŋ: 'n', ŧ: 't', ł: 'l', ǥ: 'g', ʒ: 'z', ß: 'ss' };

/** The text without accents and other marks, in the letters of every keyboard where there is one for it. Case is kept. */
export function grunnbokstaver(tekst: string): string {
	return tekst
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/[æøđŋŧłǥʒß]/giu, (bokstav) => {
			const som = SOM[bokstav.toLowerCase()] ?? bokstav;
			return bokstav === bokstav.toLowerCase() ? som : som.toUpperCase();
		});
}
