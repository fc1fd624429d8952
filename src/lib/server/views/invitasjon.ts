import type { RelasjonRolle } from '#lib/domain/actor.ts';
import { dagINorge } from '#lib/domain/dager.ts';
import { erApen } from '#lib/domain/invitasjon/invitasjon.ts';
import { invitasjonTokenHash } from '../auth/token.ts';
import type { Ctx } from '../ctx.ts';
import type { Db } from '../db/pool.ts';
import { findInvitasjonByToken, findNyesteAkseptert } from '../queries/invitasjon.ts';
import { hentRegistrering, type Registrering } from './registrer.ts';

/** What the landing page says before log-in: who, which roles, until when. Nothing else of the LIS. */
export type Invitasjonsside = {
	lisNavn: string;
	navn: string;
	epost: string;
	roller: RelasjonRolle[];
	/** The last day to answer, and a deputy's last day. */
	frist: string;
	til: string | null;
	/** The form, once they have identified and have no user. */
	registrering: Registrering;
	/** Whether it is the reader's own record: nobody is anything for themself. */
	egen: boolean;
};

/** The invitation of a link that can be answered now; null for every other link, whatever is wrong with it (T21). */
export async function hentInvitasjon(
	{ db, now }: { db: Db; now: Date },
	hvem: { token: string | undefined; bevisToken: string | undefined; brukerId: string | null }
): Promise<Invitasjonsside | null> {
	const hash = invitasjonTokenHash(hvem.token ?? '');
	const [invitasjon, registrering] = await Promise.all([
		findInvitasjonByToken(db, hash),
		hvem.brukerId === null ? hentRegistrering({ db, now }, hvem.bevisToken) : null
	]);
	if (!invitasjon || !erApen(invitasjon, now)) return null;
	const til = invitasjon.roller.find((rolle) => rolle.til !== null)?.til;
	return {
		lisNavn: invitasjon.lisNavn,
		navn: invitasjon.navn,
		epost: invitasjon.epost,
		roller: invitasjon.roller.map(({ rolle }) => rolle),
		frist: dagINorge(invitasjon.utloperAt),
		til: til ? sisteDag(til) : null,
		registrering,
		egen: hvem.brukerId === invitasjon.lisId
	};
}

/** A validity ends where the next day begins. */
export function sisteDag(til: Date): string {
	return dagINorge(new Date(til.getTime() - 1));
}

/** What the reader has just accepted, for the receipt; null when there is nothing. */
export async function hentKvittering(
	ctx: Ctx
): Promise<{ lisNavn: string; roller: RelasjonRolle[]; venter: boolean } | null> {
	const invitasjon = await findNyesteAkseptert(ctx.db, ctx.actor.brukerId);
	if (!invitasjon) return null;
	return {
		lisNavn: invitasjon.lisNavn,
		roller: invitasjon.roller.map(({ rolle }) => rolle),
		venter: invitasjon.status === 'til_bekreftelse'
	};
}
