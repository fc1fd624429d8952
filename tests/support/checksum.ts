import { sql } from 'kysely';
import type { Db } from '#lib/server/db/pool.ts';

/** One hash for each table of the portal's own schema, over all its rows. */
export async function checksums(owner: Db): Promise<Record<string, string>> {
	const sums: Record<string, string> = {};
	for (const table of await tables(owner)) {
		const { rows } = await sql<{ sum: string }>`
			select md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as sum from ${sql.table(table)} t
		`.execute(owner);
		sums[table] = rows[0]?.sum ?? '';
	}
	return sums;
}

/** Everything that stands in the database, as text: to look for what must not stand there. */
export async function everything(owner: Db): Promise<string> {
	const parts: string[] = [];
	for (const table of await tables(owner)) {
		const { rows } = await sql<{
			text: string | null;
		}>`select string_agg(t::text, chr(10)) as text from ${sql.table(table)} t`.execute(owner);
		parts.push(rows[0]?.text ?? '');
	}
	return parts.join('\n');
}

async function tables(owner: Db): Promise<string[]> {
	const all = await owner.introspection.getTables();
	return all.filter((table) => table.schema === 'public' && !table.isView).map((table) => table.name);
}
