/** Why an attempt at electronic ID opened nothing, as a person is told. Pure. */
export const EID_GRUNNER = [
	'avbrutt',
	'lavt_niva',
	'uten_pid',
	'for_gammel',
	'ugyldig',
	'utilgjengelig',
	'annen_person',
	'ikke_aktiv'
] as const;
export type EidGrunn = (typeof EID_GRUNNER)[number];

/** What an attempt is for: to log in, or to confirm once more that it is the person who is logged in (step-up). */
export type EidFormal = 'logg-inn' | 'bekreft';

/** An attempt must come back from the provider within this. Milliseconds. */
export const EID_FORSOK_MS = 10 * 60 * 1000;
/** How long somebody without a user may take to register. Milliseconds. */
export const EID_BEVIS_MS = 30 * 60 * 1000;

/** The reason that an address names; one that nobody has given is «ugyldig». */
export function eidGrunn(tekst: string | null): EidGrunn {
	return EID_GRUNNER.find((grunn) => grunn === tekst) ?? 'ugyldig';
}

/**
 * Whether a session may do what asks for step-up: the person identified with electronic ID in it, not longer ago than
 * `maksAlderMs` (trust.md, «Step-up»).
 */
export function erBekreftet(okt: { eidAt: Date | null }, now: Date, maksAlderMs: number): boolean {
	return okt.eidAt !== null && now.getTime() - okt.eidAt.getTime() <= maksAlderMs;
}

/**
 * Whether a session must be proven by electronic ID before it signs and approves: `kreves` says that the installation wants it, and once in a
 * session is enough, however many are signed in it (trust.md, «Step-up»).
 */
export function manglerEid(okt: { eidAt: Date | null }, kreves: boolean): boolean {
	return kreves && okt.eidAt === null;
}
