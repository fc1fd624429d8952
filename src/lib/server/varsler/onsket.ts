import { valgMed, type Varselgruppe } from '#lib/domain/varsel/grupper.ts';
import type { Db } from '../db/pool.ts';
import { findEpostvalg, listValg } from '../queries/varselvalg.ts';

/** Whether somebody wants mail of this group at once: for the mails that a command writes itself. */
export async function onskerBrev(db: Db, brukerId: string, gruppe: Varselgruppe): Promise<boolean> {
	const epost = await findEpostvalg(db, brukerId);
	if (!epost || epost.ingenEpost) return false;
	return valgMed(await listValg(db, brukerId))[gruppe].umiddelbar;
}
