import { AppError } from '#lib/domain/feil.ts';
import { authorize, can } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { lagBekreftelsePdf } from '../pdf/bekreftelse-pdf.ts';
import { lagFremdriftPdf } from '../pdf/fremdrift-pdf.ts';
import type { Papir } from '../pdf/papir.ts';
import { findBekreftelse } from '../queries/tjenestebekreftelse.ts';
import { hentFremdrift } from './fremdrift.ts';

/** What the page of progress says, as a PDF, for those who may see the page. Throws as `hentFremdrift`. */
export async function hentFremdriftPdf(ctx: Ctx, lisId: string): Promise<Papir> {
	return lagFremdriftPdf(await hentFremdrift(ctx, lisId), ctx.now);
}

/** The confirmation of the service, for the LIS and the leder. Throws `not_found`, `ended`, `forbidden` for others who follow the LIS. */
export async function hentBekreftelsePdf(ctx: Ctx, lisId: string, bekreftelseId: string): Promise<Papir> {
	authorize(ctx.actor, 'laering.se', { lisId, delt: false }, ctx.now);
	if (!kanHenteBekreftelse(ctx, lisId)) throw new AppError('forbidden');
	const rad = await findBekreftelse(ctx.db, bekreftelseId);
	if (rad?.lisId !== lisId) throw new AppError('not_found');
	return lagBekreftelsePdf(rad);
}

function kanHenteBekreftelse({ actor, now }: Ctx, lisId: string): boolean {
	return can(actor, 'laering.for', { lisId }, now) || can(actor, 'tjeneste.bekreft', { lisId }, now);
}
