/**
 * A table as CSV for the spreadsheets that people here use: UTF-8 with a byte order mark, or Excel reads æøå wrong; semicolons, since
 * the comma stands in numbers; CR LF (RFC 4180). A cell that a spreadsheet would run as a formula is text: it gets an apostrophe first (OWASP, «CSV
 * injection»).
 */
export function tilCsv(rader: readonly (readonly string[])[]): string {
	return `\ufeff${rader.map((rad) => rad.map(celle).join(';')).join('\r\n')}\r\n`;
}

function celle(tekst: string): string {
	const ufarlig = /^[=+\-@\t\r\n]/.test(tekst) ? `'${tekst}` : tekst;
	return /[;"\r\n]/.test(ufarlig) ? `"${ufarlig.replaceAll('"', '""')}"` : ufarlig;
}
