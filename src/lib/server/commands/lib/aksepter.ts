import { AppError } from '#lib/domain/feil.ts';
import { overgang } from '#lib/domain/invitasjon/invitasjon.ts';
import { sammeNavn } from '#lib/domain/invitasjon/navn.ts';
import type { Db } from '../../db/pool.ts';
import { updateInvitasjon, type InvitasjonRad } from '../../queries/invitasjon.ts';
import { updateInvitertTilSupervisor } from '../../queries/laeringsaktivitet.ts';
import { laasInvitasjon, noter, siFraTilLis } from './invitasjon.ts';
import { gi, type Handelse } from './relasjoner.ts';

/** The invitation of a link that can be accepted now, locked. Throws a conflict for every other, known or not. */
export async function laasForAksept(trx: Db, token: string, now: Date): Promise<InvitasjonRad> {
	const invitasjon = await laasInvitasjon(trx, { token });
	if (!invitasjon) throw new AppError('conflict', { reason: 'invitasjon_konflikt_lenke' });
	overgang(invitasjon, 'aksepter', now);
	return invitasjon;
}

/**
 * Accepts a locked invitation for a person, who it is bound to from now on. By the name that was invited the roles are given at once;
 * by another one the LIS is asked first. Throws a conflict when it is the LIS' own (product.md, «Traps»).
 * @param person by the name in the provider's register
 */
export async function aksepterFor(
	trx: Db,
	invitasjon: InvitasjonRad,
	person: { id: string; navn: string },
	h: Handelse
): Promise<'akseptert' | 'til_bekreftelse'> {
	if (person.id === invitasjon.lisId) throw new AppError('conflict', { reason: 'invitasjon_konflikt_egen' });
	const likt = sammeNavn(invitasjon.navn, person.navn);
	const status = overgang(invitasjon, likt ? 'aksepter' : 'aksepter_annet_navn', h.now);
	await updateInvitasjon(trx, invitasjon.id, {
		...{ status, akseptert_av: person.id, akseptert_navn: person.navn, avgjort_at: h.now }
	});
	await noter(trx, likt ? 'invitasjon.akseptert' : 'invitasjon.til-bekreftelse', invitasjon, h);
	if (!likt) {
		await siFraTilLis(
			trx,
			invitasjon,
			{ mal: 'invitasjon_bekreft_person', mer: { akseptertNavn: person.navn } },
			h.now
		);
		return 'til_bekreftelse';
	}
	await giInvitert(trx, invitasjon, person.id, h);
	await siFraTilLis(trx, invitasjon, { mal: 'invitasjon_svar', mer: { svar: 'akseptert' } }, h.now);
	return 'akseptert';
}

/** Gives whoever accepted what the invitation says; aktiviteter that waited for a supervisør go to them. */
export async function giInvitert(trx: Db, invitasjon: InvitasjonRad, personId: string, h: Handelse): Promise<void> {
	await gi(trx, { ...invitasjon, personId }, h);
	if (invitasjon.roller.some(({ rolle, til }) => rolle === 'supervisor' && (til === null || til > h.now)))
		await updateInvitertTilSupervisor(trx, invitasjon.id, personId);
}
