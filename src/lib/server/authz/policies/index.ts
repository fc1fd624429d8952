import type { Actor } from '#lib/domain/actor.ts';
import type { Action, Actions, Decision } from '../actions.ts';
import { kanAvslutte, kanInvitere, kanSetteStedfortreder, kanStyreInvitasjon } from './folk.ts';
import { kanDrifte } from './portal.ts';
import { kanForesla, kanLese, kanSe, kanSkrive, kanStyre } from './samtale.ts';
import { kanOpprette, kanSeVeiledning } from './veiledning.ts';

export type Policy<A extends Action> = (actor: Actor, thing: Actions[A], now: Date) => Decision;

/** The policy table: one rule for each action. */
export const policies = {
	'veiledning.se': kanSeVeiledning,
	'samtale.opprett': kanOpprette,
	'folk.se': kanInvitere,
	'invitasjon.send': kanInvitere,
	'invitasjon.styr': kanStyreInvitasjon,
	'relasjon.avslutt': kanAvslutte,
	'stedfortreder.sett': kanSetteStedfortreder,
	'samtale.se': kanSe,
	'samtale.les': kanLese,
	'samtale.skriv': kanSkrive,
	'samtale.settTid': kanStyre,
	'samtale.foreslaTid': kanForesla,
	'samtale.avlys': kanStyre,
	'samtale.ferdigstill': kanStyre,
	'portal.drift': kanDrifte
} satisfies { [A in Action]: Policy<A> };
