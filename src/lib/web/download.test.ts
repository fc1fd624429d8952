import { describe, expect, it } from 'vitest';
import { attachment } from './download.ts';

/** What a browser of today saves the file as. */
const saved = (header: string) => decodeURIComponent(/filename\*=UTF-8''([^;]+)$/.exec(header)?.[1] ?? '');

describe('the name of a file to be saved', () => {
	it('is kept in full, and in plain letters for those that read no others', () => {
		const header = attachment('Veiledningssamtale 24. november 2026 – Áile Ŋøstvold.pdf');
		expect(saved(header)).toBe('Veiledningssamtale 24. november 2026 – Áile Ŋøstvold.pdf');
		expect(header).toContain('filename="Veiledningssamtale 24. november 2026 - Aile Nostvold.pdf"');
		expect(attachment('ÆØÅ æøå Đđ Ǥǥ Ʒʒ.pdf')).toContain('filename="AEOA aeoa Dd Gg Zz.pdf"');
	});

	it.each([
		'../../etc/passwd',
		'a"; filename="b.exe',
		'a\r\nSet-Cookie: b=c',
		'C:\\windows\\x',
		'%00%2e\u0000\u202Efdp.exe',
		'.htaccess',
		'\ud800'
	])('%j breaks out of neither form', (name) => {
		const header = attachment(name);
		expect(header).toMatch(/^attachment; filename="[ -~]*"; filename\*=UTF-8''[\w.!#$&+^`|~%-]*$/);
		expect(header.match(/"/g)).toHaveLength(2);
		expect(saved(header)).not.toMatch(/[/\\":\p{C}]|^\./u);
	});
});
