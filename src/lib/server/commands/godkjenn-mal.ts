import { AppError } from '#lib/domain/feil.ts';
import { trengerGrunn, type Uten } from '#lib/domain/laering/mal.ts';
import type { GodkjentMal } from '#lib/domain/laering/signert.ts';
import type { Ctx } from '../ctx.ts';
import { transaction, type Db } from '../db/pool.ts';
import { sjekkedeFiler } from '../fil/signert.ts';
import { findLis } from '../queries/lis.ts';
import type { MalRad } from '../queries/maloppnaelse.ts';
import { listMaltekster } from '../queries/signering.ts';
import { avgjor } from './lib/avgjor.ts';
import { laasMal, oppdaterPlaner, radId } from './lib/laering.ts';

/** Why goals are approved although krav or recommendations are missing; the text is needed with `annet`. */
export type Grunnlag = { uten: Uten | null; utenTekst: string | null };

/**
 * S15: «Godkjenn», one goal or a whole theme in one sitting: all or none. Where nothing is missing no reason is kept; where something is, one is needed
 * (LK002 in SQL). What is approved, its files by their SHA-256, stands in the event and its hash in the row. Throws `invalid` for the field that lacks it; a conflict when a state does not allow it, or the LIS has changed one since it was seen.
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
			const endring = { grunn: kommentar, ...grunnlag };
			const godkjent = () => detGodkjente(trx, ctx, rad, endring);
			await avgjor(trx, ctx, rad, { versjon, handling: 'godkjenn', endring, godkjent });
		}
		await oppdaterPlaner(trx, ctx, lisId, [...versjoner.keys()], 'leder');
	});
}

async function detGodkjente(
	trx: Db,
	ctx: Ctx,
	rad: MalRad,
	{ grunn, uten, uten_tekst }: { grunn: string | null; uten: Uten | null; uten_tekst: string | null }
): Promise<GodkjentMal> {
	const { lisId, kode, fullfortDato, kommentar, mangler } = rad;
	const lis = await findLis(trx, lisId);
	const [tekst] = await listMaltekster(trx, lisId, [kode]);
	if (!lis || !tekst) throw new AppError('not_found');
	return {
		...{ format: 'lis-kommune/mal/1', id: radId(rad), lis: { id: lisId, navn: lis.navn }, mal: tekst },
		...{ fullfortDato, kommentar, mangler, uten, utenTekst: uten_tekst, grunn },
		sendtAt: rad.sendtAt?.toISOString() ?? null,
		leder: { id: ctx.actor.brukerId, navn: ctx.actor.navn },
		godkjentAt: ctx.now.toISOString(),
		filer: await sjekkedeFiler(trx, { lisId, kobling: { slag: 'mal', kode } })
	};
}

function krevGrunn({ uten, utenTekst }: Grunnlag): void {
	if (uten === null) throw new AppError('invalid', { fields: { uten: 'godkjenning_feil_uten' } });
	if (uten === 'annet' && utenTekst === null)
		throw new AppError('invalid', { fields: { utenTekst: 'godkjenning_feil_uten_tekst' } });
}
