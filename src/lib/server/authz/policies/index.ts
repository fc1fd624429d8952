import type { Actor } from '#lib/domain/actor.ts';
import type { Action, Actions, Decision } from '../actions.ts';
import { kanLasteOpp, kanLeseFil, kanSeFil, kanSletteFil } from './fil.ts';
import { kanAvslutte, kanInvitere, kanSetteStedfortreder, kanStyreInvitasjon } from './folk.ts';
import {
	kanAnbefale,
	kanAvgjoreMal,
	kanBekrefteMal,
	kanFore,
	kanSeAktivitet,
	kanSeLaering,
	kanSeMal,
	kanSendeMal,
	kanSkriveAktivitet,
	kanSkriveUtdanningsplan,
	kanStyreKatalog,
	kanStyrePlan,
	kanTrekkeGodkjenning,
	kanVurdere
} from './laering.ts';
import { kanDrifte, kanSkriveMelding } from './portal.ts';
import { kanForesla, kanLese, kanMerke, kanSe, kanSeEgneAvviste, kanSkrive, kanStyre } from './samtale.ts';
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
	'samtale.merk': kanMerke,
	'samtale.kladd': kanSkrive,
	'samtale.avvist': kanSeEgneAvviste,
	'laering.se': kanSeLaering,
	'laering.for': kanFore,
	'aktivitet.se': kanSeAktivitet,
	'aktivitet.skriv': kanSkriveAktivitet,
	'aktivitet.vurder': kanVurdere,
	'mal.se': kanSeMal,
	'mal.send': kanSendeMal,
	'mal.avgjor': kanAvgjoreMal,
	'mal.trekkGodkjenning': kanTrekkeGodkjenning,
	'mal.anbefal': kanAnbefale,
	'mal.bekreft': kanBekrefteMal,
	'plan.styr': kanStyrePlan,
	'tjeneste.bekreft': kanStyrePlan,
	'utdanningsplan.skriv': kanSkriveUtdanningsplan,
	'fil.lastOpp': kanLasteOpp,
	'fil.se': kanSeFil,
	'fil.les': kanLeseFil,
	'fil.slett': kanSletteFil,
	'portal.drift': kanDrifte,
	'portal.katalog': kanStyreKatalog,
	'melding.skriv': kanSkriveMelding
} satisfies { [A in Action]: Policy<A> };
