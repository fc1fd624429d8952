import { sql, type Db } from '../db/pool.ts';

/** Names of the migrations that this database has had, in order; empty for one that was never migrated. */
export async function listAppliedMigrations(db: Db): Promise<string[]> {
	const table = await sql<{ name: string | null }>`select to_regclass('public.pgmigrations')::text as name`.execute(db);
	if (table.rows[0]?.name == null) return [];
	const applied = await sql<{ name: string }>`select name from public.pgmigrations order by id`.execute(db);
	return applied.rows.map((row) => row.name);
}

/** Waits for its turn to migrate this database, until the end of the transaction. */
export async function lockMigrations(trx: Db): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended('lis-kommune/migrate', 0))`.execute(trx);
}

/** /readyz asks as the web or ws role which migrations the database has had. */
export async function grantReadingOfMigrations(db: Db): Promise<void> {
	await sql`grant select on public.pgmigrations to lisk_web, lisk_ws, lisk_worker`.execute(db);
}

/**
 * pg-boss makes and alters its tables itself, as the owner, so the rights follow each of its installations: the worker
 * runs the queues, the web processes may only put jobs in.
 */
export async function grantJobTables(db: Db): Promise<void> {
	await sql`
		grant usage on schema pgboss to lisk_web, lisk_worker;
		grant select, insert, update, delete on all tables in schema pgboss to lisk_worker;
		grant usage, select on all sequences in schema pgboss to lisk_worker;
		grant execute on all functions in schema pgboss to lisk_web, lisk_worker;
		grant select on pgboss.version, pgboss.queue to lisk_web;
		grant select, insert on pgboss.job, pgboss.job_common to lisk_web;
	`.execute(db);
}
