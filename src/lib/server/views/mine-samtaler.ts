import { etterTid, type SamtaleStatus } from '#lib/domain/samtale/samtale.ts';
import { samtalerSomKanLeses } from '../authz/scope/samtale.ts';
import type { Ctx } from '../ctx.ts';
import { listSamtaler } from '../queries/samtale.ts';

/** contract.md, «which samtaler may I join». `tittel` is made by the caller, in the person's language. */
export type MinSamtale = { id: string; lisId: string; status: SamtaleStatus; dato: string | null };

/** Every samtale that the asker may read, by date. */
export async function hentMineSamtaler(ctx: Ctx): Promise<MinSamtale[]> {
	const rader = await listSamtaler(samtalerSomKanLeses(ctx.db, ctx.actor.brukerId, ctx.now));
	return rader.toSorted(etterTid).map(({ id, lisId, status, dato }) => ({ id, lisId, status, dato }));
}
