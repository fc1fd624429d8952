import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db } from '#lib/server/db/pool.ts';
import { aktivitet, mal, malMedKrav } from '../support/signering.ts';
import { World } from '../support/world.ts';

/** T10 for læring: what was signed, published, agreed and confirmed is refused every change by trigger, for the owner too. */

const REFUSED = 'LK001';

let world: World;
let signert: string;
let sendt: string;

beforeAll(async () => {
	world = await World.create();
	const folk = await world.cast();
	const { kode } = await malMedKrav(world, folk.lis);
	signert = await aktivitet(world, { lis: folk.lis, supervisor: folk.supervisor, status: 'signert' });
	sendt = await aktivitet(world, { lis: folk.lis, supervisor: folk.supervisor });
	await mal(world, folk.lis, kode, 'godkjent', folk.leder);
	const [utdanningsplan, bekreftelse] = [randomUUID(), randomUUID()];
	const { lis, leder } = folk;
	await sql`insert into utdanningsplan values (${utdanningsplan}, ${lis.id}, 1, '{}', ${lis.id}, ${world.now})`.execute(
		world.owner
	);
	await sql`insert into utdanningsplan_enighet values (${utdanningsplan}, ${lis.id}, 'lis', ${world.now})`.execute(
		world.owner
	);
	await sql`insert into tjenestebekreftelse values (${bekreftelse}, ${lis.id}, ${leder.id}, '2026-05-01', '2026-10-30', null, ${world.now})`.execute(
		world.owner
	);
});
afterAll(() => world.destroy());

/** The SQLSTATE with which the statement is refused, or how many rows it touched; taken back in any case. */
async function attempt(db: Db, statement: string): Promise<string | bigint | undefined> {
	return db.connection().execute(async (one) => {
		await sql`begin`.execute(one);
		try {
			return (await sql.raw(statement).execute(one)).numAffectedRows;
		} catch (error) {
			return (error as { code?: string }).code ?? String(error);
		} finally {
			await sql`rollback`.execute(one);
		}
	});
}

/** Of each what the owner may try, who can do everything that no trigger refuses. */
const FORSOK: [hva: string, statement: () => string][] = [
	['a signed aktivitet: feedback', () => `update laeringsaktivitet set tilbakemelding = 'x' where id = '${signert}'`],
	['a signed aktivitet: hash', () => `update laeringsaktivitet set signert_hash = sha256('x') where id = '${signert}'`],
	[
		'a signed aktivitet: back to a draft without a code that was answered no',
		() => `update laeringsaktivitet set status = 'kladd', avgjort_at = null, avgjort_av = null, signert_hash = null
			where id = '${signert}'`
	],
	['a signed aktivitet: gone', () => `delete from laeringsaktivitet where id = '${signert}'`],
	['a signed aktivitet: its goals', () => `delete from laeringsaktivitet_mal where aktivitet_id = '${signert}'`],
	['one that was sent: its words', () => `update laeringsaktivitet set tekst = 'x' where id = '${sendt}'`],
	['aktiviteter, all', () => 'truncate laeringsaktivitet cascade'],
	['where a goal stands, backwards', () => "update maloppnaelse set status = 'pagar' where status = 'godkjent'"],
	['where goals stand, gone', () => 'delete from maloppnaelse'],
	['a published goal', () => "update katalog_mal set tittel_nb = 'x'"],
	['a published krav', () => 'delete from katalog_krav'],
	['a published version', () => "update katalog set status = 'utkast', publisert_at = null"],
	['a version of the training plan', () => 'update utdanningsplan set innhold = \'{"mal":"x"}\''],
	['who agreed', () => 'delete from utdanningsplan_enighet'],
	['a confirmation of the service', () => "update tjenestebekreftelse set til = '2026-10-31'"],
	['confirmations, all', () => 'truncate tjenestebekreftelse']
];

test.each(FORSOK)('%s', async (_hva, statement) => {
	expect(await attempt(world.owner, statement())).toBe(REFUSED);
	expect([REFUSED, '42501']).toContain(await attempt(world.web, statement()));
});
