import type { SamtaleStatus, Tidspunkt } from '#lib/domain/samtale/samtale.ts';
import { erAktiv, etterTid } from '#lib/domain/samtale/samtale.ts';
import { initialer } from '#lib/domain/actor.ts';
import type { SamtaleKortRad } from '../queries/samtale.ts';

/** A samtale in a list. `kanApne`: the asker may read it. */
export type SamtaleKort = Tidspunkt & { id: string; status: SamtaleStatus; kanApne: boolean };

/** A person in a list. */
export type PersonKort = { id: string; navn: string; initialer: string; farge: number };

export function personKort(person: { id: string; navn: string; farge: number }): PersonKort {
	return { id: person.id, navn: person.navn, initialer: initialer(person.navn), farge: person.farge };
}

/** That it exists, its date and status may be known beyond those who read it (product.md); the place is people's own words. */
export function samtaleKort(rad: SamtaleKortRad, kanApne: boolean): SamtaleKort {
	const { id, status, dato, fra, til } = rad;
	return { id, status, dato, fra, til, sted: kanApne ? rad.sted : null, kanApne };
}

/** S10: Aktive, Tidligere (latest first); avlyste stand in neither. */
export function delOpp(kort: SamtaleKort[]): {
	aktive: SamtaleKort[];
	tidligere: SamtaleKort[];
	avlyste: SamtaleKort[];
} {
	const sortert = kort.toSorted(etterTid);
	return {
		aktive: sortert.filter((k) => erAktiv(k.status)),
		tidligere: sortert.filter((k) => k.status === 'ferdigstilt').toReversed(),
		avlyste: sortert.filter((k) => k.status === 'avlyst').toReversed()
	};
}
