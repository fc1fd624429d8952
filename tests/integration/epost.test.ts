import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SPRAK, type Sprak } from '#lib/domain/actor.ts';
import { avmeldingstoken } from '#lib/server/auth/hemmelighet.ts';
import type { Epost, Mal, Mottaker } from '#lib/server/mail/ko.ts';
import { insertBrukere } from '#lib/server/queries/synthetic-people.ts';
import { invitation, MailWorld, origin, pidKey, receiver } from '../support/mail-world.ts';

let world: MailWorld;
beforeAll(async () => {
	world = await MailWorld.create();
});
afterAll(() => world.destroy());

const tidspunkt = '2026-11-22T13:30:00.000Z';
const invitert = { navn: 'Per Berg', roller: ['supervisor' as const] };
const maltekst = { kode: 'KLK-004', tittel: 'Gjenkjenne livstruende tilstand (ABCDE)' };
const navn = { aktor: 'Nora Haugen', lis: 'Nora Haugen', person: null, kode: 'KLK-004', rolle: null };
const lenke = { sti: '/hemmelig/abc', nokkel: pidKey };

/** One of every kind. */
const alle: Record<Mal, (mottaker: Mottaker) => Epost> = {
	invitasjon: (mottaker) => invitation(mottaker),
	invitasjon_purring: (mottaker) => ({
		...{ mal: 'invitasjon_purring', mottaker },
		data: { lisNavn: 'Nora Haugen', roller: ['leder'], frist: '2026-12-22' },
		lenke
	}),
	invitasjon_be_om_ny: (mottaker) => ({ mal: 'invitasjon_be_om_ny', mottaker, data: invitert }),
	invitasjon_bekreft_person: (mottaker) => ({
		...{ mal: 'invitasjon_bekreft_person', mottaker },
		data: { ...invitert, akseptertNavn: 'Petter Berg' }
	}),
	invitasjon_svar: (mottaker) => ({ mal: 'invitasjon_svar', mottaker, data: { ...invitert, svar: 'avslatt' } }),
	konto_deaktiveres: (mottaker) => ({ mal: 'konto_deaktiveres', mottaker, data: { dato: '2026-12-22', maneder: 12 } }),
	konto_deaktivert: (mottaker) => ({ mal: 'konto_deaktivert', mottaker, data: { maneder: 12 } }),
	epost_bekreft: (mottaker) => ({ mal: 'epost_bekreft', mottaker, data: { frist: '2026-11-23' }, lenke }),
	epost_endret: (mottaker) => ({ mal: 'epost_endret', mottaker, data: { tidspunkt } }),
	passord_satt: (mottaker) => ({ mal: 'passord_satt', mottaker, data: { tidspunkt } }),
	plan_deaktivert: (mottaker) => ({
		...{ mal: 'plan_deaktivert', mottaker },
		data: { plan: 'LIS1 i kommunen', maneder: 12 }
	}),
	mal_bekreftet: (mottaker) => ({ mal: 'mal_bekreftet', mottaker, data: { mal: [maltekst] } }),
	mal_trukket: (mottaker) => ({ mal: 'mal_trukket', mottaker, data: { ...maltekst, leder: 'Per Berg' } }),
	varsel: (mottaker) => ({
		...{ mal: 'varsel', mottaker },
		data: { ...navn, varsel: { id: randomUUID(), type: 'mal.sendt', som: 'leder', gruppe: 'godkjenning', antall: 1 } }
	}),
	ukesoppsummering: (mottaker) => ({
		...{ mal: 'ukesoppsummering', mottaker },
		data: { deler: [{ lis: 'Nora Haugen', som: 'leder', linjer: [{ type: 'mal.sendt', navn }] }], antall: 1 }
	})
};
const kinds = Object.keys(alle) as Mal[];

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
	test.each(kinds)('%s has everything a mail must have', async (mal) => {
		const mottaker = receiver({ sprak });
		const { id, mail, to, html, raw } = await send(alle[mal](mottaker));
		expect(to).toEqual([mottaker.epost]);
		expect(mail.to).toMatchObject({ value: [{ address: mottaker.epost, name: mottaker.navn }] });
		expect(mail.from?.value).toEqual([{ address: 'ikke-svar@lis.example.no', name: 'LIS Kommune' }]);
		expect(mail.messageId).toBe(`<${id}@lis.example.no>`);
		expect(mail.subject).toMatch(/\S.{8,}/);
		expect(html).toContain(`<html lang="${sprak}"`);
		// One button, and the same address as a plain link.
		const links = [...html.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href]) => href ?? '');
		expect(new Set(links).size).toBe(1);
		for (const link of links) {
			expect(link.startsWith(`${origin}/`)).toBe(true);
			expect(mail.text).toContain(link);
		}
		for (const part of [mail.text ?? '', html]) expect(part).toMatch(/Hvorfor får jeg|Kvifor får eg|Why am I getting/);
		expect(raw).not.toMatch(/^list-unsubscribe/im);
		expect(html + (mail.text ?? '')).not.toMatch(/undefined|\[object|\{\w+\}/);
	});
});

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

test('mail of a group can be turned off with one click (RFC 8058), the same link each time it is sent; mandatory mail cannot', async () => {
	const [bruker] = [{ id: randomUUID(), brukernavn: 'avmelder', navn: 'Kari Nordby', farge: 0 }];
	await insertBrukere(world.owner, [bruker], world.now);
	const til = receiver({ id: bruker.id });
	for (const mal of ['varsel', 'ukesoppsummering', 'invitasjon_svar'] as const) {
		const { id, raw, mail } = await send(alle[mal](til));
		const lenke = /^List-Unsubscribe:\s+<(\S+)>/im.exec(raw)?.[1] ?? '';
		expect(lenke).toBe(`${origin}/avmelding/${avmeldingstoken(pidKey, id)}`);
		expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/im);
		expect(mail.text).toContain(lenke);
	}
	const grupper = await world.owner
		.selectFrom('avmelding')
		.select('gruppe')
		.where('bruker_id', '=', bruker.id)
		.execute();
	expect(grupper.map(({ gruppe }) => gruppe).toSorted()).toEqual(['godkjenning', 'invitasjoner', 'ukentlig']);
	expect((await send(alle.konto_deaktivert(til))).raw).not.toMatch(/^list-unsubscribe/im);
});

test('an instant is told by the clocks of Norway', async () => {
	expect((await send(alle.passord_satt(receiver()))).mail.text).toContain('22. november 2026 kl. 14.30');
	expect((await send(alle.passord_satt(receiver({ sprak: 'en' })))).mail.text).toContain('22 November 2026 14:30');
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
	expect(dump).not.toMatch(/(?<![\d-])\d{6} ?\d{5}(?![\d-])/);
	expect(world.lines.join('\n')).not.toMatch(/@example\.no|Nora Haugen|Kari Nordby/);
});
