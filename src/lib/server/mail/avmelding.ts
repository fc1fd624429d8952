import type { Varselgruppe } from '#lib/domain/varsel/grupper.ts';
import type { Mal, MalData } from './maler.ts';

/** What a link in a mail turns off: mail of a group, or the weekly summary. */
export type Avmeldingsgruppe = Varselgruppe | 'ukentlig';

const GRUPPER: { [M in Mal]?: (data: MalData[M]) => Avmeldingsgruppe } = {
	varsel: ({ varsel }) => varsel.gruppe,
	ukesoppsummering: () => 'ukentlig',
	samtale_paminnelse: () => 'veiledning',
	paminnelse: () => 'paminnelser',
	invitasjon_svar: () => 'invitasjoner',
	invitasjon_bekreft_person: () => 'invitasjoner',
	invitasjon_be_om_ny: () => 'invitasjoner'
};

/** What whoever gets this mail can turn off; undefined for mandatory mail (S18). `data` is that of this very template. */
export function avmeldingsgruppe(mal: string, data: unknown): Avmeldingsgruppe | undefined {
	return Object.hasOwn(GRUPPER, mal) ? (GRUPPER[mal as Mal] as (data: unknown) => Avmeldingsgruppe)(data) : undefined;
}
