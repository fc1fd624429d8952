import { sql, type Db } from '../db/pool.ts';
import type { InvitasjonStatus } from '#lib/domain/invitasjon/invitasjon.ts';
import type { RelasjonRolle, Sprak } from '#lib/domain/actor.ts';

/** The ids of invitations that wait and were sent, or are past their deadline, before; the oldest first. */
export async function listVentende(db: Db, sendtFor: Date): Promise<string[]> {
	const rader = await db
		.selectFrom('invitasjon')
		.select('id')
		.where('status', 'in', ['sendt', 'apnet'])
		.where('sendt_at', '<=', sendtFor)
		.orderBy('sendt_at')
		.execute();
	return rader.map(({ id }) => id);
}

/** One of them, held until the transaction ends: whoever answers waits, and finds what became of it. */
export function lockVentende(trx: Db, id: string) {
	return trx
		.selectFrom('invitasjon as i')
		.innerJoin('bruker as l', 'l.id', 'i.lis_id')
		.select(['i.id', 'i.lis_id as lisId', 'l.navn as lisNavn', 'i.navn', 'i.epost', 'i.sendt_at as sendtAt'])
		.select(['i.utloper_at as utloperAt', 'i.purret', sql<Sprak>`i.sprak`.as('sprak')])
		.select([
			sql<InvitasjonStatus>`i.status`.as('status'),
			sql<RelasjonRolle[]>`array(
				select r.rolle from invitasjon_rolle r where r.invitasjon_id = i.id order by r.rolle
			)`.as('roller')
		])
		.where('i.id', '=', id)
		.where('i.status', 'in', ['sendt', 'apnet'])
		.forUpdate('i')
		.executeTakeFirst();
}

/** How many reminders have gone. */
export async function setPurret(trx: Db, id: string, antall: number): Promise<void> {
	await trx.updateTable('invitasjon').set({ purret: antall }).where('id', '=', id).execute();
}

/** Past its deadline. */
export async function setUtlopt(trx: Db, id: string): Promise<void> {
	await trx.updateTable('invitasjon').set({ status: 'utlopt' }).where('id', '=', id).execute();
}

/** A further link to it, for a reminder. */
export async function insertLenke(
	trx: Db,
	lenke: { invitasjonId: string; tokenHash: Buffer; now: Date }
): Promise<void> {
	await trx
		.insertInto('invitasjon_lenke')
		.values({ token_hash: lenke.tokenHash, invitasjon_id: lenke.invitasjonId, created_at: lenke.now })
		.execute();
}
