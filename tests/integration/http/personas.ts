import type { Db } from '#lib/server/db/pool.ts';
import { skrivTekst } from '#lib/server/demo/skriv.ts';
import { foreslaTid } from '#lib/server/commands/foresla-tid.ts';
import { World, type Person } from '../../support/world.ts';

/** Everybody who may stand at the door, seen from one LIS. */
export const PERSONAS = [
	'nobody',
	'deactivated',
	'lis',
	'annenLis',
	'veileder',
	/** The relation ended, and the active samtale was passed on. */
	'passedOn',
	/** The relation ended; still a part of the samtale. */
	'departed',
	'annenVeileder',
	'leder',
	'supervisor',
	'hdir',
	'drift'
] as const;
export type Persona = (typeof PERSONAS)[number];

/** Words that stand in a samtale and nowhere else: whoever may not read it must never be sent one of them. */
export const CANARIES = {
	forberedelse: 'kanarifuglforberedelse',
	referat: 'kanarifuglreferat',
	sted: 'kanarifuglsted',
	forslag: 'kanarifuglforslag'
};

export interface Scene {
	world: World;
	people: Record<Exclude<Persona, 'nobody'>, Person>;
	/** A fresh samtale of the LIS, with words in all its parts. */
	samtale(): Promise<string>;
	/** A fresh session of the persona. */
	token(persona: Persona): Promise<string | undefined>;
}

/** One LIS with everybody around, on a database of its own. */
export async function createScene(): Promise<Scene> {
	const world = await World.create();
	const cast = await world.cast();
	const [deactivated, passedOn, departed] = await Promise.all([
		world.person('sluttet'),
		world.person('gitt-videre'),
		world.person('fratradt')
	]);
	await world.relate(cast.lis, deactivated, 'supervisor');
	await world.relate(cast.lis, passedOn, 'veileder', world.past(1));
	await world.relate(cast.lis, departed, 'veileder', world.past(1));
	const people = { ...cast, deactivated, passedOn, departed };

	return {
		world,
		people,
		samtale: async () => {
			const id = await world.samtale(cast.veileder, cast.lis, {
				dato: '2026-11-24',
				fra: '14:30',
				sted: CANARIES.sted
			});
			await world.owner
				.insertInto('samtale_deltaker')
				.values([
					{ samtale_id: id, person_id: passedOn.id, rolle: 'veileder', fra: world.past(50), til: world.past(1) },
					{ samtale_id: id, person_id: departed.id, rolle: 'veileder', fra: world.past(50), til: null }
				])
				.execute();
			await write(world.owner, id, cast.lis.id, world.now);
			const forslag = { dato: '2026-12-01', fra: null, til: null, sted: CANARIES.forslag };
			await foreslaTid(await world.ctx(cast.lis), { samtaleId: id, ...forslag });
			return id;
		},
		token: async (persona) => {
			if (persona === 'nobody') return undefined;
			const token = await world.login(people[persona], new Date());
			if (persona === 'deactivated')
				await world.owner
					.updateTable('bruker')
					.set({ status: 'deaktivert' })
					.where('id', '=', deactivated.id)
					.execute();
			return token;
		}
	};
}

async function write(db: Db, id: string, userId: string, at: Date): Promise<void> {
	for (const fragment of ['forberedelse', 'referat'] as const)
		await skrivTekst(db, id, [{ userId, fragment, avsnitt: [`Her står ${CANARIES[fragment]}.`], at }]);
}
