import { erBekreftet } from '#lib/domain/eid.ts';
import { BEKREFTET_MS } from '#lib/domain/konto/innlogging.ts';
import { oktGjelder } from '#lib/domain/okt.ts';
import { AppError } from '#lib/domain/feil.ts';
import type { Okt } from '../auth/okter.ts';
import type { Ctx } from '../ctx.ts';
import { findKonto, listEgneOkter, type KontoRad } from '../queries/konto.ts';

/** One of the person's sessions, as they can recognize it. */
export type OktKort = { id: string; startet: string; sistSett: string; fellesMaskin: boolean; denne: boolean };
export type Konto = { konto: KontoRad; okter: OktKort[]; abilities: { settInnlogging: boolean } };

/** One's own account: what the portal knows of the person, and where they are logged in. */
export async function hentKonto(ctx: Ctx, denne: Okt): Promise<Konto> {
	const [konto, okter] = await Promise.all([
		findKonto(ctx.db, ctx.actor.brukerId),
		listEgneOkter(ctx.db, ctx.actor.brukerId)
	]);
	if (!konto) throw new AppError('not_found');
	return {
		konto,
		abilities: { settInnlogging: erBekreftet(denne, ctx.now, BEKREFTET_MS) },
		okter: okter
			.filter((okt) => okt.utloper > ctx.now && oktGjelder(okt, ctx.now))
			.map(({ id, startet, sistSett, fellesMaskin }) => ({
				id,
				startet: startet.toISOString(),
				sistSett: sistSett.toISOString(),
				fellesMaskin,
				denne: id === denne.id
			}))
	};
}
