import { grunnbokstaver } from '#lib/domain/bokstaver.ts';

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

function toAscii(text: string): string {
	return grunnbokstaver(text)
		.replaceAll('–', '-')
		.replace(/[^ -~]|[%"\\]/g, '_');
}
