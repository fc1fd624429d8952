import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GYLDIG_MS } from '#lib/domain/invitasjon/invitasjon.ts';
import type { Db } from '#lib/server/db/pool.ts';
import { apneForsegling } from '#lib/server/auth/hemmelighet.ts';
import { invitasjonTokenHash, newToken } from '#lib/server/auth/token.ts';
import { aksepterInvitasjon } from '#lib/server/commands/aksepter-invitasjon.ts';
import { sendInvitasjonPaNytt, trekkInvitasjon } from '#lib/server/commands/styr-invitasjon.ts';
import { apneInvitasjon, avslaInvitasjon, beOmNyInvitasjon } from '#lib/server/commands/svar-pa-invitasjon.ts';
import { handleInvitasjoner } from '#lib/server/jobs/handlers/invitasjoner.ts';
import { createLogger } from '#lib/server/log.ts';
import { insertInvitasjon, insertInvitasjonRoller, updateInvitasjon } from '#lib/server/queries/invitasjon.ts';
import { hentInvitasjon } from '#lib/server/views/invitasjon.ts';
import { nokkel } from '../support/folk.ts';
import { outcome } from '../support/outcome.ts';
import { World, type Person } from '../support/world.ts';

/** Reminders of an invitation on day 3 and 14, and its end on day 30, as the worker carries them out. */

const DAG = 24 * 60 * 60 * 1000;

let world: World;
let worker: Db;
let lis: Person;
beforeAll(async () => {
	world = await World.create();
	worker = world.connect('lisk_worker');
	({ lis } = await world.cast());
});
afterAll(() => world.destroy());

const after = (days: number): Date => new Date(world.now.getTime() + days * DAG);
const run = (now: Date): Promise<void> =>
	handleInvitasjoner({
		...{
			db: worker,
			now,
			log: createLogger('worker', 'silent'),
			inactivityMonths: 12,
			samtaleWeeks: 6,
			pidKey: nokkel
		},
		postmann: { send: () => Promise.resolve() }
	});

const leser = (now: Date) => ({ db: world.web, now, requestId: randomUUID(), aktorId: null });

async function invite(token = newToken()): Promise<string> {
	const id = randomUUID();
	const utloperAt = new Date(world.now.getTime() + GYLDIG_MS);
	await insertInvitasjon(world.web, {
		...{ id, lisId: lis.id, opprettetAv: lis.id, navn: 'Kari Nordby', epost: 'kari@example.test', sprak: 'nn' },
		...{ tokenHash: invitasjonTokenHash(token), now: world.now, utloperAt, delTidligere: false }
	});
	await insertInvitasjonRoller(world.web, id, [
		{ rolle: 'veileder', til: null },
		{ rolle: 'supervisor', til: null }
	]);
	return id;
}

const mails = (id: string) => world.owner.selectFrom('epost').selectAll().where('objekt_id', '=', id).execute();
/** The tokens of the links in its mails, the first mail's apart. */
const lenker = async (id: string): Promise<string[]> =>
	(await mails(id))
		.filter(({ mal }) => mal === 'invitasjon_purring')
		.map((brev) =>
			apneForsegling(nokkel, 'epost-lenke', brev.id, brev.hemmelig ?? Buffer.of()).slice('/invitasjon/'.length)
		);
const om = (token: string, now: Date) =>
	hentInvitasjon({ db: world.web, now }, { token, bevisToken: undefined, brukerId: null });
const status = async (id: string) =>
	(await world.owner.selectFrom('invitasjon').select('status').where('id', '=', id).executeTakeFirstOrThrow()).status;
const events = async (id: string) =>
	(await world.owner.selectFrom('hendelse').select('type').where('objekt_id', '=', id).orderBy('id').execute()).map(
		({ type }) => type
	);

test('it is reminded of on day 3 and day 14, once each however often the job comes, and ends on day 30', async () => {
	const id = await invite();
	const seen: [day: number, mails: number][] = [];
	for (const day of [0, 2.9, 3, 3.5, 13.9, 14, 20, 29.9, 30, 31]) {
		await Promise.all([run(after(day)), run(after(day))]);
		seen.push([day, (await mails(id)).length]);
	}
	expect(seen.map(([, count]) => count)).toEqual([0, 0, 1, 1, 1, 2, 2, 2, 2, 2]);
	expect(await mails(id)).toMatchObject([
		{ mal: 'invitasjon_purring', til_epost: 'kari@example.test', sprak: 'nn' },
		{ mal: 'invitasjon_purring' }
	]);
	expect(await status(id)).toBe('utlopt');
	expect(await events(id)).toEqual(['invitasjon.purret', 'invitasjon.purret', 'invitasjon.utlopt']);
});

