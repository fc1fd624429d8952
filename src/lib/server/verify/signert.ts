import { canonicalJson } from '#lib/collab/canonical-json.ts';
import type { SignertAktivitet } from '#lib/domain/laering/signert.ts';
import type { Db } from '../db/pool.ts';
import { listSignert } from '../queries/signering.ts';
import { listSignerte, type SignertRad } from '../queries/verify.ts';
import { Broken } from './broken.ts';
import { sha256 } from './chain.ts';
import { sammenliknFiler } from './filer.ts';

/**
 * Checks a page of signed aktiviteter: that each row's hash is that of what its event says was signed, that the row says the same, and that its files
 * are those of today. `told` hears of
 * each that does not hold. Returns the ids that were looked at, in order; none when there are no more after `after`.
 */
export async function verifySignerte(
	db: Db,
	after: string | null,
	limit: number,
	told: (id: string, fault: string) => void
): Promise<string[]> {
	const rader = await listSignerte(db, after, limit);
	const ids = rader.map(({ id }) => id);
	const signert = await listSignert(db, ids);
	for (const rad of rader) {
		try {
			const innhold = signert.get(rad.id);
			sammenlikn(rad, innhold);
			const sted = { lisId: rad.lis_id, kobling: { slag: 'aktivitet', id: rad.id } } as const;
			await sammenliknFiler(db, sted, innhold?.filer);
		} catch (error) {
			if (!(error instanceof Broken)) throw error;
			told(rad.id, error.message);
		}
	}
	return ids;
}

function sammenlikn(rad: SignertRad, signert: SignertAktivitet | undefined): void {
	if (!signert) throw new Broken('signed: no event says what');
	if (!sha256(canonicalJson(signert)).equals(rad.signert_hash)) throw new Broken('signed: it is not what was hashed');
	const expected: [string, unknown, unknown][] = [
		['id', signert.id, rad.id],
		['LIS', signert.lis.id, rad.lis_id],
		['krav', signert.krav?.id ?? null, rad.krav_id],
		['goals', signert.mal.map(({ kode }) => kode).join(), rad.koder.join()],
		['dato', signert.dato, rad.dato],
		['sted', signert.sted, rad.sted],
		['tekst', signert.tekst, rad.tekst],
		['refleksjon', signert.refleksjon, rad.refleksjon],
		['nivaa', signert.nivaa, rad.nivaa],
		['tilbakemelding', signert.tilbakemelding, rad.tilbakemelding],
		['by whom', signert.supervisor.id, rad.avgjort_av],
		['when', Date.parse(signert.signertAt), rad.avgjort_at?.getTime()]
	];
	for (const [what, is, should] of expected) if (is !== should) throw new Broken(`signed: ${what} does not hold`);
}
