import type { Socket } from 'node:net';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { sendPrepared } from './prepared.ts';
import type { DB } from './typer.ts';

/** What a query may be given: the pool or a transaction. */
export type Db = Kysely<DB>;

/** The database roles of the processes (migrations/0001): each pool becomes its own, so that SQL itself knows who asks. */
export type DbRole = 'lisk_web' | 'lisk_ws' | 'lisk_worker';

const INT8 = 20;
const DATE = 1082;

/** int8 fits a JavaScript number here (log positions, microseconds until the year 2255); a date is a date, not an instant. */
const types: pg.CustomTypesConfig = {
	getTypeParser(oid: number, format?: string) {
		if (oid === INT8) return Number;
		if (oid === DATE) return (value: string) => value;
		return pg.types.getTypeParser(oid, format as 'text');
	}
} as pg.CustomTypesConfig;

/** Options for one connection outside the pool (LISTEN), or for the pool itself. `role` absent = the owner, for migrations and seeding. */
export function connectionOptions(url: string, role?: DbRole): pg.ClientConfig {
	return {
		connectionString: url,
		types,
		connectionTimeoutMillis: 5_000,
		keepAlive: true,
		application_name: role ?? 'lisk_owner',
		// As start-up parameters, so that there is no moment at which a pooled connection is still the owner. What a page asks for is in
		// memory: PostgreSQL's own guess is of spinning disks, by which it would rather walk a table of all people than look some of them up.
		...(role ? { options: `-c role=${role} -c statement_timeout=30000 -c random_page_cost=1.1` } : {})
	};
}

/** Longer than any statement may take (`statement_timeout`). */
const SILENT_MS = 40_000;

/**
 * Gives a connection up that PostgreSQL owes an answer and says nothing on for so long. A network may lose the way without a word, and TCP alone waits a
 * quarter of an hour for what it has sent. Its query ends as one of which nobody knows what became.
 */
export function endWhenSilent(client: pg.ClientBase, ms = SILENT_MS): void {
	const { connection } = client as unknown as { connection: { stream: Socket } };
	const { stream } = connection;
	stream.setTimeout(ms);
	stream.on('timeout', () => {
		const { readyForQuery } = client as unknown as { readyForQuery: boolean | null };
		if (!readyForQuery) stream.destroy(Object.assign(new Error('PostgreSQL is silent'), { code: 'ETIMEDOUT' }));
	});
}

/** A pool and its query builder. A dead connection is logged by the caller's handler and replaced by pg. `silentMs`: as of `endWhenSilent`. */
export function createDb(
	url: string,
	role: DbRole | undefined,
	options: { max?: number; onError?: (error: Error) => void; silentMs?: number } = {}
) {
	const pool = new pg.Pool({ ...connectionOptions(url, role), max: options.max ?? 20 });
	pool.on('error', (error: Error & { client?: unknown }) => {
		// pg-pool hangs the whole connection on it, with the key that cancels its queries: nothing for a log.
		delete error.client;
		options.onError?.(error);
	});
	// pg-pool listens only while a connection is idle. PostgreSQL ending a session is told to the query at work and then once more
	// when the socket closes: without anybody to hear that, one lost connection ends the process.
	pool.on('connect', (client) => client.on('error', () => undefined));
	pool.on('connect', sendPrepared);
	// The owner's statements take as long as they take.
	if (role) pool.on('connect', (client) => endWhenSilent(client, options.silentMs));
	const db: Db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
	return { db, pool };
}

/** Runs `work` in one transaction (READ COMMITTED); within one that runs already, as a part of it. */
export function transaction<T>(db: Db, work: (trx: Db) => Promise<T>): Promise<T> {
	return db.isTransaction ? work(db) : db.transaction().execute(work);
}

/** Whether the error says that the database cannot be reached now, as opposed to a fault in what was asked. */
export function isUnavailable(error: unknown): boolean {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	if (/^(08|57P|53[23])/.test(code)) return true;
	if (['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN'].includes(code))
		return true;
	if (error instanceof AggregateError) return error.errors.some(isUnavailable);
	return (
		error instanceof Error &&
		/Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/i.test(
			error.message
		)
	);
}

export { sql };
