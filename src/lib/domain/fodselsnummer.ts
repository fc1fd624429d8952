/**
 * Recognises Norwegian national identity numbers in text, so that they can be held back before they leave the device
 * (product.md: patients must not be identified in notes). Nothing here stores or logs a number.
 *
 * Rules: Skatteetaten, folkeregisteret. DDMMYY + individnummer (3) + two control digits, each mod 11.
 * D-nummer: day + 40. Synthetic test populations: month + 40 (NAV, Dolly) or month + 80 (Skatteetaten, Tenor).
 */

const FIRST_CONTROL = [3, 7, 6, 1, 8, 9, 4, 5, 2] as const;
const SECOND_CONTROL = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2] as const;

/** Six digits, at most one space (also a no-break one) and five digits, not part of a longer run of digits. */
const CANDIDATE = /(?<!\d)\d{6}[ \u00a0\u202f]?\d{5}(?!\d)/g;

/** Centuries are not deduced from the individnummer: 29 February counts as valid when any century has it. */
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/**
 * Whether eleven digits are a valid fødselsnummer, D-nummer or synthetic number: the date exists and both control
 * digits are right.
 */
export function isFodselsnummer(digits: string): boolean {
	if (!/^\d{11}$/.test(digits)) return false;
	const numbers = Array.from(digits, Number);
	return (
		hasDate(digits) &&
		control(numbers, FIRST_CONTROL) === numbers[9] &&
		control(numbers, SECOND_CONTROL) === numbers[10]
	);
}

/** Every valid number in a text, in order of appearance, as eleven digits. */
export function findFodselsnumre(text: string): string[] {
	return fodselsnummerRanges(text).map(({ start, end }) => text.slice(start, end).replace(/\D/g, ''));
}

/** Where the valid numbers of a text stand, in order of appearance: from `start` up to `end`, in UTF-16 units. */
export function fodselsnummerRanges(text: string): { start: number; end: number }[] {
	return Array.from(text.matchAll(CANDIDATE))
		.filter(([match]) => isFodselsnummer(match.replace(/\D/g, '')))
		.map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

/** The text with `mask` in place of every valid number. */
export function maskFodselsnumre(text: string, mask: string): string {
	return fodselsnummerRanges(text).reduceRight(
		(all, { start, end }) => all.slice(0, start) + mask + all.slice(end),
		text
	);
}

function hasDate(digits: string): boolean {
	const day = Number(digits.slice(0, 2));
	const month = Number(digits.slice(2, 4));
	const plainDay = day > 40 ? day - 40 : day;
	const plainMonth = month > 80 ? month - 80 : month > 40 ? month - 40 : month;
	const days = DAYS_IN_MONTH[plainMonth - 1];
	if (days === undefined || plainDay < 1 || plainDay > days) return false;
	return plainDay < 29 || plainMonth !== 2 || Number(digits.slice(4, 6)) % 4 === 0;
}

/** The control digit of the leading digits, or 10 when no digit can make the number valid. */
function control(numbers: readonly number[], weights: readonly number[]): number {
	const sum = weights.reduce((total, weight, index) => total + weight * (numbers[index] ?? 0), 0);
	return (11 - (sum % 11)) % 11;
}
