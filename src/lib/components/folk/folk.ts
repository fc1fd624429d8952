import type { RelasjonRolle } from '#lib/domain/actor.ts';
import type { InvitasjonStatus } from '#lib/domain/invitasjon/invitasjon.ts';
import type { Person } from '../lis/lis.ts';

/** Somebody who follows a LIS, or did. Days as YYYY-MM-DD. */
export type Tilknytning = Person & {
	relasjonId: string;
	rolle: RelasjonRolle;
	fra: string;
	til: string | null;
	kanAvsluttes: boolean;
};

export type InvitasjonKort = {
	id: string;
	navn: string;
	epost: string;
	roller: RelasjonRolle[];
	status: InvitasjonStatus;
	sendt: string;
	frist: string;
	til: string | null;
	epoststatus: 'venter' | 'sendt' | 'feilet' | null;
	akseptertNavn: string | null;
	bedtOmNy: boolean;
	abilities: { sendPaNytt: boolean; trekk: boolean; bekreft: boolean };
};

/** A LIS whom the reader follows: the roles that they can set a deputy for, and those whom they have set. */
export type Fulgt = Person & { roller: RelasjonRolle[]; stedfortredere: Tilknytning[]; invitasjoner: InvitasjonKort[] };

/** A role that nobody holds for the reader, and how far it has come. */
export type { Rolleoppgave } from '#lib/domain/invitasjon/oppgaver.ts';

/** What a person can choose their workplace from. */
export type StedValg = {
	kommuner: { nummer: string; navn: string }[];
	steder: { id: string; navn: string; kommune: string }[];
};
