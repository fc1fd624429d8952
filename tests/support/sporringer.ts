import { Kysely, PostgresDialect, type CompiledQuery } from 'kysely';
import type { DB } from '#lib/server/db/typer.ts';
import { createDb, type Db } from '#lib/server/db/pool.ts';

/** What was asked of the database, with the values it was asked with. */
export type Sporring = Pick<CompiledQuery, 'sql' | 'parameters'>;

/** A connection of the web process that remembers what it was asked. */
export type Lytter = {
	db: Db;
	/** What `arbeid` asks, transactions' own statements left out. */
	under(arbeid: () => Promise<unknown>): Promise<Sporring[]>;
	/** Runs one of them, or something about it. */
	kjor<T>(sporring: Sporring): Promise<T[]>;
	close(): Promise<void>;
};

export function lytt(url: string): Lytter {
	const { pool } = createDb(url, 'lisk_web', { max: 4 });
	let sporringer: Sporring[] = [];
	const db = new Kysely<DB>({
		dialect: new PostgresDialect({ pool }),
		log: ({ query }) => {
			if (query.sql !== '') sporringer.push({ sql: query.sql, parameters: query.parameters });
		}
	});
	return {
		db,
		async under(arbeid) {
			sporringer = [];
			await arbeid();
			return sporringer;
		},
		async kjor<T>({ sql, parameters }: Sporring) {
			return (await pool.query(sql, [...parameters])).rows as T[];
		},
		close: () => db.destroy()
	};
}
