import { relasjonerTil, type Rolle } from '#lib/domain/actor.ts';
import { AppError } from '#lib/domain/feil.ts';
import { visning } from '#lib/domain/fil/fil.ts';
import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { lesBiter } from '../queries/fil-del.ts';
import { medTilgang, type FilMedTilgang } from '../queries/fil-kobling.ts';
import { findFil } from '../queries/fil.ts';
import { noterInnsynI } from '../queries/innsyn.ts';

/** A file to be sent on, piece by piece. `storrelse` in bytes. */
export type FilUt = { navn: string; type: string; storrelse: number; innhold: AsyncIterable<Uint8Array> };

/**
 * A file with its bytes, for those who may open it. Notes in the access log of the record that others than the LIS did. Throws `not_found` or
 * `ended`; a conflict while it has not been checked.
 */
export async function hentFil(ctx: Ctx, id: string): Promise<FilUt> {
	const rad = await findFil(ctx.db, id);
	const [fil] = rad ? await medTilgang(ctx.db, rad.lisId, [rad]) : [];
	authorize(ctx.actor, 'fil.les', fil, ctx.now);
	if (fil.type === null) throw new AppError('not_found');
	if (ctx.actor.brukerId !== fil.lisId) await noterApnet(ctx, fil);
	const { navn, type, storrelse } = fil;
	return { navn, type, storrelse, innhold: lesBiter(ctx.db, id, storrelse) };
}

/** The same, only for what a browser shows by itself without harm; `not_found` for all else. */
export async function hentFilTilVisning(ctx: Ctx, id: string): Promise<FilUt & { slag: 'bilde' | 'pdf' }> {
	const fil = await hentFil(ctx, id);
	const slag = visning(fil.type);
	if (slag === null) throw new AppError('not_found');
	return { ...fil, slag };
}

async function noterApnet(ctx: Ctx, { id, lisId, kobling }: FilMedTilgang): Promise<void> {
	const sendtTil =
		kobling.slag === 'aktivitet'
			? [kobling.aktivitet.supervisorId]
			: kobling.slag === 'mal'
				? kobling.mal.supervisorer
				: [];
	const andre: Rolle = kobling.slag === 'samtale' ? 'veileder' : 'hdir';
	const rolle = sendtTil.includes(ctx.actor.brukerId)
		? 'supervisor'
		: (relasjonerTil(ctx.actor, lisId, ctx.now)[0]?.rolle ?? andre);
	const innsyn = { lisId, personId: ctx.actor.brukerId, rolle, objektId: id, now: ctx.now };
	await noterInnsynI(ctx.db, { ...innsyn, objekt: 'fil' });
}
