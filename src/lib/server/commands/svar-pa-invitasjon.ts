import { erApen, overgang, statusNa } from '#lib/domain/invitasjon/invitasjon.ts';
import { AppError } from '#lib/domain/feil.ts';
import { transaction, type Db } from '../db/pool.ts';
import { updateInvitasjon } from '../queries/invitasjon.ts';
import { avgjor, laasInvitasjon, noter, siFraTilLis } from './lib/invitasjon.ts';

/** Whoever holds the link; `aktorId` is known only when they are logged in. */
export type Leser = { db: Db; now: Date; requestId: string; aktorId: string | null };

/** Notes that the link was opened; nothing for a link that cannot be used. */
export async function apneInvitasjon(leser: Leser, { token }: { token: string }): Promise<void> {
	await transaction(leser.db, async (trx) => {
		const invitasjon = await laasInvitasjon(trx, { token });
		if (invitasjon?.status !== 'sendt' || !erApen(invitasjon, leser.now)) return;
		await updateInvitasjon(trx, invitasjon.id, {
			status: overgang(invitasjon, 'apne', leser.now),
			apnet_at: leser.now
		});
		await noter(trx, 'invitasjon.apnet', invitasjon, { ...leser, aktorRolle: null });
	});
}

/** «Avslå», or «Dette er ikke meg», which stops it; the LIS is told. Throws a conflict when the link cannot be used. */
export async function avslaInvitasjon(
	leser: Leser,
	{ token, svar }: { token: string; svar: 'avslatt' | 'ikke_meg' }
): Promise<void> {
	await transaction(leser.db, async (trx) => {
		const invitasjon = await laasInvitasjon(trx, { token });
		if (!invitasjon) throw new AppError('conflict', { reason: 'invitasjon_konflikt_lenke' });
		const status = overgang(invitasjon, svar === 'avslatt' ? 'avsla' : 'ikke_meg', leser.now);
		await avgjor(trx, invitasjon.id, status, leser.now);
		const type = svar === 'avslatt' ? 'invitasjon.avslatt' : 'invitasjon.ikke-meg';
		await noter(trx, type, invitasjon, { ...leser, aktorRolle: null });
		await siFraTilLis(trx, invitasjon, { mal: 'invitasjon_svar', mer: { svar } }, leser.now);
	});
}

/**
 * «Be om ny»: the LIS is told once, by mail and as a standing task, when the invitation has expired. Whoever asks is answered the
 * same for every link, known or not (T21).
 */
export async function beOmNyInvitasjon(leser: Leser, { token }: { token: string }): Promise<void> {
	await transaction(leser.db, async (trx) => {
		const invitasjon = await laasInvitasjon(trx, { token });
		if (!invitasjon || invitasjon.bedtOmNyAt || statusNa(invitasjon, leser.now) !== 'utlopt') return;
		await updateInvitasjon(trx, invitasjon.id, { bedt_om_ny_at: leser.now });
		await noter(trx, 'invitasjon.bedt-om-ny', invitasjon, { ...leser, aktorRolle: null });
		await siFraTilLis(trx, invitasjon, { mal: 'invitasjon_be_om_ny', mer: {} }, leser.now);
	});
}
