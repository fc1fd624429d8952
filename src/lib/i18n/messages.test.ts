import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Message = string | { match: Record<string, string> }[];
const read = (locale: string): Record<string, Message> => {
	const { $schema: _schema, ...messages } = JSON.parse(
		readFileSync(new URL(`messages/${locale}.json`, import.meta.url), 'utf8')
	) as Record<string, Message>;
	return messages;
};
const nb = read('nb');
const texts = (message: Message | undefined): string =>
	typeof message === 'string' ? message : (message ?? []).flatMap(({ match }) => Object.values(match)).join(' ');
const parameters = (message: Message | undefined) => [...new Set(texts(message).match(/\{\w+\}/g) ?? [])].sort();

describe.each(['nn', 'en'])('%s', (locale) => {
	const messages = read(locale);

	it('has every text, and no other', () => {
		expect(Object.keys(messages).sort()).toEqual(Object.keys(nb).sort());
	});

	it('puts the same values into each text', () => {
		for (const [key, message] of Object.entries(nb)) {
			expect({ key, parameters: parameters(messages[key]) }).toEqual({ key, parameters: parameters(message) });
		}
	});
});

describe('the style of the texts', () => {
	it.each(['nb', 'nn', 'en'])('%s: says it plainly, without asterisks, and leaves no text empty', (locale) => {
		for (const [key, message] of Object.entries(read(locale))) {
			expect({ key, text: texts(message) }).toEqual({
				key,
				text: expect.not.stringMatching(/vennligst|venlegst|\*|^\s*$/i)
			});
		}
	});

	it('is nynorsk in the nynorsk file', () => {
		const bokmal =
			/\b(ikke|jeg|noe|hva|hvem|hvor|hvorfor|samtaler|veileder|veiledning|fra|være|bare|siden|når du er logget)\b/i;
		const found = Object.entries(read('nn')).filter(([, message]) =>
			bokmal.test(texts(message).replaceAll(/\{\w+\}/g, ''))
		);
		expect(found).toEqual([]);
	});
});

it('has no text that nothing shows', () => {
	const source = globSync('{src,ws-server,scripts}/**/*.{ts,svelte}', {
		cwd: new URL('../../../', import.meta.url),
		exclude: (path) => path.includes('paraglide')
	})
		.map((path) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'))
		.join('\n');
	const unused = Object.keys(nb).filter((key) => !new RegExp(`\\bm\\.${key}\\b`).test(source));
	expect(unused).toEqual([]);
});
