import { createHash } from 'node:crypto';
import { canonicalJson } from '#lib/collab/canonical-json.ts';
import { AppError } from '#lib/domain/feil.ts';
import type { SignertFil } from '#lib/domain/fil/signert.ts';
import type { Db } from '../db/pool.ts';
import { listFilerIdag, type Filsted } from '../queries/fil-signert.ts';

/** The files of something as they are signed: neither deleted nor refused by the scanner. */
export async function filerTilSignering(db: Db, sted: Filsted): Promise<SignertFil[]> {
	const filer = await listFilerIdag(db, sted);
	return filer
		.filter(({ status, slettet }) => !slettet && status !== 'avvist')
		.map(({ id, navn, storrelse, sha256 }) => ({ id, navn, storrelse, sha256 }));
}

/** As `filerTilSignering`; throws a conflict while one of them waits for the scanner: nobody signs what nobody could open. */
export async function sjekkedeFiler(db: Db, sted: Filsted): Promise<SignertFil[]> {
	const filer = await listFilerIdag(db, sted);
	if (filer.some(({ status, slettet }) => status === 'sjekkes' && !slettet))
		throw new AppError('conflict', { reason: 'fil_konflikt_sjekkes' });
	return filerTilSignering(db, sted);
}

/** What a list of files is known by: the page gives it back, so that what is signed is what was shown. Hex. */
export function filsum(filer: SignertFil[]): string {
	return createHash('sha256').update(canonicalJson(filer)).digest('hex');
}
