/**
 * Characters that may not stand in a document.
 *
 * Refused in text: control characters other than tab and line break (NUL cannot be stored in PostgreSQL; the others cannot
 * be printed in XML or PDF), and bidirectional embeddings, overrides and isolates (text would read differently in the editor,
 * in the PDF and aloud, and people sign what they read). Lone surrogates cannot be carried as UTF-8 at all.
 *
 * Honest people paste such characters (phone numbers from address books, line breaks from slides). A refusal would end their
 * Y.Doc, so the editor passes everything that enters it through `cleanText`.
 */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Cs}/u;
const FORBIDDEN_ALL = new RegExp(FORBIDDEN, 'gu');

/** Whether `text` may stand in a document as it is. */
export function isAllowedText(text: string): boolean {
	return !FORBIDDEN.test(text);
}

/** `text` as it may stand in a document: vertical tab and form feed become line breaks, every other forbidden character goes. */
export function cleanText(text: string): string {
	// eslint-disable-next-line no-control-regex
	return text.replace(/[\u000b\u000c]/g, '\n').replace(FORBIDDEN_ALL, '');
}

/** One line for an attribute that people may be shown: additionally no tab, line break or invisible mark. */
export function isAllowedLine(text: string): boolean {
	return isAllowedText(text) && !/[\t\n\r\u2028\u2029\p{Cf}]/u.test(text);
}
