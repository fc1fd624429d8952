/** Ids are full of digits and must stay readable in the log, so a UUID is matched first and left alone. */
const uuidOrPid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?<!\d)\d{6}[ -]?\d{5}(?!\d)/gi;
const jsonStringOrNumber = /"(?:[^"\\]|\\.)*"|(?<![\d.])\d{11}(?![\d.])/g;

/**
 * Masks whatever has the form of a fødselsnummer or D-nummer (eleven digits, perhaps parted after the sixth) in a line
 * of JSON, and leaves it valid JSON. Check digits are not looked at: a mistyped number says as much about a person.
 */
export function maskPids(line: string): string {
	if (!/\d{6}[ -]?\d{5}/.test(line)) return line;
	return line.replace(jsonStringOrNumber, (part) =>
		part.startsWith('"') ? part.replace(uuidOrPid, (digits) => (digits.length > 12 ? digits : '[pid]')) : '"[pid]"'
	);
}
