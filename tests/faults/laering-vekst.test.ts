import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ctx } from '#lib/server/ctx.ts';
import { sql } from '#lib/server/db/pool.ts';
import { seedLoadWorld } from '#lib/server/demo/load-world.ts';
import { fyllLaering } from '../support/laering-fyll.ts';
import { laeringssider, type Laeringssider } from '../support/laering-sider.ts';
import { World } from '../support/world.ts';

/**
 * What a page of læring costs the web process when there are ten times as many LIS: the same people open the same pages in a world of 200 and in one
 * of 2,000, by turns, so that what else the machine does hits both. The median of the rounds is compared.
 */

const SMA = 200;
const STORE = 2000;
const HOYST = 1.3;
const RUNDER = 25;
/** How often a page is opened for one reading, so that it takes some tens of milliseconds. */
const GANGER = 15;
const SEED_MS = 1_800_000;

type Verden = { world: World; alle: Laeringssider; ctx: Map<string, Ctx> };

let sma: Verden;
let store: Verden;

beforeAll(async () => {
	sma = await verden(SMA);
	store = await verden(STORE);
}, SEED_MS);
afterAll(() => Promise.all([sma, store].map(({ world }) => world.destroy())));

async function verden(lis: number): Promise<Verden> {
	const world = await World.create();
	await seedLoadWorld(world.owner, { lis, now: world.now, password: 'demo-passord-2026' });
	const alle = await laeringssider(world);
	await likKo(world);
	await fyllLaering(world);
	const ctx = new Map<string, Ctx>();
	for (const [brukernavn, person] of alle.folk) ctx.set(brukernavn, await world.ctx(person));
	return { world, alle, ctx };
}

/**
 * Leaves the same plans shared in both worlds, those of the first 200 LIS: the case queue of Helsedirektoratet is as long as the work that waits (and the
 * page is cut off), which is another question than how many LIS there are.
 */
async function likKo({ owner }: World): Promise<void> {
	await sql`update plan_tildeling p set status = 'paabegynt' from bruker b
		where b.id = p.lis_id and p.status = 'delt' and b.brukernavn > ${`last-lis-0${SMA}`}`.execute(owner);
}

/** Processor time of this process for opening a page `GANGER` times, in microseconds each. */
async function kostnad({ alle, ctx }: Verden, nummer: number): Promise<number> {
	const side = alle.sider[nummer];
	const hvem = side && ctx.get(side.hvem);
	if (!hvem) throw new Error(`no page ${nummer}`);
	const start = process.cpuUsage();
	for (let i = 0; i < GANGER; i++) await side.vis(hvem);
	const { user, system } = process.cpuUsage(start);
	return (user + system) / GANGER;
}

function median(tall: number[]): number {
	return [...tall].sort((a, b) => a - b)[Math.floor(tall.length / 2)] ?? 0;
}

test(`a page costs at most ${HOYST} times as much with ${STORE} LIS as with ${SMA}`, async () => {
	const maalt = [];
	for (const [nummer, { side }] of sma.alle.sider.entries()) {
		const [fa, mange]: [number[], number[]] = [[], []];
		for (const en of [sma, store]) await kostnad(en, nummer);
		for (let runde = 0; runde < RUNDER; runde++) {
			// Whoever is first by turns: what the one leaves to be cleaned up the other pays for.
			const par = [
				async () => fa.push(await kostnad(sma, nummer)),
				async () => mange.push(await kostnad(store, nummer))
			];
			for (const maal of runde % 2 === 0 ? par : par.reverse()) await maal();
		}
		const [us200, us2000] = [median(fa), median(mange)];
		maalt.push({
			side,
			us200: Math.round(us200),
			us2000: Math.round(us2000),
			vekst: Number((us2000 / us200).toFixed(2))
		});
	}
	console.table(maalt);
	expect(maalt.filter(({ vekst }) => vekst > HOYST)).toEqual([]);
});
