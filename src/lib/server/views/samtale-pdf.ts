import { lesFrossen } from '#lib/collab/frozen.ts';
import { AppError } from '#lib/domain/feil.ts';
import { gjelder } from '#lib/domain/actor.ts';
import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { lagSamtalePdf, type SamtalePdf } from '../pdf/samtale-pdf.ts';
import { findFinal } from '../queries/collab.ts';
import { noterInnsyn } from '../queries/innsyn.ts';
import { findSamtale } from '../queries/samtale.ts';

/**
 * S9: a finished samtale as a PDF, for those who may read it. Throws `not_found` or `ended`, and `conflict` while it is not
 * ferdigstilt. Notes in the access log of the record that it was opened.
 */
export async function hentSamtalePdf(ctx: Ctx, id: string): Promise<SamtalePdf> {
	const samtale = await findSamtale(ctx.db, id);
	authorize(ctx.actor, 'samtale.les', samtale, ctx.now);
	const final = await findFinal(ctx.db, samtale.id);
	if (!final) throw new AppError('conflict');
	const min = samtale.deltakere.find((d) => d.personId === ctx.actor.brukerId && gjelder(d, ctx.now));
	await noterInnsyn(ctx.db, {
		lisId: samtale.lisId,
		personId: ctx.actor.brukerId,
		rolle: min?.rolle ?? 'veileder',
		samtaleId: samtale.id,
		now: ctx.now
	});
	return lagSamtalePdf(lesFrossen(final.json), final.jsonSha256.toString('hex'));
}
