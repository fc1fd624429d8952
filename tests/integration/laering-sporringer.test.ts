import { afterAll, beforeAll, expect, test } from 'vitest';
import { validerOkt } from '#lib/server/auth/okter.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { seedLoadWorld } from '#lib/server/demo/load-world.ts';
import { fyllLaering } from '../support/laering-fyll.ts';
import { laeringssider, type Laeringsside, type Laeringssider } from '../support/laering-sider.ts';
import { forklar, vekst } from '../support/plantre.ts';
import { lytt, type Lytter, type Sporring } from '../support/sporringer.ts';
import { World } from '../support/world.ts';

/** A page of læring costs the same however many LIS there are: few questions, and none that walks the table of everybody. */

const LIS = 1000;
const SEED_MS = 600_000;
const HOYST = 5;
const HOYST_PA_HJEM = 11;
/** How many are on each version of the catalogue is counted by its index: the one number that all of them are part of. */
const TELLER = ['/katalog: Index Only Scan of plan_tildeling walks 1000 rows'];

let world: World;
let lytter: Lytter;
let alle: Laeringssider;

beforeAll(async () => {
	world = await World.create();
	lytter = lytt(world.url);
	await seedLoadWorld(world.owner, { lis: LIS, now: world.now, password: 'demo-passord-2026' });
	alle = await laeringssider(world);
	await fyllLaering(world);
}, SEED_MS);
afterAll(async () => {
	await lytter.close();
	await world.destroy();
});

async function ctxFor({ hvem }: Laeringsside): Promise<Ctx> {
	const person = alle.folk.get(hvem);
	if (!person) throw new Error(`nobody is called ${hvem}`);
	return { ...(await world.ctx(person)), db: lytter.db };
}

/** What a page asks once this process has read the catalogue. */
async function sporringer(side: Laeringsside): Promise<Sporring[]> {
	const ctx = await ctxFor(side);
	await side.vis(ctx);
	return lytter.under(() => side.vis(ctx));
}

async function flereEnn(hoyst: number, sider: Laeringsside[]): Promise<{ side: string; sporringer: number }[]> {
	const antall: { side: string; sporringer: number }[] = [];
	for (const side of sider) antall.push({ side: side.side, sporringer: (await sporringer(side)).length });
	return antall.filter(({ sporringer: n }) => n > hoyst || n === 0);
}

test(`each page asks at most ${HOYST} questions`, async () => {
	expect(await flereEnn(HOYST, alle.sider)).toEqual([]);
});

test(`Hjem, which gathers from many, asks at most ${HOYST_PA_HJEM}, however many LIS one follows`, async () => {
	expect(await flereEnn(HOYST_PA_HJEM, alle.hjem)).toEqual([]);
});

test('before it, two find the session and whose it is; the frame around the page is made of that and asks nothing', async () => {
	const person = alle.folk.get('hdir');
	const token = person && (await world.login(person));
	expect(await lytter.under(() => validerOkt(lytter.db, token ?? '', world.now))).toHaveLength(2);
});

test('none of them walks a table that grows, or as many rows as there are LIS', async () => {
	const feil: string[] = [];
	for (const side of alle.sider)
		for (const sporring of await sporringer(side))
			for (const hva of vekst(await forklar(lytter, sporring), LIS - 1)) feil.push(`${side.side}: ${hva}`);
	expect(feil).toEqual(TELLER);
});

test('it would be seen: a question that no index answers', async () => {
	const parameters = ['Syntetisk tekst.'];
	const sporring = { sql: 'select count(*) from laeringsaktivitet where tekst = $1', parameters };
	expect(vekst(await forklar(lytter, sporring), LIS - 1)).toContainEqual('Seq Scan of laeringsaktivitet');
});
