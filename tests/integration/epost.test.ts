import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findFodselsnumre } from '#lib/domain/fodselsnummer.ts';
import { SPRAK, type Sprak } from '#lib/domain/actor.ts';
import { avmeldingstoken } from '#lib/server/auth/hemmelighet.ts';
import * as m from '#lib/i18n/paraglide/messages.js';
import type { Epost, Mal } from '#lib/server/mail/ko.ts';
import { insertBrukere } from '#lib/server/queries/synthetic-people.ts';
import { EKSEMPLER, epostAv, MALER, MED_LENKE } from '../support/brev.ts';
import { invitation, MailWorld, origin, pidKey, receiver } from '../support/mail-world.ts';
import { lesHtml, type Element } from '../support/velformet.ts';

let world: MailWorld;
const bruker = { id: randomUUID(), brukernavn: 'mottaker', navn: 'Kari Nordby', farge: 0 };
beforeAll(async () => {
	world = await MailWorld.create();
	await insertBrukere(world.owner, [bruker], world.now);
});
afterAll(() => world.destroy());

/** S18, and the invitation's own: nobody can turn these off. */
const KAN_SKRUS_AV: Mal[] = [
	...['invitasjon_be_om_ny', 'invitasjon_bekreft_person', 'invitasjon_svar', 'varsel', 'ukesoppsummering'],
	...['samtale_paminnelse', 'paminnelse']
] as Mal[];

async function send(epost: Epost) {
	world.sink.received.length = 0;
	const id = await world.queue(epost);
	expect(await world.sendAll()).toEqual(['sendt']);
	expect(world.sink.received).toHaveLength(1);
	const [received] = world.sink.received;
	if (!received) throw new Error('nothing came');
	return { id, ...received, html: received.mail.html || '' };
}

