import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apneForsegling, pidHash } from '#lib/server/auth/hemmelighet.ts';
import { EID_EIER } from '#lib/server/auth/eid/bevis.ts';
import { rettEpost } from '#lib/server/commands/drift/rett-epost.ts';
import { nyPerson, settRolle } from '#lib/server/commands/drift/roller.ts';
import { nyKommune, nyttArbeidssted } from '#lib/server/commands/drift/steder.ts';
import { listFasteRoller } from '#lib/server/queries/fast-rolle.ts';
import { hentBrukerForDrift, hentSteder } from '#lib/server/views/drift.ts';
import { World } from '../support/world.ts';

/** `npm run drift`: the first systemadministrator, and roles for the portal. */

const PID = '21868100033';
const KEY = new Uint8Array(32).fill(9);
const PERSON = {
	brukernavn: 'dag.rike',
	navn: 'Dag Rike',
	epost: 'dag@example.test',
	pid: PID,
	rolle: 'drift' as const
};

let world: World;
beforeAll(async () => {
	world = await World.create();
});
afterAll(() => world.destroy());

const drift = () => ({ db: world.owner, now: world.now, pidKey: KEY });

test('the first systemadministrator is made, found by their pid and never shown it', async () => {
	await nyPerson(drift(), PERSON);
	expect(await listFasteRoller(world.owner, world.now)).toMatchObject([{ brukernavn: 'dag.rike', rolle: 'drift' }]);
	const rad = await world.owner
		.selectFrom('eid_identitet')
		.selectAll()
		.where('pid_hash', '=', pidHash(KEY, PID))
		.executeTakeFirstOrThrow();
	expect(apneForsegling(KEY, 'pid', EID_EIER, rad.pid_kryptert)).toBe(PID);
	const events = await world.owner.selectFrom('hendelse').selectAll().where('objekt_id', '=', rad.bruker_id).execute();
	expect(events).toMatchObject([{ type: 'bruker.opprettet' }]);
	expect(JSON.stringify(events)).not.toContain(PID);
});

test.each([
	[{ brukernavn: 'dag.rike' }, 'conflict'],
	[{ brukernavn: 'dag2' }, 'conflict'],
	[{ brukernavn: 'Dag', pid: '1' }, 'invalid'],
	[{ brukernavn: 'dag3', pid: '21868100034' }, 'invalid'],
	[{ brukernavn: 'dag3', navn: 'Dag\u202eRike' }, 'invalid'],
	[{ brukernavn: 'dag3', epost: 'dag' }, 'invalid']
])('%o is refused: %s', async (changed, code) => {
	await expect(nyPerson(drift(), { ...PERSON, ...changed })).rejects.toMatchObject({ code });
	expect(await listFasteRoller(world.owner, world.now)).toHaveLength(1);
});

test('a role is given once, ended once, and keeps its row', async () => {
	const hdir = { brukernavn: 'dag.rike', rolle: 'hdir' as const };
	await settRolle(drift(), { ...hdir, slutt: false });
	await expect(settRolle(drift(), { ...hdir, slutt: false })).rejects.toMatchObject({ code: 'conflict' });
	const later = { ...drift(), now: new Date(world.now.getTime() + 1_000) };
	await settRolle(later, { ...hdir, slutt: true });
	await expect(settRolle(later, { ...hdir, slutt: true })).rejects.toMatchObject({ code: 'conflict' });
	await expect(settRolle(later, { brukernavn: 'ingen', rolle: 'hdir', slutt: false })).rejects.toMatchObject({
		code: 'not_found'
	});
	expect(await listFasteRoller(world.owner, new Date(later.now.getTime() + 1))).toHaveLength(1);
	expect(await world.owner.selectFrom('fast_rolle').selectAll().execute()).toHaveLength(2);
});

test('an address is corrected, with an event that does not hold it and mandatory mail to both, and by nobody else', async () => {
	const { lis, veileder } = await world.cast();
	const dag = await world.person('dag', { fast: 'drift' });
	const ctx = await world.ctx(dag);
	await rettEpost(ctx, { brukerId: lis.id, epost: 'riktig@example.test' });
	// The same once more changes nothing, and tells nobody.
	await rettEpost(ctx, { brukerId: lis.id, epost: 'riktig@example.test' });
	const brev = await world.owner
		.selectFrom('epost')
		.select(['mal', 'til_epost'])
		.where('mottaker_id', '=', lis.id)
		.orderBy('til_epost')
		.execute();
	expect(brev).toEqual(
		[`${lis.brukernavn}@example.test`, 'riktig@example.test'].map((til_epost) => ({ mal: 'epost_rettet', til_epost }))
	);
	const shown = await hentBrukerForDrift(ctx, lis.id);
	expect(shown.bruker.epost).toBe('riktig@example.test');
	expect(shown.relasjoner.map(({ rolle }) => rolle)).toContain('veileder');
	const events = await world.owner.selectFrom('hendelse').selectAll().where('objekt_id', '=', lis.id).execute();
	expect(events).toMatchObject([{ type: 'bruker.epost-rettet', aktor_rolle: 'drift' }]);
	expect(JSON.stringify(events)).not.toContain('riktig@example.test');
	for (const brukerId of ['x', randomUUID()])
		await expect(rettEpost(ctx, { brukerId, epost: 'a@b.no' })).rejects.toMatchObject({ code: 'not_found' });
	await expect(rettEpost(await world.ctx(veileder), { brukerId: lis.id, epost: 'a@b.no' })).rejects.toMatchObject({
		code: 'not_found'
	});
});

test('places are added once, and belong to a kommune', async () => {
	const ctx = await world.ctx(await world.person('dagny', { fast: 'drift' }));
	await nyKommune(ctx, { nummer: '4601', navn: 'Bergen' });
	await expect(nyKommune(ctx, { nummer: '4601', navn: 'Bergen' })).rejects.toMatchObject({ code: 'invalid' });
	await nyttArbeidssted(ctx, { kommune: '4601', navn: 'Bergen legevakt', slag: 'legevakt' });
	await expect(nyttArbeidssted(ctx, { kommune: '0000', navn: 'Ingen', slag: 'legevakt' })).rejects.toMatchObject({
		code: 'invalid'
	});
	expect((await hentSteder(ctx)).find(({ nummer }) => nummer === '4601')?.steder).toMatchObject([
		{ navn: 'Bergen legevakt', slag: 'legevakt' }
	]);
});
