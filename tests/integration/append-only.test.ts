import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { avlysSamtale } from '#lib/server/commands/avlys-samtale.ts';
import { settTidOgSted } from '#lib/server/commands/sett-tid-og-sted.ts';
import type { Db } from '#lib/server/db/pool.ts';
import { skrivTekst } from '#lib/server/demo/skriv.ts';
import { noterInnsyn } from '#lib/server/queries/innsyn.ts';
import { faultsOfLog } from '../support/log-state.ts';
import { World } from '../support/world.ts';

/** What has been is never changed: refused by trigger, for the owner too (T10 and the append-only tables). */

const REFUSED = 'LK001';
const DENIED = '42501';

let world: World;
let cast: Awaited<ReturnType<World['cast']>>;
let roles: Record<'web' | 'ws' | 'worker' | 'owner', Db>;
let active: string;
let cancelled: string;

beforeAll(async () => {
	world = await World.create();
	cast = await world.cast();
	roles = {
		web: world.web,
		ws: world.connect('lisk_ws'),
		worker: world.connect('lisk_worker'),
		owner: world.owner
	};
	active = await world.samtale(cast.veileder, cast.lis, { dato: '2026-11-24', fra: '14:00' });
	cancelled = await world.samtale(cast.veileder, cast.lis);
	await skrivTekst(world.owner, active, [
		{ userId: cast.lis.id, fragment: 'referat', avsnitt: ['Står her'], at: world.now }
	]);
	await avlysSamtale(await world.ctx(cast.veileder), { samtaleId: cancelled, grunn: 'Sykdom' });
	await noterInnsyn(world.web, {
		...{ lisId: cast.lis.id, personId: cast.veileder.id, rolle: 'veileder', samtaleId: active, now: world.now }
	});
});

afterAll(() => world.destroy());

/** The SQLSTATE with which the statement is refused, or how many rows it touched. It is taken back in any case. */
async function attempt(db: Db, statement: string): Promise<string | number> {
	try {
		await db.transaction().execute(async (trx) => {
			const { numAffectedRows } = await sql.raw(statement).execute(trx);
			throw new Done(Number(numAffectedRows ?? 0));
		});
	} catch (error) {
		if (error instanceof Done) return error.rows;
		return (error as { code?: string }).code ?? String(error);
	}
	return 'committed';
}

class Done extends Error {
	readonly rows: number;
	constructor(rows: number) {
		super('rolled back');
		this.rows = rows;
	}
}

const LOGS: [table: string, column: string][] = [
	['hendelse', 'type'],
	['innsyn', 'rolle'],
	['collab_update', 'upd'],
	['collab_client', 'user_id']
];

describe.each(LOGS)('%s', (table, column) => {
	test('has rows, and refuses UPDATE, DELETE and TRUNCATE to everybody', async () => {
		const { rows } = await sql.raw<{ n: number }>(`select count(*)::int as n from ${table}`).execute(world.owner);
		expect(rows[0]?.n).toBeGreaterThan(0);
		const statements = [
			`update ${table} set ${column} = ${column}`,
			`delete from ${table}`,
			`truncate ${table} cascade`
		];
		for (const statement of statements) {
			expect([statement, await attempt(roles.owner, statement)]).toEqual([statement, REFUSED]);
			for (const role of ['web', 'ws', 'worker'] as const)
				expect([role, statement, await attempt(roles[role], statement)]).toEqual([role, statement, DENIED]);
		}
	});
});

describe('a samtale', () => {
	test.each(['web', 'ws', 'worker', 'owner'] as const)('is never deleted by %s, whatever its state', async (role) => {
		const refusal = role === 'owner' ? REFUSED : DENIED;
		for (const table of ['samtale', 'collab_doc'])
			for (const statement of [`delete from ${table} where id = '${active}'`, `truncate ${table} cascade`])
				expect([statement, await attempt(roles[role], statement)]).toEqual([statement, refusal]);
	});

	test('goes with nobody: emptying the people, the sessions’ owner table, would empty the logs', async () => {
		for (const table of ['bruker', 'lis', 'kommune'])
			expect([table, await attempt(roles.owner, `truncate ${table} cascade`)]).toEqual([table, REFUSED]);
	});

	test.each([
		"dato = '2027-01-01'",
		"sted = 'et annet sted'",
		"avlyst_grunn = 'en annen grunn'",
		"status = 'planlagt', avlyst_grunn = null",
		"status = 'aktiv', avlyst_grunn = null",
		'versjon = versjon'
	])('that is avlyst takes no «%s»', async (change) => {
		expect(await attempt(roles.owner, `update samtale set ${change} where id = '${cancelled}'`)).toBe(REFUSED);
		if (!change.startsWith('versjon'))
			expect(await attempt(roles.web, `update samtale set ${change} where id = '${cancelled}'`)).toBe(REFUSED);
	});

	test.each([
		['planlagt', "status = 'planlagt'"],
		['another LIS', `lis_id = '${randomUUID()}'`],
		['another maker', `opprettet_av = '${randomUUID()}'`],
		['another id', `id = '${randomUUID()}'`]
	])('that is aktiv does not become %s', async (_what, change) => {
		expect(await attempt(roles.owner, `update samtale set ${change} where id = '${active}'`)).toBe(REFUSED);
	});

	test('is not ferdigstilt by hand, for want of a frozen document', async () => {
		const change = `status = 'ferdigstilt', ferdigstilt_at = now(), ferdigstilt_av = '${cast.veileder.id}'`;
		for (const role of ['web', 'owner'] as const) {
			const statement = `update samtale set ${change} where id = '${active}'; set constraints all immediate`;
			expect(await attempt(roles[role], statement)).toBe(REFUSED);
		}
	});

	test('counts its version itself', async () => {
		const version = () =>
			world.owner.selectFrom('samtale').select('versjon').where('id', '=', active).executeTakeFirstOrThrow();
		const { versjon } = await version();
		await sql`update samtale set versjon = 99 where id = ${active}`.execute(world.owner);
		expect(await version()).toEqual({ versjon });
		const ny = { samtaleId: active, versjon, dato: '2026-11-25', fra: null, til: null, sted: null };
		await settTidOgSted(await world.ctx(cast.veileder), ny);
		expect(await version()).toEqual({ versjon: versjon + 1 });
	});
});

describe('a document', () => {
	test.each(["state = 'open'", 'head_seq = head_seq + 1', 'access_version = access_version + 1', 'epoch = epoch + 1'])(
		'that is cancelled takes no «%s»',
		async (change) => {
			expect(await attempt(roles.owner, `update collab_doc set ${change} where id = '${cancelled}'`)).toBe(REFUSED);
		}
	);

	test.each([
		'head_seq = head_seq - 1',
		'epoch = epoch - 1',
		'access_version = access_version - 1',
		`id = '${randomUUID()}'`
	])('that is open does not go back: «%s»', async (change) => {
		expect(await attempt(roles.owner, `update collab_doc set ${change} where id = '${active}'`)).toBe(REFUSED);
	});

	test('has an unbroken log after all of this', async () => {
		for (const id of [active, cancelled]) expect(await faultsOfLog(world.owner, id)).toEqual([]);
	});
});