describe.each(SPRAK)('in %s', (sprak: Sprak) => {
	test.each(MALER.flatMap((mal) => EKSEMPLER[mal].map((data, nr) => [mal, nr, data] as const)))(
		'%s %i has everything a mail must have, and no more',
		async (mal, _nr, data) => {
			const mottaker = receiver({ id: bruker.id, sprak });
			const sti = `/hemmelig/${randomUUID()}`;
			const { id, mail, to, html, raw } = await send(epostAv(mal, data, mottaker, sti));
			expect(to).toEqual([mottaker.epost]);
			expect(mail.to).toMatchObject({ value: [{ address: mottaker.epost, name: mottaker.navn }] });
			expect(mail.cc ?? mail.bcc ?? mail.replyTo).toBeUndefined();
			expect(mail.from?.value).toEqual([{ address: 'ikke-svar@lis.example.no', name: 'LIS Kommune' }]);
			expect(mail.messageId).toBe(`<${id}@lis.example.no>`);
			expect(mail.date).toEqual(world.now);
			expect(mail.subject).toMatch(/^\p{Lu}[^\n]{8,199}$/u);
			expect(mail.headers.get('content-language')).toBe(sprak);
			expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
			const fil =
				mal === 'samtale_paminnelse' ? ['text/calendar; charset=utf-8; method=PUBLISH; name=samtale.ics'] : [];
			expect(mail.headers.get('content-type')).toMatchObject({
				value: fil.length > 0 ? 'multipart/mixed' : 'multipart/alternative'
			});
			expect(
				raw
					.replaceAll(/\r\n[ \t]+/g, ' ')
					.match(/^Content-Type: .*/gim)
					?.slice(1)
					.map((linje) => linje.trim())
					.filter((linje) => !linje.includes('multipart/'))
			).toEqual(
				['text/plain; charset=utf-8', 'text/html; charset=utf-8', ...fil].map((type) => `Content-Type: ${type}`)
			);
			expect(mail.attachments).toHaveLength(fil.length);
			expect(raw).toMatch(/^\p{ASCII}*$/u);

			const elementer = lesHtml(html);
			const av = (tag: string) => elementer.filter((element) => element.tag === tag);
			expect(av('html').map(({ attributter }) => attributter.get('lang'))).toEqual([sprak]);
			expect(av('title').map(({ tekst }) => tekst)).toEqual([mail.subject]);
			expect(av('h1')).toHaveLength(1);
			const avmelding = `${origin}/avmelding/${avmeldingstoken(pidKey, id)}`;
			const skrusAv = KAN_SKRUS_AV.includes(mal);
			// One button, the same address as a plain link, what can be done besides, and the way to turn such mail off where there is one.
			expect(av('td').filter(({ attributter }) => attributter.get('class') === 'knapp')).toHaveLength(1);
			const lenker = av('a').map(({ attributter }) => attributter.get('href') ?? '');
			const mer = 'lenke' in data && data.lenke !== null ? [`${origin}/folk`] : [];
			expect(lenker).toEqual([lenker[0], lenker[0], ...mer, ...(skrusAv ? [avmelding] : [])]);
			expect(lenker[0]?.startsWith(`${origin}/`)).toBe(true);
			expect(lenker[0] === origin + sti).toBe(MED_LENKE.some((med) => med === mal));
			expect([...(mail.text ?? '').matchAll(/\S*:\/\/\S*/g)].map(([lenke]) => lenke)).toEqual([...new Set(lenker)]);
			expect([...raw.matchAll(/^list-unsubscribe(?:-post)?:\s+(.*?)\r?$/gim)].map(([, verdi]) => verdi)).toEqual(
				skrusAv ? [`<${avmelding}>`, 'List-Unsubscribe=One-Click'] : []
			);

			sierDetSamme(elementer, mail.text ?? '', sprak);

			expect(html + mail.text).not.toMatch(/undefined|null|NaN|\[object|\{\w+\}/);
			// Nothing long and random but in those links: a mail lets nobody in by anything else.
			const rest = [...lenker, mail.messageId ?? ''].reduce(
				(alt, kjent) => alt.replaceAll(kjent, ''),
				html + mail.text
			);
			expect(rest).not.toMatch(/(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{32,}/);
			expect(rest).not.toMatch(/(?<!\d)\d{6} ?\d{5}(?!\d)/);
		}
	);
});

/** Each part tells all that the other tells, and why one gets the mail at all. */
function sierDetSamme(elementer: Element[], tekst: string, locale: Sprak): void {
	const hvorfor = m.epost_hvorfor({}, { locale });
	const virkerIkke = m.epost_knapp_virker_ikke({}, { locale });
	const sagt = elementer.filter(
		({ blad, tag, tekst }) => blad && tag !== 'title' && tag !== 'style' && tekst !== virkerIkke
	);
	for (const del of sagt) expect(tekst).toContain(del.tekst);
	const resten = [...sagt.map((del) => del.tekst), ...sagt.map(({ attributter }) => attributter.get('href') ?? '')]
		.toSorted((a, b) => b.length - a.length)
		.reduce((rest, del) => rest.replaceAll(del, ''), tekst);
	expect(resten).toMatch(/^[\s:-]*$/);
	const nr = elementer.findIndex(({ tag, tekst }) => tag === 'h2' && tekst === hvorfor);
	expect(elementer[nr + 1]?.tekst).toMatch(/^\p{Lu}.{20,}\.$/u);
}

test('an invitation says who, which roles, by when', async () => {
	const expected: Record<Sprak, string[]> = {
		nb: ['Nora Haugen', 'veileder og leder', '22. desember 2026', 'Åpne invitasjonen'],
		nn: ['Nora Haugen', 'rettleiar og leiar', '22. desember 2026', 'Opne invitasjonen'],
		en: ['Nora Haugen', 'mentor and manager', '22 December 2026', 'Open the invitation']
	};
	for (const sprak of SPRAK) {
		const { mail, html } = await send(invitation(receiver({ sprak })));
		for (const text of expected[sprak]) {
			expect(mail.text).toContain(text);
			expect(html).toContain(text);
		}
		expect(mail.headers.get('content-language')).toBe(sprak);
	}
});

test('the link that turns mail off is for the group of that mail; mandatory mail leaves none', async () => {
	await world.owner.deleteFrom('avmelding').execute();
	for (const mal of MALER) await send(epostAv(mal, EKSEMPLER[mal][0] ?? {}, receiver({ id: bruker.id })));
	const grupper = await world.owner
		.selectFrom('avmelding')
		.select('gruppe')
		.where('bruker_id', '=', bruker.id)
		.execute();
	expect(grupper.map(({ gruppe }) => gruppe).toSorted()).toEqual([
		...['godkjenning', 'invitasjoner', 'invitasjoner', 'invitasjoner', 'paminnelser', 'ukentlig', 'veiledning']
	]);
});

const passordSatt = (sprak: Sprak) =>
	epostAv('passord_satt', { tidspunkt: '2026-11-22T13:30:00.000Z' }, receiver({ sprak }));

test('a samtale comes with a file for one’s own calendar, the same each time it is sent, without a word of what it is about', async () => {
	const [data] = EKSEMPLER.samtale_paminnelse;
	const { mail } = await send(epostAv('samtale_paminnelse', data ?? {}, receiver({ id: bruker.id })));
	const [vedlegg] = mail.attachments;
	expect([vedlegg?.filename, vedlegg?.contentType]).toEqual(['samtale.ics', 'text/calendar']);
	const fil = (vedlegg?.content.toString('utf8') ?? '').replaceAll('\r\n ', '').split('\r\n');
	const { id } = data?.samtale ?? expect.fail();
	for (const linje of [
		...['METHOD:PUBLISH', `UID:${id}@lis.example.no`, 'SEQUENCE:2', 'LOCATION:Legekontoret', 'CLASS:PRIVATE'],
		...[`DTSTAMP:${world.now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`],
		...['DTSTART;TZID=Europe/Oslo:20261124T143000', 'SUMMARY:Veiledningssamtale med Kari Nordby'],
		`URL:${origin}/samtaler/${id}`
	])
		expect(fil).toContain(linje);
});

test('an instant is told by the clocks of Norway', async () => {
	expect((await send(passordSatt('nb'))).mail.text).toContain('22. november 2026 kl. 14.30');
	expect((await send(passordSatt('en'))).mail.text).toContain('22 November 2026 14:30');
});

test('what may stand in the mail only is sealed in the outbox, and gone when it is sent', async () => {
	const sti = '/invitasjon/kjempehemmelig-token';
	const id = await world.queue({ ...invitation(), lenke: { sti, nokkel: pidKey } } as Epost);
	const before = await world.row(id);
	expect(before.hemmelig).not.toBeNull();
	expect(JSON.stringify({ ...before, hemmelig: before.hemmelig?.toString('latin1') })).not.toContain('kjempehemmelig');
	world.sink.received.length = 0;
	expect(await world.sendAll()).toEqual(['sendt']);
	expect(world.sink.received[0]?.mail.text).toContain(origin + sti);
	expect(await world.row(id)).toMatchObject({ status: 'sendt', hemmelig: null, forsok: 1, feil: null });
	expect(world.lines.join()).not.toContain('kjempehemmelig');
});

test('a mail of an event that is rolled back is never sent', async () => {
	world.sink.received.length = 0;
	await expect(
		world.web.transaction().execute(async (trx) => {
			const { koEpost } = await import('#lib/server/mail/ko.ts');
			await koEpost(trx, invitation(), world.now);
			throw new Error('the event failed');
		})
	).rejects.toThrow('the event failed');
	expect(await world.sendAll()).toEqual([]);
	expect(world.sink.received).toEqual([]);
});

test('a number of a person stands nowhere: not in a mail, the outbox or the log', async () => {
	const dump = [
		...(await world.owner.selectFrom('epost').selectAll().execute()).map((row) => JSON.stringify(row)),
		...world.sink.received.map(({ raw }) => raw),
		...world.lines
	].join('\n');
	// With its check digits: eleven digits in a row stand in many an id.
	expect(findFodselsnumre(dump)).toEqual([]);
	expect(world.lines.join('\n')).not.toMatch(/@example\.no|Nora Haugen|Kari Nordby/);
});
