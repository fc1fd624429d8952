import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectionOptions, type DbRole } from '#lib/server/db/pool.ts';
import { FUNCTIONS } from '../support/database-functions.ts';
import { ROLES, TABLES, type Right } from '../support/database-rights.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let owner: pg.Client;
const clients = new Map<string, pg.Client>();

async function connect(role: DbRole | undefined): Promise<pg.Client> {
	const client = new pg.Client(connectionOptions(database.url, role));
	await client.connect();
	return client;
}

beforeAll(async () => {
	database = await createTestDatabase();
	owner = await connect(undefined);
	for (const role of ROLES) clients.set(role, await connect(role));
});

afterAll(async () => {
	for (const client of [owner, ...clients.values()]) await client.end();
	await database.drop();
});

/**
 * Permission denied; and what nobody can do: change a computed column of a view, or one that the table numbers itself; treat
 * a view as a table.
 */
const NO = ['42501', '0A000', '428C9', '42809'];

/** Tries it and takes it back; false when the role may not. A constraint that refuses comes after the right. */
async function may(role: string, statement: string): Promise<boolean> {
	const client = clients.get(role);
	if (!client) throw new Error(role);
	await client.query('begin');
	try {
		await client.query(statement);
		return true;
	} catch (error) {
		return !NO.includes((error as { code?: string }).code ?? '');
	} finally {
		await client.query('rollback');
	}
}

async function names(statement: string): Promise<string[]> {
	return (await owner.query<{ name: string }>(statement)).rows.map((row) => row.name);
}

test('the tables are those written down here, and so are the functions that act with the owner’s rights', async () => {
	expect(
		await names(`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'p', 'm')
			order by relname collate "C"`)
	).toEqual(Object.keys(TABLES));
	expect(
		await names(
			`select distinct proname collate "C" as name from pg_proc where pronamespace = 'public'::regnamespace and prosecdef order by 1`
		)
	).toEqual(Object.keys(FUNCTIONS));
});

describe.each(ROLES)('%s', (role) => {
	test.each(Object.keys(TABLES))('%s', async (table) => {
		const columns = await names(
			`select attname as name from pg_attribute where attrelid = 'public.${table}'::regclass and attnum > 0 and not attisdropped
			order by attname collate "C"`
		);
		const rights: Right[] = [];
		if (await may(role, `select * from ${table} limit 0`)) rights.push('s');
		if (await may(role, `insert into ${table} default values`)) rights.push('i');
		for (const column of columns) {
			if (await may(role, `update ${table} set ${column} = null where false`)) rights.push(`u:${column}`);
		}
		if (await may(role, `delete from ${table} where false`)) rights.push('d');
		expect(rights.sort()).toEqual(TABLES[table]?.[role].toSorted());
		expect(await may(role, `truncate ${table} cascade`)).toBe(false);
		expect(await may(role, `alter table ${table} disable trigger all`)).toBe(false);
		expect(await may(role, `drop table ${table} cascade`)).toBe(false);
	});

	test('runs the functions that are its own', async () => {
		const granted = await names(
			`select distinct proname as name from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
			and has_function_privilege('${role}', oid, 'execute') order by proname`
		);
		expect(granted).toEqual(Object.keys(FUNCTIONS).filter((name) => FUNCTIONS[name]?.includes(role)));
	});

	test('makes nothing, and takes on no other role’s rights by itself', async () => {
		expect(await may(role, 'create table public.egen (id int)')).toBe(false);
		expect(await may(role, 'create schema egen')).toBe(false);
		expect(await may(role, 'create function public.egen() returns int language sql as $$ select 1 $$')).toBe(false);
		const own = await owner.query<{ login: boolean; super: boolean; members: number }>(
			`select rolcanlogin as login, rolsuper as super, (select count(*)::int from pg_auth_members where member = r.oid) as members
			from pg_roles r where rolname = $1`,
			[role]
		);
		expect(own.rows).toEqual([{ login: false, super: false, members: 0 }]);
	});
});

test('functions with the owner’s rights look names up in a fixed place', async () => {
	const loose = await names(
		`select proname as name from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
		and not coalesce(proconfig @> array['search_path=public, pg_temp'], false)`
	);
	expect(loose).toEqual([]);
});
