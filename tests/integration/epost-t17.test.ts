import { afterAll, beforeAll, expect, test } from 'vitest';
import { invitation, MailWorld, receiver } from '../support/mail-world.ts';

let world: MailWorld;
beforeAll(async () => {
	world = await MailWorld.create();
});
afterAll(() => world.destroy());

/** Names that try to become a header, a receiver, markup, a link, or to turn the reading direction. */
const NAMES = [
	'Kari\r\nBcc: offer@ond.example',
	'Kari\nBcc: offer@ond.example\n\nHei',
	'Kari\rCc: offer@ond.example',
	'Kari%0d%0aBcc: offer@ond.example',
	'Kari\u0085Bcc: offer@ond.example',
	'Kari\u2028Bcc: offer@ond.example',
	'Kari\u2029\u000b\u000cBcc: offer@ond.example',
	'Kari <offer@ond.example>',
	'Kari" <offer@ond.example>, "Per',
	'"; offer@ond.example',
	'offer@ond.example, kari@example.no',
	'Gruppe: offer@ond.example;',
	'=?utf-8?q?Kari=0D=0ABcc:_offer@ond.example?=',
	'=?utf-8?b?S2FyaQ0KQmNjOiBvZmZlckBvbmQuZXhhbXBsZQ==?=',
	'<script>alert(1)</script>',
	'<img src=x onerror=alert(1)>',
	'"><a href="https://ond.example">Logg inn</a>',
	"' onmouseover='alert(1)",
	'</title><style>*{display:none}</style>',
	'<!--',
	'&lt;script&gt;',
	'{{7*7}} ${7*7} <%= 7*7 %>',
	'Logg inn på https://ond.example/x nå',
	'www.ond.example',
	'ond.example/logg-inn',
	'Kari \u202eondrebyn',
	'\u2066Kari\u2069\u200f',
	'Ka\u200bri\ufeff',
	'Kari\u0000Nordby',
	'Kari\ud800',
	'😀 Kåre Ærø Øst',
	'Áile Ŋuorra',
	'محمد',
	'Zoë '.repeat(45).trim(),
	'Kari 13097248022',
	'Kari 130972 48022',
	'.',
	' '
];

const ALLOWED =
	/^(auto-submitted|x-auto-response-suppress|content-language|from|to|subject|message-id|date|mime-version|content-type|content-transfer-encoding)$/;

test.each(NAMES)('%j as receiver and as LIS: one receiver, no header of its own, nothing but text', async (navn) => {
	const fitting = navn.replaceAll('\u0000', '').toWellFormed();
	const mottaker = receiver({ navn: fitting });
	world.sink.received.length = 0;
	await world.queue(invitation(mottaker, fitting));
	expect(await world.sendAll()).toEqual(['sendt']);
	const [received, ...more] = world.sink.received;
	expect(more).toEqual([]);
	expect(received?.to).toEqual([mottaker.epost]);
	const mail = received?.mail;
	const to = mail?.to === undefined || Array.isArray(mail.to) ? [] : mail.to.value;
	expect(to.map(({ address }) => address)).toEqual([mottaker.epost]);
	expect(mail?.cc ?? mail?.bcc).toBeUndefined();
	const names = mail?.headerLines.map(({ key }) => key) ?? [];
	expect(names.filter((name) => !ALLOWED.test(name))).toEqual([]);
	expect(new Set(names).size).toBe(names.length);

	const html = mail?.html || '';
	expect(html).not.toMatch(/<script|<img|<[^>]+\son\w+=/i);
	const tags = [...html.matchAll(/<(\w+)/g)].map(([, tag]) => tag ?? '');
	const known = [
		'html',
		'head',
		'meta',
		'title',
		'style',
		'body',
		'div',
		'table',
		'tr',
		'td',
		'th',
		'p',
		'h1',
		'h2',
		'a'
	];
	expect(tags.filter((tag) => !known.includes(tag))).toEqual([]);
	expect(tags.filter((tag) => tag === 'style')).toHaveLength(1);
	expect(new Set([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href?.slice(0, 23)))).toEqual(
		new Set(['https://lis.example.no/'])
	);
	for (const shown of [html, mail?.text ?? '', mail?.subject ?? '', to[0]?.name ?? '']) {
		expect(shown).not.toMatch(/[^\P{Cc}\n\t]|[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u);
		expect(shown).not.toContain('48022');
		// What a mail program would make a link of.
		expect(shown.replaceAll('https://lis.example.no', '')).not.toMatch(/ond\.example|https?:\/\/ond/);
	}
});

test.each(['a@b.no\r\nBcc: c@d.no', 'a@b.no, c@d.no', 'Kari <a@b.no>', 'ingen', 'a@b.no\u202e'])(
	'%j is no address: given up before anybody is asked',
	async (epost) => {
		world.sink.received.length = 0;
		const id = await world.queue(invitation(receiver({ epost })));
		expect(await world.sendAll()).toEqual(['aldri']);
		expect(world.sink.received).toEqual([]);
		expect(await world.row(id)).toMatchObject({ status: 'feilet', hemmelig: null });
	}
);
