import { erVarselgruppe, valgMed, type Varselgruppe } from '#lib/domain/varsel/grupper.ts';
import type { Innstillinger } from '#lib/domain/varsel/skjema.ts';
import { STANDARD_UKEDAG } from '#lib/domain/varsel/uke.ts';
import { avmeldingTokenHash } from '../auth/token.ts';
import type { Ctx } from '../ctx.ts';
import type { Db } from '../db/pool.ts';
import { findAvmelding } from '../queries/avmelding.ts';
import { findEpostvalg, listValg } from '../queries/varselvalg.ts';

/** S17: what the asker is told, and how. */
export async function hentVarselvalg(ctx: Ctx): Promise<Innstillinger> {
	const { brukerId } = ctx.actor;
	const [valg, epost] = await Promise.all([listValg(ctx.db, brukerId), findEpostvalg(ctx.db, brukerId)]);
	return { valg: valgMed(valg), ingenEpost: epost?.ingenEpost ?? false, dag: epost?.dag ?? STANDARD_UKEDAG };
}

/** What the link of a mail turns off: a group, or the weekly summary; null for a link that is not known. It tells nobody whose it is. */
export async function hentAvmelding({ db }: { db: Db }, token: string): Promise<Varselgruppe | 'ukentlig' | null> {
	const avmelding = await findAvmelding(db, avmeldingTokenHash(token));
	if (!avmelding) return null;
	return erVarselgruppe(avmelding.gruppe) ? avmelding.gruppe : 'ukentlig';
}
