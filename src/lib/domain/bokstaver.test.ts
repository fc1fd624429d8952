import { expect, test } from 'vitest';
import { grunnbokstaver } from './bokstaver.ts';

test.each([
	['Ærø, Ås, Århus', 'AEro, As, Arhus'],
	['Čájá Ŋoŧŧi, Đ ǥ Ʒ ʒ Ǯ', 'Caja Notti, D g Z z Z'],
	['Łukasz Weiß STRAẞE', 'Lukasz Weiss STRASSE'],
	['ǿ Å Ñ ü', 'o A N u'],
	['plain – 123 / ø', 'plain – 123 / o'],
	['Иван ½ ／', 'Иван ½ ／']
])('%s is %s', (tekst, som) => {
	expect(grunnbokstaver(tekst)).toBe(som);
});
