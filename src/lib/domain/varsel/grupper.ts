/** The groups in which one chooses what to be told of, and how (S17). */
export const VARSELGRUPPER = [
	'signering',
	'godkjenning',
	'laering',
	'veiledning',
	'invitasjoner',
	'planer',
	'filer',
	'fremdrift',
	'paminnelser',
	'sikkerhet'
] as const;
export type Varselgruppe = (typeof VARSELGRUPPER)[number];

/** S4: what happened to me or my record, and what people I follow up and I owe each other. */
export const KORTGRUPPER = ['varsler', 'medarbeideroppfolging'] as const;
export type Kortgruppe = (typeof KORTGRUPPER)[number];

/** The ways to be told. */
export const KANALER = ['umiddelbar', 'ukentlig', 'hjem'] as const;
export type Kanal = (typeof KANALER)[number];

/** Any combination; none is «Skru av varsler». */
export type Valg = Record<Kanal, boolean>;
export type Varselvalg = Record<Varselgruppe, Valg>;

const MED_EN_GANG: Valg = { umiddelbar: true, ukentlig: true, hjem: true };
const I_RO: Valg = { umiddelbar: false, ukentlig: true, hjem: true };
const BARE_NA: Valg = { umiddelbar: true, ukentlig: false, hjem: true };

/** What holds until one chooses: at once what somebody waits for, the rest gathered; only what differs from it is kept. */
export const STANDARDVALG: Readonly<Varselvalg> = {
	signering: MED_EN_GANG,
	godkjenning: MED_EN_GANG,
	laering: I_RO,
	veiledning: MED_EN_GANG,
	invitasjoner: BARE_NA,
	planer: MED_EN_GANG,
	filer: I_RO,
	fremdrift: I_RO,
	paminnelser: MED_EN_GANG,
	sikkerhet: BARE_NA
};

/** The choices of one person: the kept ones over the defaults. Names that are no group are passed over. */
export function valgMed(lagret: readonly (Valg & { gruppe: string })[]): Varselvalg {
	const av = new Map(lagret.map((valg) => [valg.gruppe, valg]));
	return Object.fromEntries(
		VARSELGRUPPER.map((gruppe) => {
			const { umiddelbar, ukentlig, hjem } = av.get(gruppe) ?? STANDARDVALG[gruppe];
			return [gruppe, { umiddelbar, ukentlig, hjem }];
		})
	) as Varselvalg;
}

/** Whether these are what nobody needs to keep. */
export function erStandard(gruppe: Varselgruppe, valg: Valg): boolean {
	return KANALER.every((kanal) => valg[kanal] === STANDARDVALG[gruppe][kanal]);
}

/** Whether a name is one of a group. */
export function erVarselgruppe(navn: string): navn is Varselgruppe {
	return (VARSELGRUPPER as readonly string[]).includes(navn);
}
