import type { Db } from '../db/pool.ts';

/** Writes one mail that is to be sent at once. */
export async function insertEpost(
	trx: Db,
	epost: {
		id: string;
		mal: string;
		mottaker: { id: string | null; navn: string; epost: string; sprak: string };
		data: object;
		hemmelig: Buffer | null;
		objektId: string | null;
		now: Date;
	}
): Promise<void> {
	await trx
		.insertInto('epost')
		.values({
			id: epost.id,
			mal: epost.mal,
			mottaker_id: epost.mottaker.id,
			til_navn: epost.mottaker.navn,
			til_epost: epost.mottaker.epost,
			sprak: epost.mottaker.sprak,
			data: JSON.stringify(epost.data),
			hemmelig: epost.hemmelig,
			objekt_id: epost.objektId,
			neste_at: epost.now,
			created_at: epost.now
		})
		.execute();
}
