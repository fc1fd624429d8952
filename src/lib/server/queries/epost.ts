import type { Db } from '../db/pool.ts';

export type NyEpost = {
	id: string;
	mal: string;
	mottaker: { id: string | null; navn: string; epost: string; sprak: string };
	data: object;
	hemmelig: Buffer | null;
	objektId: string | null;
};

/** Writes mails that are to be sent at once. */
export async function insertEposter(trx: Db, eposter: NyEpost[], now: Date): Promise<void> {
	if (eposter.length === 0) return;
	await trx
		.insertInto('epost')
		.values(
			eposter.map((epost) => ({
				...{ id: epost.id, mal: epost.mal, data: JSON.stringify(epost.data), hemmelig: epost.hemmelig },
				...{ mottaker_id: epost.mottaker.id, til_navn: epost.mottaker.navn, til_epost: epost.mottaker.epost },
				...{ sprak: epost.mottaker.sprak, objekt_id: epost.objektId, neste_at: now, created_at: now }
			}))
		)
		.execute();
}

/**
 * The mail that is due longest, locked until the transaction ends; one that another worker holds is passed over, so that no
 * two send the same. A worker that is killed lets go of it by its connection's end.
 */
export function lockNesteEpost(trx: Db, now: Date) {
	return trx
		.selectFrom('epost')
		.select(['id', 'mal', 'mottaker_id', 'til_navn', 'til_epost', 'sprak', 'data', 'hemmelig', 'forsok', 'created_at'])
		.where('status', '=', 'venter')
		.where('neste_at', '<=', now)
		.orderBy('neste_at')
		.orderBy('created_at')
		.limit(1)
		.forUpdate()
		.skipLocked()
		.executeTakeFirst();
}

/** The mail server has taken it over: its secret is forgotten. */
export async function markEpostSendt(trx: Db, id: string, forsok: number, now: Date): Promise<void> {
	await trx
		.updateTable('epost')
		.set({ status: 'sendt', sendt_at: now, forsok, feil: null, hemmelig: null })
		.where('id', '=', id)
		.execute();
}

/** It will not be sent: `feil` says why, without addresses. Its secret is forgotten. */
export async function markEpostFeilet(trx: Db, id: string, forsok: number, feil: string): Promise<void> {
	await trx.updateTable('epost').set({ status: 'feilet', forsok, feil, hemmelig: null }).where('id', '=', id).execute();
}

/** This attempt failed; the next comes at `neste`. */
export async function utsettEpost(trx: Db, id: string, forsok: number, feil: string, neste: Date): Promise<void> {
	await trx.updateTable('epost').set({ forsok, feil, neste_at: neste }).where('id', '=', id).execute();
}
