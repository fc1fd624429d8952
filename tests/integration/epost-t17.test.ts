import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertBrukere } from '#lib/server/queries/synthetic-people.ts';
import { EKSEMPLER, epostAv, MALER, medTekst } from '../support/brev.ts';
import { FIENDTLIGE_TEKSTER } from '../support/fiendtlige-tekster.ts';
import { invitation, MailWorld, origin, receiver } from '../support/mail-world.ts';
import type { Received } from '../support/mail-sink.ts';
import { lesHtml } from '../support/velformet.ts';

let world: MailWorld;
const bruker = { id: randomUUID(), brukernavn: 'mottaker', navn: 'Kari Nordby', farge: 0 };
beforeAll(async () => {
	world = await MailWorld.create();
	await insertBrukere(world.owner, [bruker], world.now);
});
afterAll(() => world.destroy());

const ALLOWED =
	/^(auto-submitted|x-auto-response-suppress|content-language|from|to|subject|message-id|date|mime-version|content-type|content-transfer-encoding|list-unsubscribe|list-unsubscribe-post)$/;

const TAGGER = 'html head meta title style body div table tr td th p h1 h2 ul li a'.split(' ');

test.each(FIENDTLIGE_TEKSTER)(
	'%j wherever somebody writes: one receiver, no header of its own, nothing but text',
	async (tekst) => {
		// What the database can hold.
		const fitting = tekst.replaceAll('\u0000', '').toWellFormed();
		const mottaker = receiver({ id: bruker.id, navn: [...fitting].slice(0, 100).join('') });
		const ider: string[] = [];
		for (const mal of MALER) {
			const [data] = EKSEMPLER[mal].slice(-1);
			ider.push(await world.queue(epostAv(mal, medTekst({ ...data }, fitting), mottaker)));
		}
		world.sink.received.length = 0;
		await Promise.all(ider.map(() => world.sendAll()));
		expect([...world.sink.counts()].toSorted()).toEqual(ider.map((id) => [`<${id}@lis.example.no>`, 1]).toSorted());
		for (const received of world.sink.received) bareTekst(received, mottaker.epost);
	},
	20_000
);

/** A mail that has come is to this one receiver, has the portal's headers, and shows text and the portal's links. */
function bareTekst(received: Received, epost: string): void {
	expect(received.to).toEqual([epost]);
	const { mail } = received;
	const to = mail.to === undefined || Array.isArray(mail.to) ? [] : mail.to.value;
	expect(to.map(({ address }) => address)).toEqual([epost]);
	expect(mail.cc ?? mail.bcc).toBeUndefined();
	const names = mail.headerLines.map(({ key }) => key);
	expect(names.filter((name) => !ALLOWED.test(name))).toEqual([]);
	expect(new Set(names).size).toBe(names.length);
	expect([...(mail.subject ?? '')].length).toBeLessThanOrEqual(200);
	// RFC 5322, 2.1.1.
	for (const line of received.raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998);

	const html = mail.html || '';
	const elementer = lesHtml(html);
	expect(elementer.map(({ tag }) => tag).filter((tag) => !TAGGER.includes(tag))).toEqual([]);
	expect(elementer.filter(({ tag }) => tag === 'style')).toHaveLength(1);
	expect(elementer.filter(({ tag }) => tag === 'h1')).toHaveLength(1);
	for (const { attributter } of elementer) {
		expect([...attributter.keys()].filter((navn) => navn.startsWith('on'))).toEqual([]);
		expect(attributter.get('href') ?? `${origin}/`).toMatch(/^https:\/\/lis\.example\.no\//);
	}
	for (const shown of [html, mail.text ?? '', mail.subject ?? '', to[0]?.name ?? '']) {
		expect(shown).not.toMatch(/[^\P{Cc}\n\t]|[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Cs}/u);
		expect(shown).not.toContain('48022');
		// What a mail program would make a link of.
		expect(shown.replaceAll('https://lis.example.no', '')).not.toMatch(/ond\.example|https?:\/\/ond/);
	}
}

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
