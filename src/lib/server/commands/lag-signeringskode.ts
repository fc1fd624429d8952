import { dagINorge } from '#lib/domain/dager.ts';
import { AppError } from '#lib/domain/feil.ts';
import { overgang } from '#lib/domain/laering/aktivitet.ts';
import { KODE_MS } from '#lib/domain/laering/kode.ts';
import { mangler, type Kladd } from '#lib/domain/laering/skjema.ts';
import { renderSVG } from 'uqr';
import { invitasjonTokenHash, newToken } from '../auth/token.ts';
import type { Ctx } from '../ctx.ts';
import { transaction } from '../db/pool.ts';
import { insertKode } from '../queries/signeringskode.ts';
import { lagreKladd } from './lib/kladd.ts';
import { noter } from './lib/laering.ts';

/** What the LIS shows: the link, and the same as a picture for a camera; works until `utloper`. */
export type Signeringskode = { adresse: string; svg: string; utloper: string; /** The draft's. */ versjon: number };

/**
 * Signing on the spot: the LIS shows a code for a draft that is complete but for its supervisør. It works once, for ten minutes; the
 * token stands in the code alone. Throws as `sendAktivitet` does.
 * @param origin where the portal is (`config.origin`): never taken from a request
 */
export function lagSigneringskode(
	ctx: Ctx,
	{ kladd, origin }: { kladd: Kladd; origin: string }
): Promise<Signeringskode> {
	return transaction(ctx.db, async (trx) => {
		const aktivitet = await lagreKladd(trx, ctx, kladd);
		const feil = mangler(kladd, { signeres: false, iDag: dagINorge(ctx.now) });
		if (Object.keys(feil).length > 0) throw new AppError('invalid', { fields: feil });
		overgang(aktivitet, 'send');
		const token = newToken();
		const utloperAt = new Date(ctx.now.getTime() + KODE_MS);
		const { id, lisId, versjon } = aktivitet;
		await insertKode(trx, { tokenHash: invitasjonTokenHash(token), aktivitetId: id, now: ctx.now, utloperAt });
		await noter(trx, ctx, { type: 'aktivitet.kode-laget', rolle: 'lis', lisId, objektId: id });
		const adresse = `${origin}/signering/kode/${token}`;
		return { adresse, svg: renderSVG(adresse, { border: 4, ecc: 'M' }), utloper: utloperAt.toISOString(), versjon };
	});
}
