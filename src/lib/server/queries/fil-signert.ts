import type { Kobling, FilStatus } from '#lib/domain/fil/fil.ts';
import type { SignertFil } from '#lib/domain/fil/signert.ts';
import { sql, type Db } from '../db/pool.ts';

/** What a file may belong to, of one LIS. */
export type Filsted = { lisId: string; kobling: Exclude<Kobling, { slag: 'ingen' }> };
/** `slettet`: it has been taken away; its row stays. */
export type FilIdag = SignertFil & { status: FilStatus; slettet: boolean };

/**
 * Every file that belongs to this, in the order of their ids: those that are arriving left out, those that are deleted or refused not.
 * The caller holds what they belong to, so that none comes or goes meanwhile (migration 0011).
 */
export function listFilerIdag(db: Db, { lisId, kobling }: Filsted): Promise<FilIdag[]> {
	const query = db
		.selectFrom('fil')
		.select(['id', 'navn', 'storrelse'])
		.select([
			sql<string>`encode(sha256, 'hex')`.as('sha256'),
			sql<FilStatus>`status`.as('status'),
			sql<boolean>`slettet_at is not null`.as('slettet')
		])
		.where('lis_id', '=', lisId)
		.where('status', '<>', 'laster')
		.orderBy('id');
	switch (kobling.slag) {
		case 'samtale':
			return query.where('samtale_id', '=', kobling.id).execute();
		case 'aktivitet':
			return query.where('aktivitet_id', '=', kobling.id).execute();
		case 'mal':
			return query.where('kode', '=', kobling.kode).execute();
	}
}

/** A page of files whose bytes are kept, in the order of their ids, after `after`. */
export function listMedInnhold(
	db: Db,
	after: string | null,
	limit: number
): Promise<{ id: string; storrelse: number; sha256: Buffer }[]> {
	let query = db
		.selectFrom('fil')
		.select(['id', 'storrelse', sql<Buffer>`sha256`.as('sha256')])
		.where('status', 'in', ['sjekkes', 'klar'])
		.where('slettet_at', 'is', null)
		.orderBy('id')
		.limit(limit);
	if (after !== null) query = query.where('id', '>', after);
	return query.execute();
}
