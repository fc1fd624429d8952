import type { Sprak } from '#lib/domain/actor.ts';
import type { Tospraklig } from '#lib/domain/laering/katalog.ts';
import type { Ctx } from '../../ctx.ts';
import type { Db } from '../../db/pool.ts';
import { koEpost } from '../../mail/ko.ts';
import { findMottaker } from '../../queries/registrering.ts';
import { listMaltekster } from '../../queries/signering.ts';

/** A text of the catalogue as somebody is written to; readers of English get the bokmål. */
export function tekstFor(sprak: Sprak, tekst: Tospraklig): string {
	return sprak === 'nn' ? tekst.nn : tekst.nb;
}

/** S18: tells the LIS that Helsedirektoratet has confirmed these goals, in one mail. */
export async function varsleBekreftet(trx: Db, ctx: Ctx, lisId: string, koder: string[]): Promise<void> {
	const mottaker = await findMottaker(trx, lisId);
	if (!mottaker) return;
	const mal = await maltekster(trx, lisId, koder, mottaker.sprak);
	await koEpost(trx, { mal: 'mal_bekreftet', mottaker, data: { mal } }, ctx.now);
}

/** S18: tells the LIS that an approval was withdrawn, by the one who acts as their leder or for Helsedirektoratet. */
export async function varsleTrukket(
	trx: Db,
	ctx: Ctx,
	{ lisId, kode }: { lisId: string; kode: string },
	av: 'leder' | 'hdir'
): Promise<void> {
	const mottaker = await findMottaker(trx, lisId);
	if (!mottaker) return;
	const leder = av === 'leder' ? ctx.actor.navn : null;
	for (const tekst of await maltekster(trx, lisId, [kode], mottaker.sprak))
		await koEpost(trx, { mal: 'mal_trukket', mottaker, data: { ...tekst, leder } }, ctx.now);
}

async function maltekster(trx: Db, lisId: string, koder: string[], sprak: Sprak) {
	const rader = await listMaltekster(trx, lisId, koder);
	return rader.map(({ kode, tittel }) => ({ kode, tittel: tekstFor(sprak, tittel) }));
}
