import type { Rolle } from '#lib/domain/actor.ts';
import { overgang } from '#lib/domain/invitasjon/invitasjon.ts';
import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { transaction, type Db } from '../db/pool.ts';
import { updateInvitasjon, type InvitasjonRad } from '../queries/invitasjon.ts';
import { updateVentendeInvitasjon } from '../queries/laeringsaktivitet.ts';
import { giInvitert } from './lib/aksepter.ts';
import { avgjor, inviterNy, laasInvitasjon, noter, sendPaNytt } from './lib/invitasjon.ts';
import type { Handelse } from './lib/relasjoner.ts';

type Styring = { invitasjonId: string };
type Mottaker = { navn: string; epost: string };

/** The frame of every act of whoever sent an invitation: locked, authorized on what is locked, in one transaction. */
function styr(
	ctx: Ctx,
	{ invitasjonId }: Styring,
	action: 'invitasjon.styr' | 'invitasjon.send',
	work: (trx: Db, invitasjon: InvitasjonRad, h: Handelse) => Promise<void>
): Promise<void> {
	return transaction(ctx.db, async (trx) => {
		const invitasjon = await laasInvitasjon(trx, { id: invitasjonId });
		authorize(ctx.actor, action, invitasjon, ctx.now);
		const aktorRolle: Rolle | null =
			ctx.actor.brukerId === invitasjon.lisId ? 'lis' : (invitasjon.roller[0]?.rolle ?? null);
		await work(trx, invitasjon, { aktorId: ctx.actor.brukerId, aktorRolle, now: ctx.now, requestId: ctx.requestId });
	});
}

const sending = (invitasjon: InvitasjonRad, til: Mottaker, nokkel: Uint8Array) => ({
	...{ ...invitasjon, navn: til.navn, epost: til.epost, nokkel },
	lis: { id: invitasjon.lisId, navn: invitasjon.lisNavn }
});

/** Sends it again, perhaps to a corrected address: a new link with a new deadline; the old link dies. */
export function sendInvitasjonPaNytt(
	ctx: Ctx,
	styring: Styring & { rettet: Mottaker | null; nokkel: Uint8Array }
): Promise<void> {
	return styr(ctx, styring, 'invitasjon.styr', async (trx, invitasjon, h) => {
		overgang(invitasjon, 'send_pa_nytt', ctx.now);
		await sendPaNytt(trx, invitasjon.id, sending(invitasjon, styring.rettet ?? invitasjon, styring.nokkel), h);
	});
}

/** The wrong person was invited: theirs is recalled, another is invited to the same, and what waited for the one waits for the other. */
export function byttInvitert(ctx: Ctx, styring: Styring & { til: Mottaker; nokkel: Uint8Array }): Promise<void> {
	return styr(ctx, styring, 'invitasjon.styr', async (trx, invitasjon, h) => {
		await avgjor(trx, invitasjon.id, overgang(invitasjon, 'trekk', ctx.now), ctx.now);
		await noter(trx, 'invitasjon.trukket', invitasjon, h, { byttet: true });
		const ny = await inviterNy(trx, sending(invitasjon, styring.til, styring.nokkel), h);
		await updateVentendeInvitasjon(trx, invitasjon.id, ny);
	});
}

/** Recalls it: the link dies. */
export function trekkInvitasjon(ctx: Ctx, styring: Styring): Promise<void> {
	return styr(ctx, styring, 'invitasjon.styr', async (trx, invitasjon, h) => {
		await avgjor(trx, invitasjon.id, overgang(invitasjon, 'trekk', ctx.now), ctx.now);
		await noter(trx, 'invitasjon.trukket', invitasjon, h);
	});
}

/** The LIS says that whoever accepted by another name is the right one: now they get their roles. */
export function bekreftPerson(ctx: Ctx, styring: Styring): Promise<void> {
	return styr(ctx, styring, 'invitasjon.send', async (trx, invitasjon, h) => {
		const status = overgang(invitasjon, 'bekreft', ctx.now);
		await avgjor(trx, invitasjon.id, status, ctx.now);
		await noter(trx, 'invitasjon.bekreftet', invitasjon, h);
		if (invitasjon.akseptertAv !== null) await giInvitert(trx, invitasjon, invitasjon.akseptertAv, h);
	});
}

/** The LIS says that it is not: they get nothing, and the invitation is recalled. */
export function avvisPerson(ctx: Ctx, styring: Styring): Promise<void> {
	return styr(ctx, styring, 'invitasjon.send', async (trx, invitasjon, h) => {
		const status = overgang(invitasjon, 'avvis', ctx.now);
		await updateInvitasjon(trx, invitasjon.id, { status, akseptert_av: null, avgjort_at: ctx.now });
		await noter(trx, 'invitasjon.avvist', invitasjon, h, { personId: invitasjon.akseptertAv });
	});
}
