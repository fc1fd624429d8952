import type { RelasjonRolle, Sprak } from '#lib/domain/actor.ts';
import type { Varselgruppe } from '#lib/domain/varsel/grupper.ts';
import type { SamtaleIKalender } from '../kalender/samtale-hendelse.ts';
import type { Varselnavn } from '#lib/domain/varsel/tekst.ts';

/** What an invitation is about: whose, in which roles, and the last day (YYYY-MM-DD) to answer. */
type Invitasjon = { lisNavn: string; roller: RelasjonRolle[]; frist: string };
/** Who was invited, and to which roles: told to the LIS. */
type Invitert = { navn: string; roller: RelasjonRolle[] };

/** A læringsmål as a mail names it. */
type Maltekst = { kode: string; tittel: string };

/**
 * Every kind of mail there is, with what is kept of it in `epost.data`: names, roles and dates, never a pid, a token or a
 * text from a samtale (trust.md, «Content rule for mail»). Mandatory (S18) but for those that avmelding.ts names with their group.
 */
export interface MalData {
	/** To the invited: who, which roles, by when; with the link. */
	invitasjon: Invitasjon;
	/** The same on day 3 and 14, with a link of its own: of the first one's token only the hash is kept. */
	invitasjon_purring: Invitasjon;
	/** To the LIS: the invitation has expired, and the invited asks for a new one. */
	invitasjon_be_om_ny: Invitert;
	/** To the LIS: somebody by another name has accepted, and has no access before the LIS confirms them. */
	invitasjon_bekreft_person: Invitert & { akseptertNavn: string };
	/** To the LIS: what the invited answered. */
	invitasjon_svar: Invitert & { svar: 'akseptert' | 'avslatt' | 'ikke_meg' };
	/** S19: deactivated on this day (YYYY-MM-DD) unless they log in; `maneder` is the length of inactivity that counts. */
	konto_deaktiveres: { dato: string; maneder: number };
	konto_deaktivert: { maneder: number };
	/** To a new address: the link confirms that it is theirs; usable until this day (YYYY-MM-DD). */
	epost_bekreft: { frist: string };
	/** To the old address, which is used no more; an instant in ISO 8601. The new address is not told to the old one. */
	epost_endret: { tidspunkt: string };
	/** To the old and to the new address: drift has corrected it; an instant in ISO 8601. Neither is told the other. */
	epost_rettet: { tidspunkt: string };
	/** A password was set or changed; an instant in ISO 8601. */
	passord_satt: { tidspunkt: string };
	/** A plan in which the LIS has done nothing for so many months. Its name is in the receiver's language. */
	plan_deaktivert: { plan: string; maneder: number };
	/** «Helsedirektoratet har godkjent læringsmål»: which, in the receiver's language. */
	mal_bekreftet: { mal: Maltekst[] };
	/** An approval was withdrawn; `leder` is who did it, null when it was Helsedirektoratet. The reason stands in the portal only. */
	mal_trukket: Maltekst & { leder: string | null };
	/** «Umiddelbar varsling» of one event, or of `antall` of its kind in one act. */
	varsel: Varselnavn & { varsel: { id: string; type: string; som: string; gruppe: Varselgruppe; antall: number } };
	/** «Ukentlig oppsummering»: what is unread, by LIS and by who one is to them; `antall` counts those that had no room too. */
	ukesoppsummering: {
		deler: { lis: string | null; som: string; linjer: { type: string; navn: Varselnavn }[] }[];
		antall: number;
	};
	/** A samtale on the next working day: when, where, with whom, as the calendar file has it. */
	samtale_paminnelse: { mottakerId: string; samtale: SamtaleIKalender };
	/** What has stood for long: all of one day in one mail; `sti` is where the button leads, `lenke` what can be done besides. */
	paminnelse: {
		linjer: { type: string; som: string; navn: Varselnavn }[];
		antall: number;
		sti: string;
		lenke: 'stedfortreder' | 'leder' | null;
	};
}

export type Mal = keyof MalData;

/** Who gets it; `id` is null for somebody who has no user yet. */
export type Mottaker = { id: string | null; navn: string; epost: string; sprak: Sprak };

/** The path of a link that may stand in this mail only (`/invitasjon/<token>`), and the key that seals it until then: `config.pidKey`. */
export type Lenke = { sti: string; nokkel: Uint8Array };

type LenkeFor<M extends Mal> = M extends 'invitasjon' | 'invitasjon_purring' | 'epost_bekreft'
	? { lenke: Lenke }
	: { lenke?: undefined };

/** A mail to send. `objektId` is what it is about (an invitation), for whoever may see how it went. */
export type Epost = {
	[M in Mal]: { mal: M; mottaker: Mottaker; data: MalData[M]; objektId?: string } & LenkeFor<M>;
}[Mal];
