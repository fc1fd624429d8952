/**
 * The text form of iCalendar (RFC 5545): what makes values harmless and lines short. Nothing that people wrote gets into a
 * file by any other way.
 */

/** RFC 5545, 3.1: octets of one line, its line break not counted. */
const LINE_OCTETS = 75;

/** One property: name with parameters, and its value as it is to stand. Control characters would begin a line of their own. */
export function linje(navn: string, verdi: string): string {
	// eslint-disable-next-line no-control-regex
	return brett(`${navn}:${verdi}`.replace(/[\u0000-\u0008\u000a-\u001f\u007f]/g, ''));
}

/** 3.3.11: a TEXT value; line breaks, commas, semicolons and backslashes are written out. */
export function tekst(verdi: string): string {
	return verdi
		.replaceAll(/[\\;,]/g, '\\$&')
		.replaceAll(/\r\n|[\r\n\u2028\u2029]/g, '\\n')
		.toWellFormed();
}

/** 3.2: the value of a parameter, in quotes; a quote cannot be written in it at all. */
export function parameter(verdi: string): string {
	return `"${verdi
		.replaceAll('"', "'")
		.replaceAll(/[\r\n]+/g, ' ')
		.toWellFormed()}"`;
}

/** 3.3.4, 3.3.5: '2026-11-24' → 20261124, with '14:30' → 20261124T143000. */
export function dato(dag: string, tid?: string): string {
	const siffer = dag.replaceAll('-', '');
	return tid === undefined ? siffer : `${siffer}T${tid.replace(':', '')}00`;
}

/** 3.3.5: an instant, in UTC, to the second. */
export function utc(oyeblikk: Date): string {
	return `${oyeblikk.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** Folds a line that is too long, between characters: each further line begins with a space. */
function brett(hel: string): string {
	let linjer = '';
	let brukt = 0;
	for (const tegn of hel) {
		const octets = Buffer.byteLength(tegn);
		if (brukt + octets > LINE_OCTETS) {
			linjer += '\r\n ';
			brukt = 1;
		}
		linjer += tegn;
		brukt += octets;
	}
	return linjer;
}
