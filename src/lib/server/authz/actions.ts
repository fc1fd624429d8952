import type { Gyldighet, RelasjonRolle } from '#lib/domain/actor.ts';
import type { FilStatus } from '#lib/domain/fil/fil.ts';
import type { AktivitetStatus } from '#lib/domain/laering/aktivitet.ts';
import type { MalStatus } from '#lib/domain/laering/mal.ts';
import type { SamtaleStatus } from '#lib/domain/samtale/samtale.ts';

/** What a policy needs to know of a samtale. */
export type SamtaleTilgang = {
	id: string;
	lisId: string;
	status: SamtaleStatus;
	deltakere: (Gyldighet & { personId: string; rolle: 'lis' | 'veileder' })[];
};

/** What a policy needs to know of who may lay a merknad beside it. */
export type MerknadTilgang = SamtaleTilgang & { ferdigstiltAt: Date | null };

/** What a policy needs to know of a LIS. */
export type LisTilgang = { lisId: string };

/** The portal itself: users, roles, places; never anybody's record. */
export type PortalTilgang = { portal: true };

/** What a policy needs to know of an invitation. */
export type InvitasjonTilgang = { lisId: string; opprettetAv: string };

/** What a policy needs to know of a relation, or of a role for a LIS; `til` is a deputy's end. */
export type RelasjonTilgang = { lisId: string; rolle: RelasjonRolle; til: Date | null };

/** A LIS' plans and goals; `delt`: a plan that has them is shared with Helsedirektoratet. */
export type LaeringTilgang = { lisId: string; delt: boolean };

/** What a policy needs to know of a læringsaktivitet. */
export type AktivitetTilgang = LaeringTilgang & { status: AktivitetStatus; supervisorId: string | null };

/** What a policy needs to know of a læringsmål of one LIS: whom aktiviteter were sent to that serve it, and who decided on it. */
export type MalTilgang = LaeringTilgang & { supervisorer: string[]; avgjortAv: string | null };

/** What a file belongs to, as far as a policy needs to know it. */
export type FilKobling =
	| { slag: 'ingen' }
	| { slag: 'samtale'; samtale: SamtaleTilgang }
	| { slag: 'aktivitet'; aktivitet: AktivitetTilgang }
	| { slag: 'mal'; mal: MalTilgang & { status: MalStatus } };

/** Where files of a LIS lie: with nothing, or with a thing of that LIS. */
export type FilSted = { lisId: string; kobling: FilKobling };

/** What a policy needs to know of a file. */
export type FilTilgang = FilSted & { opplastetAv: string; status: FilStatus };

/** Every action, and what it is done to. A missing rule does not compile (policies/index.ts). */
export type Actions = {
	'veiledning.se': LisTilgang;
	'samtale.opprett': LisTilgang;
	'folk.se': LisTilgang;
	'invitasjon.send': LisTilgang;
	'invitasjon.styr': InvitasjonTilgang;
	'relasjon.avslutt': RelasjonTilgang;
	'stedfortreder.sett': RelasjonTilgang;
	'samtale.se': SamtaleTilgang;
	'samtale.les': SamtaleTilgang;
	'samtale.skriv': SamtaleTilgang;
	'samtale.settTid': SamtaleTilgang;
	'samtale.foreslaTid': SamtaleTilgang;
	'samtale.avlys': SamtaleTilgang;
	'samtale.ferdigstill': SamtaleTilgang;
	'samtale.merk': MerknadTilgang;
	'samtale.kladd': SamtaleTilgang;
	'samtale.avvist': SamtaleTilgang;
	'laering.se': LaeringTilgang;
	'laering.for': LisTilgang;
	'aktivitet.se': AktivitetTilgang;
	'aktivitet.skriv': AktivitetTilgang;
	'aktivitet.vurder': AktivitetTilgang;
	'mal.se': MalTilgang;
	'mal.send': MalTilgang;
	'mal.avgjor': MalTilgang;
	'mal.trekkGodkjenning': MalTilgang;
	'mal.anbefal': MalTilgang;
	'mal.bekreft': MalTilgang;
	'plan.styr': LisTilgang;
	'tjeneste.bekreft': LisTilgang;
	'utdanningsplan.skriv': LisTilgang;
	'fil.lastOpp': FilSted;
	'fil.se': FilTilgang;
	'fil.les': FilTilgang;
	'fil.slett': FilTilgang;
	'portal.drift': PortalTilgang;
	'portal.katalog': PortalTilgang;
	'melding.skriv': PortalTilgang;
};
export type Action = keyof Actions;

/**
 * `unknown`: one may not know that the thing exists. `ended`: one's own access ended then.
 * `state`: the thing's state does not allow it, whoever asks; `reason` is the message key that says so.
 */
export type Decision =
	| { ok: true }
	| { ok: false; why: 'unknown' | 'forbidden' }
	| { ok: false; why: 'state'; reason: string }
	| { ok: false; why: 'ended'; since: Date };
