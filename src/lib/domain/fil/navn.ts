/** How long a name may be, in UTF-16 units; the ending is kept. */
const MAKS = 150;

/**
 * A file's name as it is shown: of a path only the last part; nothing that no file system takes, no control, bidirectional or
 * invisible characters, which could make «exe.pdf» of «fdp.exe»; at most 150 characters. A name of which nothing is left is «fil».
 */
export function rensFilnavn(navn: string): string {
	const siste = navn.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
	const rent = siste
		.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\ufffd]/gu, '')
		.replace(/["*:<>?|]/g, '-')
		.replace(/\s+/gu, ' ')
		.replace(/^[\s.]+|[\s.]+$/g, '');
	const [, endelse = ''] = /(\.[^.]{1,10})$/.exec(rent) ?? [];
	const stamme = endelse === '' ? rent : rent.slice(0, -endelse.length).trimEnd();
	if (stamme === '') return `fil${endelse}`;
	const kort = stamme
		.slice(0, MAKS - endelse.length)
		.toWellFormed()
		.replace(/\ufffd$/, '');
	return `${kort.trimEnd()}${endelse}`;
}
