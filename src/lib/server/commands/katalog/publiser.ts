import { AppError } from '#lib/domain/feil.ts';
import type { Publisering } from '#lib/domain/laering/katalog-skjema.ts';
import type { Ctx } from '../../ctx.ts';
import { findKatalog, listKataloger } from '../../queries/katalog.ts';
import { updatePublisert } from '../../queries/katalog-utkast.ts';
import { noterKatalog, paUtkast } from '../lib/katalog.ts';

/**
 * Publishes a draft: nothing in it can change from then on. Who begins from `gyldig_fra` on is given it; those on the version before may finish that until
 * `overgang_til`. Nobody is moved. Throws `invalid` for a day that is not after the version before; a conflict for a draft without goals.
 */
export function publiserKatalog(
	ctx: Ctx,
	{ id, gyldig_fra, overgang_til }: { id: string } & Omit<Publisering, 'bekreft'>
): Promise<void> {
	return paUtkast(ctx, id, async (trx, utkast) => {
		if (((await findKatalog(trx, id))?.mal.length ?? 0) === 0)
			throw new AppError('conflict', { reason: 'katalog_konflikt_ugyldig' });
		const forrige = (await listKataloger(trx)).find(
			(en) => en.plan === utkast.plan && en.versjon === utkast.versjon - 1 && en.status === 'publisert'
		);
		if (forrige && gyldig_fra <= forrige.gyldigFra)
			throw new AppError('invalid', { fields: { gyldig_fra: 'katalog_feil_gyldig_fra' } });
		if (overgang_til !== null && overgang_til <= gyldig_fra)
			throw new AppError('invalid', { fields: { overgang_til: 'katalog_feil_overgang' } });
		const av = { av: ctx.actor.brukerId, now: ctx.now };
		await updatePublisert(trx, utkast, { gyldigFra: gyldig_fra, overgangTil: overgang_til, ...av });
		const data = { plan: utkast.plan, versjon: utkast.versjon, gyldig_fra, overgang_til };
		await noterKatalog(trx, ctx, { type: 'katalog.publisert', objektId: id, data });
	});
}
