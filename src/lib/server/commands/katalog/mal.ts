import { AppError } from '#lib/domain/feil.ts';
import type { UtkastMal } from '#lib/domain/laering/katalog-skjema.ts';
import type { Ctx } from '../../ctx.ts';
import { findKatalog } from '../../queries/katalog.ts';
import { deleteMal, updateRekkefolge, upsertMal } from '../../queries/katalog-utkast.ts';
import { noterKatalog, paUtkast } from '../lib/katalog.ts';

/** Adds a goal to a draft (`ny`) or changes one. Throws `invalid` when a new one is there already, `not_found` when an old one is not. */
export function lagreMal(ctx: Ctx, { id, mal, ny }: { id: string; mal: UtkastMal; ny: boolean }): Promise<void> {
	return paUtkast(ctx, id, async (trx) => {
		const finnes = (await findKatalog(trx, id))?.mal.some(({ kode }) => kode === mal.kode) ?? false;
		if (ny && finnes) throw new AppError('invalid', { fields: { kode: 'katalog_feil_kode_finnes' } });
		if (!ny && !finnes) throw new AppError('not_found');
		await upsertMal(trx, id, mal);
		await noterKatalog(trx, ctx, { type: 'katalog.endret', objektId: id, data: { mal } });
	});
}

/** Takes a goal out of a draft. Throws `not_found` when it is not there. */
export function slettMal(ctx: Ctx, { id, kode }: { id: string; kode: string }): Promise<void> {
	return paUtkast(ctx, id, async (trx) => {
		if (!(await deleteMal(trx, id, kode))) throw new AppError('not_found');
		await noterKatalog(trx, ctx, { type: 'katalog.endret', objektId: id, data: { slettet: kode } });
	});
}

/** Moves a goal one place up or down; at the end of the list it stays. Throws `not_found` when it is not there. */
export function flyttMalIUtkast(
	ctx: Ctx,
	{ id, kode, opp }: { id: string; kode: string; opp: boolean }
): Promise<void> {
	return paUtkast(ctx, id, async (trx) => {
		const koder = (await findKatalog(trx, id))?.mal.map((mal) => mal.kode) ?? [];
		const fra = koder.indexOf(kode);
		if (fra < 0) throw new AppError('not_found');
		koder.splice(fra, 1);
		koder.splice(Math.max(0, fra + (opp ? -1 : 1)), 0, kode);
		await updateRekkefolge(trx, id, koder);
		await noterKatalog(trx, ctx, { type: 'katalog.endret', objektId: id, data: { flyttet: kode, opp } });
	});
}
