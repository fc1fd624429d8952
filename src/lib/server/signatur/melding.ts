/** What is signed, as text: each kind begins with a name of its own, so that a signature of one is never one of another. */

/** A finished samtale: which, and the SHA-256 (hex) of its frozen JSON, which holds all that was frozen and the hash of the log behind it. */
export function samtalemelding(docId: string, jsonSha256: string): string {
	return `lis-kommune/ferdigstilt/1\n${docId}\n${jsonSha256}\n`;
}

/** A PDF of it: the same, and the SHA-256 (hex) of the PDF's bytes before the line with the signature. */
export function pdfmelding(docId: string, jsonSha256: string, pdfSha256: string): string {
	return `lis-kommune/pdf/1\n${docId}\n${jsonSha256}\n${pdfSha256}\n`;
}
