import { CompiledQuery } from 'kysely';
import type pg from 'pg';

/** Names by text. */
const names = new Map<string, string>();

/**
 * A query that is asked so often that PostgreSQL is to take it apart only once in each connection: returns what makes it of its parameters.
 * @param name unique; its text must not change while the process lives
 */
export function prepared<Row>(name: string, text: string): (parameters: readonly unknown[]) => CompiledQuery<Row> {
	names.set(text, name);
	return (parameters) => CompiledQuery.raw(text, [...parameters]) as CompiledQuery<Row>;
}

/** Lets a new connection send such queries by their names. */
export function sendPrepared(client: pg.ClientBase): void {
	type Query = (query: unknown, ...rest: unknown[]) => unknown;
	const query = client.query.bind(client) as Query;
	const byName: Query = (text, values, ...rest) => {
		const name = typeof text === 'string' ? names.get(text) : undefined;
		return name === undefined ? query(text, values, ...rest) : query({ name, text, values }, ...rest);
	};
	client.query = byName as typeof client.query;
}
