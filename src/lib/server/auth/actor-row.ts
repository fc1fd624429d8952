import type { Actor, FastRolle, RelasjonRolle, Sprak } from '#lib/domain/actor.ts';

/** The columns of the view `innlogget_bruker` that make an actor. */
export type ActorRow = {
	brukernavn: string | null;
	navn: string | null;
	sprak: string | null;
	farge: number | null;
	status: string | null;
	er_lis: boolean | null;
	faste_roller: unknown;
	relasjoner: unknown;
};

type JsonGyldighet = { fra: string; til: string | null };

/** Makes an actor of a row; undefined when the person may not be logged in (not active). */
export function actorOf(brukerId: string, row: ActorRow): Actor | undefined {
	if (row.status !== 'aktiv' && row.status !== 'varslet') return undefined;
	return {
		brukerId,
		brukernavn: row.brukernavn ?? '',
		navn: row.navn ?? '',
		sprak: (row.sprak ?? 'nb') as Sprak,
		farge: row.farge ?? 0,
		erLis: row.er_lis ?? false,
		fasteRoller: (row.faste_roller as (JsonGyldighet & { rolle: FastRolle })[]).map(medDatoer),
		relasjoner: (row.relasjoner as (JsonGyldighet & { lisId: string; rolle: RelasjonRolle })[]).map(medDatoer)
	};
}

function medDatoer<T extends JsonGyldighet>(rad: T): Omit<T, 'fra' | 'til'> & { fra: Date; til: Date | null } {
	return { ...rad, fra: new Date(rad.fra), til: rad.til === null ? null : new Date(rad.til) };
}
