import { AppError } from '#lib/domain/feil.ts';
import { trengerGrunn, type Uten } from '#lib/domain/laering/mal.ts';
import type { Ctx } from '../ctx.ts';
import { transaction } from '../db/pool.ts';
import { avgjor } from './lib/avgjor.ts';
import { laasMal, oppdaterPlaner } from './lib/laering.ts';

/** Why goals are approved although krav or recommendations are missing; the text is needed with `annet`. */
export type Grunnlag = { uten: Uten | null; utenTekst: string | null };

/**
 * S15: «Godkjenn», one goal or a whole theme in one sitting: all or none. Where nothing is missing no reason is kept; where something is, one is needed
 * (LK002 in SQL). Throws `invalid` for the field that lacks it; a conflict when a state does not allow it, or the LIS has changed one since it was seen.
 */
export async function godkjennMal(
	ctx: Ctx,
	{
		lisId,
		mal,
		uten,
		utenTekst,
		kommentar
	}: { lisId: string; mal: { kode: string; versjon: number }[]; kommentar: string | null } & Grunnlag
): Promise<void> {
	const versjoner = new Map(mal.map(({ kode, versjon }) => [kode, versjon]));
	if (versjoner.size === 0) throw new AppError('invalid', { fields: { mal: 'godkjenning_feil_velg' } });
	await transaction(ctx.db, async (trx) => {
		for (const [kode, versjon] of versjoner) {
			const rad = await laasMal(trx, ctx, { lisId, kode }, 'mal.avgjor');
			const trenger = rad.status === 'sendt' && trengerGrunn(rad.mangler);
			if (trenger) krevGrunn({ uten, utenTekst });
			const grunnlag = trenger ? { uten, uten_tekst: utenTekst } : { uten: null, uten_tekst: null };
			await avgjor(trx, ctx, rad, { versjon, handling: 'godkjenn', endring: { grunn: kommentar, ...grunnlag } });
		}
		await oppdaterPlaner(trx, ctx, lisId, [...versjoner.keys()], 'leder');
	});
}

function krevGrunn({ uten, utenTekst }: Grunnlag): void {
	if (uten === null) throw new AppError('invalid', { fields: { uten: 'godkjenning_feil_uten' } });
	if (uten === 'annet' && utenTekst === null)
		throw new AppError('invalid', { fields: { utenTekst: 'godkjenning_feil_uten_tekst' } });
}
