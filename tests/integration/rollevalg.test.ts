import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Rolle } from '#lib/domain/actor.ts';
import { can } from '#lib/server/authz/index.ts';
import { lesOkt, validerOkt, type Okt } from '#lib/server/auth/okter.ts';
import { velgRolle } from '#lib/server/commands/velg-rolle.ts';
import { hentHjem } from '#lib/server/views/hjem.ts';
import { hentSkall } from '#lib/server/views/skall.ts';
import { World, type Person } from '../support/world.ts';

/** A person with several roles sees the portal in one of them; what they may do stays the same. */

let world: World;
let person: Person;
let token: string;
let lisSomLeder: Person;

beforeAll(async () => {
	world = await World.create();
	const [flere, forLeder, forVeileder] = await Promise.all([
		world.person('flere', { lis: true, fast: 'drift' }),
		world.person('lis-a', { lis: true }),
		world.person('lis-b', { lis: true })
	]);
	await world.relate(forLeder, flere, 'leder');
	await world.relate(forVeileder, flere, 'veileder');
	await world.relate(forVeileder, flere, 'supervisor', world.past(1));
	[person, lisSomLeder] = [flere, forLeder];
	token = await world.login(person);
});
afterAll(() => world.destroy());

async function okt(): Promise<Okt> {
	const funnet = await validerOkt(world.web, token, world.now);
	if (!funnet) throw new Error('no session');
	return funnet;
}
const ctx = (o: Okt) => ({ db: world.web, actor: o.actor, now: world.now, requestId: 'test', manglerEid: false });
async function velg(rolle: Rolle | null): Promise<Okt> {
	const o = await okt();
	await velgRolle(ctx(o), o, rolle);
	return okt();
}

/** What the menu leads to. */
const valg = (meny: Record<string, boolean>) =>
	Object.keys(meny)
		.filter((sted) => meny[sted])
		.sort();

test('all roles are shown until one is chosen, and again when all are', async () => {
	for (const o of [await okt(), await velg(null)]) {
		const skall = hentSkall(o, world.now);
		expect(skall.valgtRolle).toBeNull();
		expect(valg(skall.meny)).toEqual([
			'drift',
			'filer',
			'folk',
			'fremdrift',
			'godkjenning',
			'laeringsmal',
			'meldinger',
			'veiledning'
		]);
		const hjem = await hentHjem(ctx(o), o.rolle);
		expect([hjem.lis !== null, hjem.fulgte.length]).toEqual([true, 2]);
		await velg('leder');
	}
});

test.each<[Rolle, string[], boolean, string[][]]>([
	['lis', ['filer', 'folk', 'laeringsmal', 'veiledning'], true, []],
	['leder', ['filer', 'folk', 'fremdrift', 'godkjenning', 'veiledning'], false, [['leder']]],
	['veileder', ['filer', 'folk', 'fremdrift', 'veiledning'], false, [['veileder']]],
	['drift', ['drift', 'meldinger'], false, []]
])('in the role %s the menu and Hjem show what belongs to it', async (rolle, meny, egen, fulgtSom) => {
	const o = await velg(rolle);
	const skall = hentSkall(o, world.now);
	expect([skall.valgtRolle, valg(skall.meny)]).toEqual([rolle, meny]);
	expect(skall.roller.map((del) => del.rolle)).toEqual(['lis', 'leder', 'veileder', 'drift']);
	const hjem = await hentHjem(ctx(o), o.rolle);
	expect(hjem.lis !== null).toBe(egen);
	expect(hjem.fulgte.map((lis) => lis.roller)).toEqual(fulgtSom);
	// What one may do follows from what one is, not from what one looks at.
	expect(can(o.actor, 'veiledning.se', { lisId: lisSomLeder.id }, world.now)).toBe(true);
	expect(can(o.actor, 'portal.drift', { portal: true }, world.now)).toBe(true);
	expect((await lesOkt(world.ws, token, world.now))?.rolle).toBe(rolle);
});

test('a role that one does not have, or no longer, changes nothing', async () => {
	await velg('leder');
	for (const rolle of ['hdir', 'supervisor'] as const) expect((await velg(rolle)).rolle).toBe('leder');
	await world.owner.updateTable('relasjon').set({ til: world.now }).where('lis_id', '=', lisSomLeder.id).execute();
	const o = await okt();
	const skall = hentSkall(o, world.now);
	expect([o.rolle, skall.valgtRolle, skall.meny.drift]).toEqual(['leder', null, true]);
	expect((await hentHjem(ctx(o), o.rolle)).lis).not.toBeNull();
});

test('it holds for this session only', async () => {
	await velg('lis');
	const annen = await validerOkt(world.web, await world.login(person), world.now);
	expect(annen?.rolle).toBeNull();
});
