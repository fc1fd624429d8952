import { gjelder } from '#lib/domain/actor.ts';
import { AppError } from '#lib/domain/feil.ts';
import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { skrivIcs } from '../kalender/ics.ts';
import { samtaleHendelse } from '../kalender/samtale-hendelse.ts';
import { findSamtale } from '../queries/samtale.ts';

/**
 * The date of a samtale as a file for the reader's own calendar. Throws `not_found` or `ended`, and `conflict` while it has no
 * date.
 */
export async function hentSamtaleIcs(
	ctx: Ctx,
	id: string,
	{ origin }: { origin: string }
): Promise<{ ics: string; dato: string }> {
	const samtale = await findSamtale(ctx.db, id);
	authorize(ctx.actor, 'samtale.les', samtale, ctx.now);
	const { dato } = samtale;
	if (dato === null) throw new AppError('conflict');
	const deltakere = samtale.deltakere.filter((deltaker) => gjelder(deltaker, ctx.now));
	const hendelse = samtaleHendelse({ ...samtale, dato, deltakere }, { leser: ctx.actor, origin });
	return { ics: skrivIcs(hendelse, { metode: 'PUBLISH' }, ctx.now), dato };
}
