import { erBekreftet } from '#lib/domain/eid.ts';
import { AppError } from '#lib/domain/feil.ts';
import { BEKREFTET_MS } from '#lib/domain/konto/innlogging.ts';
import { passordFeil } from '#lib/domain/registrering/passord.ts';
import { hashPassord } from '../auth/passord.ts';
import type { Okt } from '../auth/okter.ts';
import { hashToken, newToken } from '../auth/token.ts';
import type { Ctx } from '../ctx.ts';
import { transaction } from '../db/pool.ts';
import { koEpost } from '../mail/ko.ts';
import { insertHendelse } from '../varsler/hendelse.ts';
import { byttOktnokkel, findKonto, setPassord, updateBrukernavn } from '../queries/konto.ts';
import { erBrukernavnTatt } from '../queries/registrering.ts';
import { avsluttAndre } from './lib/avslutt-okt.ts';

/**
 * User name and password, chosen in a session that is proven by electronic ID (trust.md, «Password»). All other sessions of the person end, this one
 * gets a new token (T02), and the person is told by mail. Returns the token. Throws a conflict when the session is not
 * proven, and `invalid` by field.
 */
export async function settInnlogging(
	ctx: Ctx,
	okt: Okt,
	{ brukernavn, passord }: { brukernavn: string; passord: string }
): Promise<string> {
	if (!erBekreftet(okt, ctx.now, BEKREFTET_MS)) throw new AppError('conflict', { reason: 'konto_feil_ma_bekreftes' });
	const konto = await findKonto(ctx.db, ctx.actor.brukerId);
	if (!konto) throw new AppError('not_found');
	const feil = passordFeil(passord, [konto.navn, brukernavn, konto.epost]);
	if (feil) throw new AppError('invalid', { fields: { passord: feil } });
	const hash = await hashPassord(passord);
	const token = newToken();
	const hendelse = { at: ctx.now, aktorId: ctx.actor.brukerId, aktorRolle: null, requestId: ctx.requestId };
	await transaction(ctx.db, async (trx) => {
		if (brukernavn !== konto.brukernavn && (await erBrukernavnTatt(trx, brukernavn)))
			throw new AppError('invalid', { fields: { brukernavn: 'registrering_feil_brukernavn_tatt' } });
		await updateBrukernavn(trx, ctx.actor.brukerId, brukernavn);
		await setPassord(trx, ctx.actor.brukerId, hash, ctx.now);
		await avsluttAndre(trx, ctx, okt, 'passord satt');
		await byttOktnokkel(trx, okt.hash, hashToken(token));
		await insertHendelse(trx, { ...hendelse, type: 'bruker.innlogging-satt', objektId: ctx.actor.brukerId });
		await koEpost(
			trx,
			{
				mal: 'passord_satt',
				mottaker: { id: ctx.actor.brukerId, navn: konto.navn, epost: konto.epost, sprak: konto.sprak },
				data: { tidspunkt: ctx.now.toISOString() }
			},
			ctx.now
		);
	});
	return token;
}
