import type { Innhold, Oppsett, Skriv } from '../innhold.ts';
import { navnIEpost } from '../innhold.ts';
import type { Mal, MalData } from '../maler.ts';
import { epostBekreft } from './epost-bekreft.ts';
import { epostEndret } from './epost-endret.ts';
import { epostRettet } from './epost-rettet.ts';
import { invitasjon } from './invitasjon.ts';
import { invitasjonBeOmNy } from './invitasjon-be-om-ny.ts';
import { invitasjonBekreftPerson } from './invitasjon-bekreft-person.ts';
import { invitasjonPurring } from './invitasjon-purring.ts';
import { invitasjonSvar } from './invitasjon-svar.ts';
import { kontoDeaktiveres } from './konto-deaktiveres.ts';
import { kontoDeaktivert } from './konto-deaktivert.ts';
import { malBekreftet } from './mal-bekreftet.ts';
import { malTrukket } from './mal-trukket.ts';
import { paminnelse } from './paminnelse.ts';
import { passordSatt } from './passord-satt.ts';
import { planDeaktivert } from './plan-deaktivert.ts';
import { samtalePaminnelse } from './samtale-paminnelse.ts';
import { ukesoppsummering } from './ukesoppsummering.ts';
import { varsel } from './varsel.ts';

/** The template of every kind of mail: a missing one does not compile. */
const maler: { [M in Mal]: Skriv<M> } = {
	invitasjon,
	invitasjon_purring: invitasjonPurring,
	invitasjon_be_om_ny: invitasjonBeOmNy,
	invitasjon_bekreft_person: invitasjonBekreftPerson,
	invitasjon_svar: invitasjonSvar,
	konto_deaktiveres: kontoDeaktiveres,
	konto_deaktivert: kontoDeaktivert,
	epost_bekreft: epostBekreft,
	epost_endret: epostEndret,
	epost_rettet: epostRettet,
	passord_satt: passordSatt,
	plan_deaktivert: planDeaktivert,
	mal_bekreftet: malBekreftet,
	mal_trukket: malTrukket,
	varsel,
	ukesoppsummering,
	samtale_paminnelse: samtalePaminnelse,
	paminnelse
};

/** Whether there is a template by this name: a row may be older or newer than this worker. */
export function erMal(navn: string): navn is Mal {
	return Object.hasOwn(maler, navn);
}

/** What a mail says. The names in its data were written by people, and are made harmless first (T17). */
export function skrivInnhold<M extends Mal>(mal: M, data: MalData[M], oppsett: Oppsett): Innhold {
	return maler[mal](uskadelig(data), oppsett);
}

/** What the portal itself puts into the data by name: ids and names of events, which hold points and are shown to nobody. */
const NAVNLOSE = ['id', 'type', 'sti', 'personId', 'mottakerId'];
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** The same data with every text in it, however deep, as a name may be shown. An instant keeps its point: it is none. */
function uskadelig<T>(data: T): T {
	if (typeof data === 'string') return (INSTANT.test(data) ? data : navnIEpost(data)) as T;
	if (Array.isArray(data)) return data.map((verdi: unknown) => uskadelig(verdi)) as T;
	if (data === null || typeof data !== 'object') return data;
	return Object.fromEntries(
		Object.entries(data).map(([felt, verdi]: [string, unknown]) => [
			felt,
			NAVNLOSE.includes(felt) ? verdi : uskadelig(verdi)
		])
	) as T;
}
