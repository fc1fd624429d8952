import type { EidFeil } from '../../auth/eid/feil.ts';
import type { Db } from '../../db/pool.ts';
import { insertHendelse } from '../../varsler/hendelse.ts';

/** Writes the one row of an attempt at electronic ID that opened nothing (T14): why, and who was logged in, if anybody. */
export async function avvisEid(
	{ db, now, requestId }: { db: Db; now: Date; requestId: string },
	feil: EidFeil,
	aktorId: string | null
): Promise<void> {
	await insertHendelse(db, {
		type: 'eid.avvist',
		at: now,
		aktorId,
		aktorRolle: null,
		data: { grunn: feil.grunn, kode: feil.kode },
		requestId
	});
}
