/**
 * The Content-Disposition of a file to be saved (RFC 6266): the name in full for browsers of today, and in plain ASCII for all
 * others. What no file system takes in a name, or could be read as a path, becomes a hyphen.
 */
export function attachment(filename: string): string {
	const name = filename
		.toWellFormed()
		.replace(/[\p{C}\p{Zl}\p{Zp}"*/:<>?\\|]+/gu, '-')
		.replace(/^[.\s]+/, '');
	const encoded = encodeURIComponent(name).replace(/['()]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
	return `attachment; filename="${toAscii(name)}"; filename*=UTF-8''${encoded}`;
}

/** Letters that are no other letter with a mark on top. */
const LETTERS: Record<string, string> = { æ: 'ae', ø: 'o', đ: 'd', ŋ: 'n', ŧ: 't', ǥ: 'g', ʒ: 'z', ß: 'ss', '–': '-' };

function toAscii(text: string): string {
	return Array.from(text.normalize('NFD').replace(/\p{M}/gu, ''), (letter) => {
		const plain = LETTERS[letter.toLowerCase()];
		return plain === undefined || letter === letter.toLowerCase() ? (plain ?? letter) : plain.toUpperCase();
	})
		.join('')
		.replace(/[^ -~]|[%"\\]/g, '_');
}
