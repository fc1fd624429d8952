import type { Actor } from '#lib/domain/actor.ts';
import type { Samtale } from '#lib/domain/samtale/samtale.ts';
import * as m from '#lib/i18n/paraglide/messages.js';
import type { Kalenderhendelse } from './ics.ts';

/** What a calendar may know of a samtale: when, where and with whom. */
export type SamtaleIKalender = Omit<Samtale, 'dato' | 'lisId' | 'avlystGrunn'> & {
	dato: string;
	/** Those who take part; the reader may be among them. */
	deltakere: { personId: string; navn: string }[];
};

/**
 * A samtale as an appointment of the reader, in the reader's language; for the page and for mail alike.
 * @param origin the portal's own address, from the configuration: never from a request
 */
export function samtaleHendelse(
	samtale: SamtaleIKalender,
	{ leser, origin }: { leser: Pick<Actor, 'brukerId' | 'sprak'>; origin: string }
): Kalenderhendelse {
	const sprak = { locale: leser.sprak };
	const lenke = `${origin}/samtaler/${samtale.id}`;
	const andre = samtale.deltakere.filter(({ personId }) => personId !== leser.brukerId).map(({ navn }) => navn);
	const avlyst = samtale.status === 'avlyst';
	return {
		uid: `${samtale.id}@${new URL(origin).hostname}`,
		// An avlysning changes neither time nor place, and must be newer than the last file that did.
		sekvens: samtale.versjon + (avlyst ? 1 : 0),
		tittel: andre.length > 0 ? m.kalender_tittel_med({ navn: andre.join(', ') }, sprak) : m.kalender_tittel({}, sprak),
		beskrivelse: m.kalender_beskrivelse({ lenke }, sprak),
		lenke,
		dato: samtale.dato,
		fra: samtale.fra,
		til: samtale.til,
		sted: samtale.sted,
		avlyst
	};
}
