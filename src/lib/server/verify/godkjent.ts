import { canonicalJson } from '#lib/collab/canonical-json.ts';
import type { GodkjentMal } from '#lib/domain/laering/signert.ts';
import type { Db } from '../db/pool.ts';
import { listGodkjent } from '../queries/signering.ts';
import { listGodkjente, type GodkjentRad } from '../queries/verify.ts';
import { Broken } from './broken.ts';
import { sha256 } from './chain.ts';
import { sammenliknFiler } from './filer.ts';

/**
 * Checks a page of approved goals: that each row's hash is that of what its event says was approved, that the row says the same, and its files are
 * those of today. What was approved before this was kept has neither. As `verifySignerte`.
 */
export async function verifyGodkjente(
	db: Db,
	after: string | null,
	limit: number,
	told: (id: string, fault: string) => void
): Promise<string[]> {
	const rader = await listGodkjente(db, after, limit);
	const ids = rader.map(({ id }) => id);
	const godkjent = await listGodkjent(db, ids);
	for (const rad of rader) {
		try {
			const innhold = godkjent.get(rad.id);
			if (!sammenlikn(rad, innhold)) continue;
			await sammenliknFiler(db, { lisId: rad.lis_id, kobling: { slag: 'mal', kode: rad.kode } }, innhold?.filer);
		} catch (error) {
			if (!(error instanceof Broken)) throw error;
			told(rad.id, error.message);
		}
	}
	return ids;
}

/** False for one that was approved before this was kept. */
function sammenlikn(rad: GodkjentRad, innhold: GodkjentMal | undefined): boolean {
	if (!innhold && rad.godkjent_hash === null) return false;
	if (!innhold) throw new Broken('approved: no event says what');
	if (!rad.godkjent_hash || !sha256(canonicalJson(innhold)).equals(rad.godkjent_hash))
		throw new Broken('approved: it is not what was hashed');
	const expected: [string, unknown, unknown][] = [
		['id', innhold.id, rad.id],
		['LIS', innhold.lis.id, rad.lis_id],
		['goal', innhold.mal.kode, rad.kode],
		['fullfortDato', innhold.fullfortDato, rad.fullfort_dato],
		['kommentar', innhold.kommentar, rad.kommentar],
		['uten', innhold.uten, rad.uten],
		['utenTekst', innhold.utenTekst, rad.uten_tekst],
		['grunn', innhold.grunn, rad.grunn],
		['by whom', innhold.leder.id, rad.avgjort_av],
		['when', Date.parse(innhold.godkjentAt), rad.avgjort_at?.getTime()]
	];
	for (const [what, is, should] of expected) if (is !== should) throw new Broken(`approved: ${what} does not hold`);
	return true;
}
