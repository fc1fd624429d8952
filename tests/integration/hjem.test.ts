import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Rolle } from '#lib/domain/actor.ts';
import { hentHjem } from '#lib/server/views/hjem.ts';
import { aktivitet, mal, malMedKrav } from '../support/signering.ts';
import { World, type Person } from '../support/world.ts';

/** S4: the summary of one's own data and the column Veiledning, as each role has them. */

let world: World;
let cast: Awaited<ReturnType<World['cast']>>;
let koder: string[];
const hjem = async (person: Person, valgt: Rolle | null = null) => hentHjem(await world.ctx(person), valgt);

beforeAll(async () => {
	world = await World.create();
	cast = await world.cast();
	const { lis, leder, supervisor, veileder, annenLis } = cast;
	// The leder follows one more, for whom nothing waits and whose name comes first.
	await world.relate(annenLis, leder, 'leder');
	koder = [(await malMedKrav(world, lis, 0)).kode, (await malMedKrav(world, lis, 1)).kode];
	const [godkjent = '', sendt = ''] = koder;
	await mal(world, lis, godkjent, 'godkjent', leder);
	await mal(world, lis, sendt, 'sendt', leder);
	await aktivitet(world, { lis, supervisor });
	await world.samtale(veileder, lis, { dato: '2099-01-04' });
});
afterAll(() => world.destroy());

test('a LIS sees the week, where the goals stand, the next samtale and their people', async () => {
	const { lis, fulgte, visVeiledning } = await hjem(cast.lis);
	const { godkjent, sendt, pagar } = lis?.antall ?? {};
	expect([godkjent, sendt, (pagar ?? 0) > 40]).toEqual([1, 1, true]);
	expect([lis?.avUker, lis?.nesteSamtale?.dato, lis?.veiledere]).toEqual([26, '2099-01-04', [cast.veileder.navn]]);
	expect(lis?.folk.map(({ id }) => id).toSorted()).toEqual(
		[cast.veileder, cast.leder, cast.supervisor].map(({ id }) => id).toSorted()
	);
	expect([fulgte, visVeiledning]).toEqual([[], true]);
});

test('a leder sees those whose things have waited longest first, and how far each has come', async () => {
	const { fulgte, venter, alt } = await hjem(cast.leder);
	expect(fulgte.map(({ id, hosMeg }) => [id, hosMeg?.antall ?? 0])).toEqual([
		[cast.lis.id, 1],
		[cast.annenLis.id, 0]
	]);
	expect(fulgte[0]).toMatchObject({ antall: { godkjent: 1, sendt: 1 }, sisteSamtale: null, kanApne: true });
	expect(fulgte[0]?.nesteSamtale).toMatchObject({ kanApne: false, sted: null });
	expect([venter.map(({ hva }) => hva), alt?.antall]).toEqual([['godkjenning'], 1]);
});

test('a veileder is asked to recommend what was sent, by the LIS it is of', async () => {
	const { fulgte, venter } = await hjem(cast.veileder);
	expect(venter).toMatchObject([{ hva: 'anbefaling', antall: 1, sti: `/veiledning/${cast.lis.id}/laeringsmal` }]);
	expect(fulgte[0]).toMatchObject({ hosMeg: { antall: 1 }, nesteSamtale: { kanApne: true } });
});

test('a supervisør is told of what waits for them, and nothing of samtaler and progress', async () => {
	const { fulgte, venter } = await hjem(cast.supervisor);
	expect(venter.map(({ hva }) => hva)).toEqual(['signering']);
	expect(fulgte).toMatchObject([
		{ id: cast.lis.id, hosMeg: { antall: 1 }, antall: null, uke: null, nesteSamtale: null, sisteSamtale: null }
	]);
	expect(fulgte[0]?.kanApne).toBe(false);
});

test('somebody in two roles sees of a LIS what belongs to the one that is chosen', async () => {
	const [lis, begge] = [await world.person('tredje', { lis: true }), await world.person('begge')];
	await world.relate(lis, begge, 'leder');
	await world.relate(lis, begge, 'supervisor');
	const sett = async (rolle: Rolle | null) => {
		const { fulgte } = await hjem(begge, rolle);
		return fulgte.map(({ roller, antall }) => [roller.toSorted(), antall !== null]);
	};
	expect(await sett(null)).toEqual([[['leder', 'supervisor'], true]]);
	expect(await sett('leder')).toEqual([[['leder'], true]]);
	expect(await sett('supervisor')).toEqual([[['supervisor'], false]]);
});

test.each(['hdir', 'drift', 'annenVeileder'] as const)(
	'%s sees nothing of a LIS whom they do not follow',
	async (hvem) => {
		const svar = await hjem(cast[hvem]);
		expect(JSON.stringify(svar)).not.toContain(cast.lis.navn);
		expect([svar.lis, svar.venter, svar.alt]).toEqual([null, [], null]);
		expect(svar.visVeiledning).toBe(hvem === 'annenVeileder');
	}
);
