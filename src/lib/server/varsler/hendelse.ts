import { varselregel } from '#lib/domain/varsel/regler.ts';
import { hintVarsel } from '../db/hints.ts';
import type { Db } from '../db/pool.ts';
import { skrivHendelser, type Hendelse } from '../queries/hendelse.ts';
import { lesOmObjekt } from '../queries/varsel.ts';
import { varsle } from './varsle.ts';

export type { Hendelse } from '../queries/hendelse.ts';

/**
 * Writes one row of the append-only event log, and in the same transaction all that comes of it: the notifications of those whom it concerns, as each
 * has chosen, and the mails that leave at once (trust.md, «Delivery of mail»). The only way for anything that happens to be written.
 */
export async function insertHendelse(trx: Db, hendelse: Hendelse): Promise<void> {
	const [hendelseId] = await skrivHendelser(trx, [hendelse]);
	const regel = varselregel(hendelse.type);
	if (!regel || hendelseId === undefined) return;
	const berort = hendelse.objektId === undefined ? [] : await lesOmObjekt(trx, hendelse.objektId, hendelse.at);
	if ('mottakere' in regel && !regel.unntatt?.(hendelse.data ?? {}))
		berort.push(...(await varsle(trx, hendelseId, hendelse, regel)));
	await hintVarsel(trx, berort);
}

/** Writes history that nobody is told of: people and things that are made up whole. */
export async function insertHistorikk(trx: Db, hendelser: Hendelse[]): Promise<void> {
	await skrivHendelser(trx, hendelser);
}
