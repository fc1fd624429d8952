import { grunnbokstaver } from '../bokstaver.ts';

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

function ordene(navn: string): string[] {
	return grunnbokstaver(navn.normalize('NFKD'))
		.toLowerCase()
		.replaceAll('aa', 'a')
		.replace(/['’`.]/g, '')
		.split(/[^\p{L}]+/u)
		.filter((ord) => ord !== '');
}
