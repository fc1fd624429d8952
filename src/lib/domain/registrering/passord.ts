import { grunnbokstaver } from '../bokstaver.ts';
import { VANLIGE_ORD } from './vanlige-ord.ts';

/** trust.md, «Password»: length instead of composition; what everybody tries first is refused. */

export const PASSORD_MIN = 12;
/** Longer than anybody's own; the hash is bounded by it. */
export const PASSORD_MAKS = 256;

const TALLFOLGE = '01234567890123456789';
const TASTERADER = ['qwertyuiopa', 'asdfghjkloae', 'zxcvbnm', '1q2w3e4r5t6y', 'abcdefghijklmnopqrstuvwxyz'];
/** So much of a password must be left when everything that is common is taken out. Characters. */
const EGET_MIN = 5;
const LEET: Record<string, string> = {
	'0': 'o',
	'1': 'i',
	'3': 'e',
	'4': 'a',
	'5': 's',
	'7': 't',
	'@': 'a',
	$: 's',
	'!': 'i'
};

/**
 * Why a password cannot be used, as a message key; undefined when it can.
 * @param egne words that belong to the person or the portal (name, user name, address): worth nothing in a password
 */
export function passordFeil(passord: string, egne: string[]): string | undefined {
	const tegn = [...passord.normalize('NFC')];
	if (tegn.length < PASSORD_MIN) return 'registrering_feil_passord_kort';
	if (passord.length > PASSORD_MAKS) return 'registrering_feil_passord_langt';
	return eget(flat(passord), egne.map(flat)) < EGET_MIN ? 'registrering_feil_passord_vanlig' : undefined;
}

/** Lower case without accents, as passwords are typed where the keyboard has none. */
function flat(tekst: string): string {
	return grunnbokstaver(tekst.normalize('NFKD')).toLowerCase();
}

/** How many different characters are the password's own: not of a common word, a run of the keyboard, a repetition, a year or a sign. */
function eget(passord: string, egne: string[]): number {
	const deler = egne.flatMap((ord) => ord.split(/[^\p{L}\p{N}]+/u)).filter((ord) => ord.length >= 3);
	const ord = [...VANLIGE_ORD, ...deler].sort((a, b) => b.length - a.length);
	const klartekst = [...passord].map((tegn) => LEET[tegn] ?? tegn).join('');
	return Math.min(rest(passord, ord), rest(klartekst, ord));
}

function rest(passord: string, ord: string[]): number {
	const utenOrd = ord.reduce((igjen, ett) => igjen.replaceAll(ett, ' '), passord);
	const utenFolger = utenOrd.replace(/[^ ]{3,}/g, (del) => utenFolge(del));
	return new Set(utenFolger.replace(/[\s\p{P}\p{S}]|\d{1,4}/gu, '')).size;
}

/** Takes out runs along the keyboard, the alphabet or the numbers, forwards or backwards, of four or more. */
function utenFolge(del: string): string {
	const rader = [TALLFOLGE, ...TASTERADER].flatMap((rad) => [rad, [...rad].toReversed().join('')]);
	let igjen = del;
	for (const rad of rader)
		for (let lengde = Math.min(rad.length, igjen.length); lengde >= 4; lengde--)
			for (let fra = 0; fra + lengde <= rad.length; fra++) igjen = igjen.replaceAll(rad.slice(fra, fra + lengde), ' ');
	return igjen;
}
