import { AppError } from '#lib/domain/feil.ts';
import { findBevis } from '../auth/eid/bevis.ts';
import { fornyOkt, type Okt } from '../auth/okter.ts';
import type { Ctx } from '../ctx.ts';
import { transaction } from '../db/pool.ts';
import { insertHendelse } from '../varsler/hendelse.ts';
import { findBrukerMedPid } from '../queries/registrering.ts';
import { aksepterFor, laasForAksept } from './lib/aksepter.ts';
import { forsteOkt, hashValgt, nyBruker, somKonflikt, type Registrering } from './lib/ny-bruker.ts';

/**
 * S2: somebody who is logged in accepts with one click. With the new roles their session gets a new token, for the cookie. Throws a
 * conflict when the link cannot be used or is the LIS' own.
 */
export async function aksepterInvitasjon(
	ctx: Ctx,
	{ token, okt }: { token: string; okt: Pick<Okt, 'id' | 'hash'> }
): Promise<{ utfall: 'akseptert' | 'til_bekreftelse'; oktToken: string }> {
	return transaction(ctx.db, async (trx) => {
		const invitasjon = await laasForAksept(trx, token, ctx.now);
		const person = { id: ctx.actor.brukerId, navn: ctx.actor.navn };
		const h = { aktorId: person.id, aktorRolle: null, now: ctx.now, requestId: ctx.requestId };
		const utfall = await aksepterFor(trx, invitasjon, person, h);
		return { utfall, oktToken: await fornyOkt(trx, okt) };
	});
}

/**
 * S2: somebody who has identified with electronic ID accepts and becomes a user, or is one already (by their pid). Bound to that
 * pid: of many at once one wins. Throws as `aksepterInvitasjon` and `registrerLis` do; then nobody has become a user.
 */
export async function aksepterSomNy(
	inn: Registrering & { invitasjon: string }
): Promise<{ token: string; neste: string | null }> {
	const passordHash = await hashValgt(inn.person.passord);
	const work = transaction(inn.db, async (trx) => {
		const invitasjon = await laasForAksept(trx, inn.invitasjon, inn.now);
		const bevis = await findBevis(trx, inn.bevis, inn.now);
		if (!bevis) throw new AppError('conflict', { reason: 'registrering_konflikt_bevis' });
		const kjent = await findBrukerMedPid(trx, bevis.pidHash);
		// Who was deactivated comes back by logging in (S19), not by a form.
		if (kjent && kjent.status !== 'aktiv' && kjent.status !== 'varslet')
			throw new AppError('conflict', { reason: 'registrering_konflikt_finnes' });
		const id = kjent?.id ?? (await nyBruker(trx, { person: inn.person, bevis, passordHash, now: inn.now })).id;
		const h = { aktorId: id, aktorRolle: null, now: inn.now, requestId: inn.requestId };
		if (!kjent) {
			const hendelse = {
				type: 'bruker.registrert',
				at: inn.now,
				objektId: id,
				data: { invitasjon: invitasjon.id }
			} as const;
			await insertHendelse(trx, { ...hendelse, aktorId: id, aktorRolle: null, requestId: inn.requestId });
		}
		await aksepterFor(trx, invitasjon, { id, navn: kjent?.navn ?? bevis.navn }, h);
		return { token: await forsteOkt(trx, { ...inn, brukerId: id, bevis }), neste: bevis.neste };
	});
	return work.catch((error: unknown) => Promise.reject(somKonflikt(error) as Error));
}
