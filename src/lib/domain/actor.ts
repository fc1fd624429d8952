/** Roles that hold for one LIS (product.md, «Roles»). `supervisor` always means supervisør, never veileder. */
export type RelasjonRolle = 'leder' | 'veileder' | 'supervisor';
/** Roles that hold for the portal. */
export type FastRolle = 'hdir' | 'drift';
export type Rolle = 'lis' | RelasjonRolle | FastRolle;
export const ROLLER: readonly Rolle[] = ['lis', 'veileder', 'leder', 'supervisor', 'hdir', 'drift'];

export type Gyldighet = { fra: Date; til: Date | null };
export type Relasjon = Gyldighet & { lisId: string; rolle: RelasjonRolle };

/** The person who acts, with every role and relation, ended ones too: rights depend on dates. */
export type Actor = {
	brukerId: string;
	brukernavn: string;
	navn: string;
	sprak: Sprak;
	/** Palette index 0–7 of the person's avatar and caret. */
	farge: number;
	erLis: boolean;
	fasteRoller: (Gyldighet & { rolle: FastRolle })[];
	relasjoner: Relasjon[];
};

export const SPRAK = ['nb', 'nn', 'en'] as const;
export type Sprak = (typeof SPRAK)[number];

/** Whether a validity holds at `now`: from inclusive, to exclusive. */
export function gjelder(gyldighet: Gyldighet, now: Date): boolean {
	return gyldighet.fra <= now && (gyldighet.til === null || gyldighet.til > now);
}

/** When the first of these that has an end still to come ends; null when none has. */
export function nesteSlutt(gyldigheter: Gyldighet[], now: Date): Date | null {
	const slutter = gyldigheter.flatMap(({ til }) => (til && til > now ? [til.getTime()] : []));
	return slutter.length > 0 ? new Date(Math.min(...slutter)) : null;
}

/** The actor's relations to one LIS that hold now. */
export function relasjonerTil(actor: Actor, lisId: string, now: Date): Relasjon[] {
	return actor.relasjoner.filter((relasjon) => relasjon.lisId === lisId && gjelder(relasjon, now));
}

/** Whether the actor has this role for this LIS now. */
export function harRolleFor(actor: Actor, rolle: RelasjonRolle, lisId: string, now: Date): boolean {
	return relasjonerTil(actor, lisId, now).some((relasjon) => relasjon.rolle === rolle);
}

/** Every role that the actor has now, for anybody. */
export function rollerNa(actor: Actor, now: Date): Rolle[] {
	const roller = new Set<Rolle>();
	if (actor.erLis) roller.add('lis');
	for (const relasjon of actor.relasjoner) if (gjelder(relasjon, now)) roller.add(relasjon.rolle);
	for (const fast of actor.fasteRoller) if (gjelder(fast, now)) roller.add(fast.rolle);
	return [...roller];
}

/** The roles that a person sees the portal in: the one that they have chosen, or all when they have not, or no longer have it. Rights are judged without it. */
export function visteRoller(roller: Rolle[], valgt: Rolle | null): Rolle[] {
	return valgt !== null && roller.includes(valgt) ? [valgt] : roller;
}

/** «Kari Nordmann» → «KN»; one word gives its first letter. */
export function initialer(navn: string): string {
	const ord = navn.trim().split(/\s+/);
	const forste = [...(ord[0] ?? '')][0] ?? '';
	const siste = ord.length > 1 ? ([...(ord[ord.length - 1] ?? '')][0] ?? '') : '';
	return (forste + siste).toUpperCase();
}

/** The first name, for a kind greeting. */
export function fornavn(navn: string): string {
	return navn.trim().split(/\s+/)[0] ?? navn;
}
