import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import * as Y from 'yjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decide } from '#lib/server/authz/index.ts';
import type { SamtaleTilgang } from '#lib/server/authz/actions.ts';
import { samtalerSomKanLeses } from '#lib/server/authz/scope/samtale.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { createCollabDocs } from '#lib/server/queries/collab.ts';
import { findSamtale, insertSamtaler, listSamtaler } from '#lib/server/queries/samtale.ts';
import { insertRelasjoner } from '#lib/server/queries/synthetic-people.ts';
import { hentMineSamtaler } from '#lib/server/views/mine-samtaler.ts';
import { hentVeiledning, hentVeiledningsliste } from '#lib/server/views/veiledning.ts';
import { World, type Person } from '../support/world.ts';

/** A list's scope and the single-read rule are one rule (architecture.md, style 3; T07), shown over a world made by chance. */

const SEED = 20_261_124;
const LIS = 40;
const OTHERS = 25;
const HOUR = 3_600_000;

/** Hours from now; the ends fall on the very instant of the question often. */
const span = fc
	.tuple(fc.integer({ min: -3, max: 2 }), fc.option(fc.integer({ min: 0, max: 3 })))
	.map(([from, length]) => ({ from, to: length === null ? null : from + length }));
const plan = fc.record({
	relations: fc.array(
		fc.record({
			lis: fc.nat(LIS - 1),
			person: fc.nat(LIS + OTHERS - 1),
			rolle: fc.constantFrom('leder', 'veileder', 'supervisor'),
			span
		}),
		{ minLength: 160, maxLength: 200 }
	),
	samtaler: fc.array(
		fc.record({
			lis: fc.nat(LIS - 1),
			deltakere: fc.array(fc.record({ person: fc.nat(LIS + OTHERS - 1), span }), { maxLength: 4 })
		}),
		{ minLength: 80, maxLength: 100 }
	)
});

let world: World;
let people: Person[];
let samtaler: SamtaleTilgang[];
let askers: Ctx[];

beforeAll(async () => {
	world = await World.create();
	const at = (hours: number) => new Date(world.now.getTime() + hours * HOUR);
	const [world1] = fc.sample(plan, { seed: SEED, numRuns: 1 });
	if (!world1) throw new Error('no plan');
	people = await Promise.all(
		Array.from({ length: LIS + OTHERS }, (_, i) => world.person(i < LIS ? 'lis' : 'folk', { lis: i < LIS }))
	);
	const person = (i: number): Person => people[i] ?? (people[0] as Person);

	// The database allows one standing leder and veileder for each LIS, and nobody to follow themself.
	const standing = new Set<string>();
	const relations = world1.relations.filter(({ lis, person: who, rolle, span: { to } }) => {
		const key = rolle === 'supervisor' ? `${lis} ${rolle} ${who}` : `${lis} ${rolle}`;
		if (lis === who || (to === null && standing.has(key))) return false;
		if (to === null) standing.add(key);
		return true;
	});
	await insertRelasjoner(
		world.owner,
		relations.map(({ lis, person: who, rolle, span: { from, to } }) => ({
			...{ id: randomUUID(), lisId: person(lis).id, personId: person(who).id, rolle, fra: at(from) },
			...(to === null ? {} : { til: at(to) })
		}))
	);

	samtaler = await Promise.all(
		world1.samtaler.map(async ({ lis, deltakere }) => {
			const id = randomUUID();
			const owner = person(lis).id;
			const init = Y.encodeStateAsUpdate(new Y.Doc());
			await createCollabDocs(world.owner, [{ id, userId: owner }], { schemaVersion: 1, now: world.now, init });
			await insertSamtaler(world.owner, [
				{
					...{ id, lisId: owner, opprettetAv: owner, now: at(-4), dato: null, fra: null, til: null, sted: null },
					deltakere: [{ personId: owner, rolle: 'lis' }]
				}
			]);
			const unique = [...new Map(deltakere.map((d) => [`${d.person} ${d.span.from}`, d])).values()];
			for (const { person: who, span: when } of unique) {
				const til = when.to === null ? null : at(when.to);
				await world.owner
					.insertInto('samtale_deltaker')
					.values({ samtale_id: id, person_id: person(who).id, rolle: 'veileder', fra: at(when.from), til })
					.execute();
			}
			const samtale = await findSamtale(world.web, id);
			if (!samtale) throw new Error('no samtale');
			return samtale;
		})
	);
	askers = await Promise.all(people.map((one) => world.ctx(one)));
});

afterAll(() => world.destroy());

const ids = (rows: { id: string }[]) => rows.map((row) => row.id).sort();

test.each([-2, -1, 0, 1, 2])('%i hours from now, each list holds what its asker may read one by one', async (hours) => {
	const now = new Date(world.now.getTime() + hours * HOUR);
	let readable = 0;
	for (const asker of askers) {
		const allowed = ids(samtaler.filter((samtale) => decide(asker.actor, 'samtale.les', samtale, now).ok));
		readable += allowed.length;
		expect(ids(await listSamtaler(samtalerSomKanLeses(world.web, asker.actor.brukerId, now)))).toEqual(allowed);
		expect(ids(await hentMineSamtaler({ ...asker, now }))).toEqual(allowed);
	}
	// A world in which everybody, or nobody, may read would show nothing.
	expect(readable).toBeGreaterThan(samtaler.length);
	expect(readable).toBeLessThan((samtaler.length * people.length) / 4);
});

test('Veiledning lists exactly the LIS whose window one may open', async () => {
	const lisIds = people.slice(0, LIS).map((lis) => lis.id);
	let listed = 0;
	for (const asker of askers) {
		const allowed = lisIds.filter((lisId) => decide(asker.actor, 'veiledning.se', { lisId }, asker.now).ok);
		const { egen, fulgte } = await hentVeiledningsliste(asker);
		expect([...ids(fulgte), ...(egen === null ? [] : [egen])].sort()).toEqual(allowed.toSorted());
		listed += fulgte.length;
	}
	expect(listed).toBeGreaterThan(20);
});

test('a window offers to open exactly what its asker may read', async () => {
	let open = 0;
	let shut = 0;
	for (const asker of askers) {
		for (const lis of people.slice(0, LIS)) {
			if (!decide(asker.actor, 'veiledning.se', { lisId: lis.id }, asker.now).ok) continue;
			const { aktive } = await hentVeiledning(asker, lis.id);
			const theirs = samtaler.filter((samtale) => samtale.lisId === lis.id);
			expect(ids(aktive)).toEqual(ids(theirs));
			for (const { id, kanApne } of aktive) {
				const samtale = theirs.find((one) => one.id === id);
				expect(kanApne).toBe(samtale !== undefined && decide(asker.actor, 'samtale.les', samtale, asker.now).ok);
				if (kanApne) open++;
				else shut++;
			}
		}
	}
	expect(Math.min(open, shut)).toBeGreaterThan(20);
});
