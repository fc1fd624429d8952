/**
 * Whether two names may well be the same person's: the one that the LIS wrote and the one in the provider's register (product.md,
 * «Traps»). Order, case, accents, hyphens and middle names do not count; a first and a last name must be common to both.
 */
export function sammeNavn(a: string, b: string): boolean {
	const [korte, lange] = [ordene(a), ordene(b)].sort((en, to) => en.length - to.length) as [string[], string[]];
	if (korte.length < 2) return false;
	const igjen = [...lange];
	return korte.every((ord) => {
		const plass = igjen.indexOf(ord);
		if (plass >= 0) igjen.splice(plass, 1);
		return plass >= 0;
	});
}

/** Letters that carry no accent that could be taken off, as people write them when their keyboard has none. */
const SOM: Record<string, string> = { æ: 'ae', ø: 'o', đ: 'd', ŋ: 'n', ŧ: 't', ł: 'l', ß: 'ss' };

function ordene(navn: string): string[] {
	return navn
		.toLowerCase()
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(/[æøđŋŧłß]/g, (bokstav) => SOM[bokstav] ?? bokstav)
		.replaceAll('aa', 'a')
		.replace(/['’`.]/g, '')
		.split(/[^\p{L}]+/u)
		.filter((ord) => ord !== '');
}