test('after an outage one reminder goes, not two', async () => {
	const id = await invite();
	await run(after(20));
	await run(after(21));
	expect(await mails(id)).toHaveLength(1);
});

test.each(['avslatt', 'ikke_meg', 'trukket'] as const)('one that is %s is left alone', async (answered) => {
	const id = await invite();
	await updateInvitasjon(world.web, id, { status: answered });
	await run(after(3));
	await run(after(40));
	expect(await mails(id)).toEqual([]);
	expect(await status(id)).toBe(answered);
});

test('each reminder has a link of its own; all of them open the same invitation until it is answered', async () => {
	const forste = newToken();
	const id = await invite(forste);
	await run(after(3));
	await run(after(14));
	const alle = [forste, ...(await lenker(id))];
	expect(new Set(alle).size).toBe(3);
	for (const token of alle) expect(await om(token, after(15))).toMatchObject({ roller: ['supervisor', 'veileder'] });
	await apneInvitasjon(leser(after(15)), { token: alle[2] ?? '' });
	expect(await status(id)).toBe('apnet');
	await avslaInvitasjon(leser(after(15)), { token: alle[1] ?? '', svar: 'avslatt' });
	for (const token of alle) expect(await om(token, after(15))).toBeNull();
	expect(await outcome(avslaInvitasjon(leser(after(15)), { token: forste, svar: 'ikke_meg' }))).toBe(
		'conflict: invitasjon_konflikt'
	);
});

test('50 accepts by the links of one invitation: one counts', async () => {
	const forste = newToken();
	const id = await invite(forste);
	await run(after(3));
	const alle = [forste, ...(await lenker(id))];
	const folk = await Promise.all(Array.from({ length: 10 }, () => world.person('mottaker')));
	const okter = await Promise.all(folk.map((person) => world.okt(person)));
	const svar = await Promise.all(
		Array.from({ length: 50 }, (_, i) => {
			const okt = okter[i % 10] ?? expect.fail();
			const ctx = { db: world.web, actor: okt.actor, now: after(4), requestId: randomUUID(), manglerEid: false };
			return outcome(aksepterInvitasjon(ctx, { token: alle[i % 2] ?? '', okt }));
		})
	);
	expect(svar.filter((s) => s === 'ok')).toHaveLength(1);
	expect(new Set(svar)).toEqual(new Set(['ok', 'conflict: invitasjon_konflikt']));
});

test('a new link ends all the earlier ones; so does a recall, and the deadline', async () => {
	const ctx = { ...(await world.ctx(lis)), now: after(4) };
	const [sendt, trukket, utlopt] = [newToken(), newToken(), newToken()];
	const ider = [await invite(sendt), await invite(trukket), await invite(utlopt)] as const;
	await run(after(3));
	const purret = (await Promise.all(ider.map(lenker))).flat();
	expect(purret).toHaveLength(3);
	await sendInvitasjonPaNytt(ctx, { invitasjonId: ider[0], rettet: null, nokkel });
	await trekkInvitasjon(ctx, { invitasjonId: ider[1] });
	for (const token of [sendt, trukket, ...purret.slice(0, 2)]) expect(await om(token, after(4))).toBeNull();
	expect(await outcome(avslaInvitasjon(leser(after(4)), { token: purret[0] ?? '', svar: 'avslatt' }))).toBe(
		'conflict: invitasjon_konflikt_lenke'
	);
	expect(await om(purret[2] ?? '', after(29))).not.toBeNull();
	expect(await om(purret[2] ?? '', after(30))).toBeNull();
	// Whoever comes too late by a reminder can ask for a new one as by the first mail.
	await beOmNyInvitasjon(leser(after(31)), { token: purret[2] ?? '' });
	expect((await mails(ider[2])).map(({ mal }) => mal)).toContain('invitasjon_be_om_ny');
});
