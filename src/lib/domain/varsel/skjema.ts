import { KANALER, VARSELGRUPPER, type Kanal, type Varselgruppe, type Varselvalg } from './grupper.ts';
import { STANDARD_UKEDAG, UKEDAGER, type Ukedag } from './uke.ts';

/** The form of what one is told, and how (S17): a box for each group and way, named `<gruppe>-<kanal>`. */

export const feltnavn = (gruppe: Varselgruppe, kanal: Kanal): string => `${gruppe}-${kanal}`;

/** Every field of the form; `av` is the button that turns all of one group off. */
export const VALGFELTER: readonly string[] = [
	...VARSELGRUPPER.flatMap((gruppe) => KANALER.map((kanal) => feltnavn(gruppe, kanal))),
	...['ingenEpost', 'dag', 'av']
];

export type Innstillinger = { valg: Varselvalg; ingenEpost: boolean; dag: Ukedag };

/** What the form says: a box that is not ticked is not sent. A weekday that is none is Monday. */
export function tolkValg(felter: Readonly<Record<string, string>>): Innstillinger {
	const valg = Object.fromEntries(
		VARSELGRUPPER.map((gruppe) => {
			const valgt = (kanal: Kanal) => felter['av'] !== gruppe && felter[feltnavn(gruppe, kanal)] === 'ja';
			return [gruppe, { umiddelbar: valgt('umiddelbar'), ukentlig: valgt('ukentlig'), hjem: valgt('hjem') }];
		})
	) as Varselvalg;
	const dag = UKEDAGER.find((ukedag) => String(ukedag) === felter['dag']) ?? STANDARD_UKEDAG;
	return { valg, ingenEpost: felter['ingenEpost'] === 'ja', dag };
}
