import { lesFrossen } from '#lib/collab/frozen.ts';
import { AppError } from '#lib/domain/feil.ts';
import { gjelder } from '#lib/domain/actor.ts';
import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { lagSamtalePdf, type SamtalePdf } from '../pdf/samtale-pdf.ts';
import { findFinal } from '../queries/collab.ts';
import { noterInnsyn } from '../queries/innsyn.ts';
import { listMerknader } from '../queries/merknad.ts';
import { findSamtale } from '../queries/samtale.ts';
import type { Signeringsnokkel } from '../signatur/nokkel.ts';
import { signerPdf } from '../signatur/pdf.ts';

/**
 * S9: a finished samtale as a PDF, for those who may read it. Throws `not_found` or `ended`, and `conflict` while it is not
 * ferdigstilt. Signed, so that anybody can check that it is the portal's and nothing in it was changed. Notes in the access log of the record that it was opened.
 */
export async function hentSamtalePdf(ctx: Ctx, id: string, nokkel: Signeringsnokkel): Promise<SamtalePdf> {
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
	const jsonSha256 = final.jsonSha256.toString('hex');
	const pdf = await lagSamtalePdf(lesFrossen(final.json), jsonSha256, await listMerknader(ctx.db, samtale.id));
	return { ...pdf, innhold: signerPdf(pdf.innhold, { docId: samtale.id, jsonSha256 }, nokkel) };
}
