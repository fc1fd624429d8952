import type { HendelseType } from '../hendelse.ts';
import type { Kortgruppe, Varselgruppe } from './grupper.ts';

/**
 * Who is told, seen from the record: its LIS, those who follow the LIS now, the supervisør of the aktivitet, the others who take part in the
 * samtale, everybody at Helsedirektoratet, the person concerned, and whoever sent the invitation. Never the one who acts.
 */
export const MOTTAKERE = [
	'lis',
	'leder',
	'veileder',
	'supervisor',
	'deltaker',
	'hdir',
	'personen',
	'innbyder'
] as const;
export type Mottakerrolle = (typeof MOTTAKERE)[number];

/** Where a card and a mail lead. `objekt`: of the thing itself; `lis`: of the LIS it is about. */
export type Mal =
	| 'aktivitet'
	| 'mal'
	| 'samtale'
	| 'signering'
	| 'godkjenning'
	| 'laeringsmal'
	| 'laeringsmalForLis'
	| 'veiledning'
	| 'folk'
	| 'filer'
	| 'filerForLis'
	| 'sak'
	| 'hjem';

/** What one receiver is shown: in which group of cards, and where the one action leads. */
export type Kort = { kort: Kortgruppe; til: Mal };

/** Told, as each has chosen for the group. */
export type Varsel = {
	gruppe: Varselgruppe;
	/** By who one is to the record; whoever is several of them is told once, as the first. */
	mottakere: Partial<Record<Mottakerrolle, Kort>>;
	/** The command writes a mail of its own, with more in it than the common one; it goes as chosen for the group. */
	egetBrev?: true;
	/** Not told when the event says that it is so. */
	unntatt?: (data: Readonly<Record<string, unknown>>) => boolean;
};

/**
 * What an event does to notifications. Each with a rule settles the cards that stand unread about the same thing: the newest word is the one that
 * holds. `obligatorisk`: a mail of the command's that cannot be turned off, and no card (S18). `slukker`: settles, and tells nobody anew.
 */
export type Varselregel = Varsel | { obligatorisk: true } | { slukker: true };

const OM_MEG = { kort: 'varsler' } as const;
const FOLGER_OPP = { kort: 'medarbeideroppfolging' } as const;

const omAktivitet: Varsel = { gruppe: 'signering', mottakere: { lis: { ...OM_MEG, til: 'aktivitet' } } };
const omMal: Varsel = { gruppe: 'godkjenning', mottakere: { lis: { ...OM_MEG, til: 'mal' } } };
const omAnbefaling: Varsel = { gruppe: 'laering', mottakere: { lis: { ...OM_MEG, til: 'mal' } } };
const omPlan: Varsel = { gruppe: 'planer', mottakere: { lis: { ...OM_MEG, til: 'laeringsmal' } } };
/** Of the samtale: the LIS as what happened to them, the veileder as follow-up. */
const omSamtale: Varsel = {
	gruppe: 'veiledning',
	mottakere: { lis: { ...OM_MEG, til: 'samtale' }, deltaker: { ...FOLGER_OPP, til: 'samtale' } }
};
const omInvitasjon: Varsel = {
	gruppe: 'invitasjoner',
	mottakere: { lis: { ...OM_MEG, til: 'folk' }, innbyder: { ...OM_MEG, til: 'folk' } }
};
const omPersonen: Varsel = { gruppe: 'invitasjoner', mottakere: { personen: { ...OM_MEG, til: 'hjem' } } };
const omFremdrift: Varsel = {
	gruppe: 'fremdrift',
	mottakere: {
		lis: { ...OM_MEG, til: 'laeringsmal' },
		leder: { ...FOLGER_OPP, til: 'laeringsmalForLis' },
		veileder: { ...FOLGER_OPP, til: 'laeringsmalForLis' }
	}
};
/** What has stood for long, told by the worker: all of one day is one mail to each (paminnelser/brev.ts). */
const PAMINNELSE = { gruppe: 'paminnelser', egetBrev: true } as const;
const OBLIGATORISK = { obligatorisk: true } as const;
const SLUKKER = { slukker: true } as const;

/**
 * What each event of the product tells, to whom: an event without an entry does not compile. Null where nobody is told, with the reason.
 */
export const VARSLER = {
	// One's own session and electronic ID: shown under Innstillinger; what is dangerous in it has a mail of its own.
	'okt.opprettet': null,
	'okt.avsluttet': null,
	'eid.avvist': null,
	'eid.bekreftet': null,
	'eid.bevist': null,
	// One's own acts.
	'bruker.reaktivert': null,
	'bruker.opprettet': null,
	'bruker.profil-endret': null,
	'bruker.registrert': null,
	'bruker.varsler-endret': null,
	'bruker.varslet': OBLIGATORISK,
	'bruker.deaktivert': OBLIGATORISK,
	'bruker.innlogging-satt': OBLIGATORISK,
	'bruker.epost-rettet': OBLIGATORISK,
	'bruker.epost-bedt-om': OBLIGATORISK,
	'bruker.epost-byttet': OBLIGATORISK,
	// The work of drift, on things that are nobody's.
	'epost.sett': null,
	'sted.opprettet': null,
	'rolle.gitt': { gruppe: 'sikkerhet', mottakere: { personen: { ...OM_MEG, til: 'hjem' } } },
	'rolle.avsluttet': { gruppe: 'sikkerhet', mottakere: { personen: { ...OM_MEG, til: 'hjem' } } },
	// The LIS' own «Vet ikke ennå»: a standing task on Hjem.
	'rolle.mangler': null,
	'invitasjon.sendt': OBLIGATORISK,
	'invitasjon.purret': OBLIGATORISK,
	// Seen under Mine folk; whoever opens a link should not feel watched.
	'invitasjon.apnet': null,
	'invitasjon.akseptert': { ...omInvitasjon, egetBrev: true },
	'invitasjon.til-bekreftelse': { ...omInvitasjon, egetBrev: true },
	'invitasjon.avslatt': { ...omInvitasjon, egetBrev: true },
	'invitasjon.ikke-meg': { ...omInvitasjon, egetBrev: true },
	'invitasjon.bedt-om-ny': { ...omInvitasjon, egetBrev: true },
	'invitasjon.utlopt': omInvitasjon,
	// Whoever is confirmed is told by the relation that they get.
	'invitasjon.bekreftet': SLUKKER,
	'invitasjon.avvist': omPersonen,
	// The invited has no user to tell it to; the link says so.
	'invitasjon.trukket': null,
	'relasjon.opprettet': omPersonen,
	'relasjon.avsluttet': {
		gruppe: 'invitasjoner',
		mottakere: { personen: { ...OM_MEG, til: 'hjem' }, lis: { ...OM_MEG, til: 'folk' } },
		// The LIS is told that the new one has accepted.
		unntatt: ({ grunn }) => grunn === 'fast i rollen'
	},
	'samtale.opprettet': omSamtale,
	'samtale.flyttet': omSamtale,
	'samtale.forslag': omSamtale,
	'samtale.forslag-godtatt': omSamtale,
	'samtale.forslag-avvist': omSamtale,
	'samtale.ferdigstilt': omSamtale,
	'samtale.avlyst': omSamtale,
	'samtale.gjenopprettet': omSamtale,
	'samtale.paminnelse': { ...omSamtale, egetBrev: true },
	'samtale.uteblitt': {
		...PAMINNELSE,
		mottakere: { lis: { ...OM_MEG, til: 'veiledning' }, veileder: { ...FOLGER_OPP, til: 'veiledning' } }
	},
	'samtale.merknad': omSamtale,
	// The first word, written by the database; whoever is there sees it.
	'samtale.aktiv': null,
	// The portal's own seal, on what both have been told of.
	'samtale.signert': null,
	// Ten minutes that end by themselves, seen by whoever has the page open.
	'samtale.ferdigstilling-begynt': null,
	'samtale.ferdigstilling-avbrutt': null,
	'samtale.ferdigstilling-utlopt': null,
	// The LIS' own drafts.
	'aktivitet.opprettet': null,
	'aktivitet.slettet': null,
	'aktivitet.registrert': null,
	'aktivitet.angret': null,
	'aktivitet.kode-laget': null,
	'aktivitet.sendt': {
		gruppe: 'signering',
		mottakere: { supervisor: { ...FOLGER_OPP, til: 'signering' } },
		// Sent by scanning the code: it is signed in the same act.
		unntatt: ({ kode }) => kode === true
	},
	'aktivitet.purret': { gruppe: 'signering', mottakere: { supervisor: { ...FOLGER_OPP, til: 'signering' } } },
	'aktivitet.paminnet': { ...PAMINNELSE, mottakere: { supervisor: { ...FOLGER_OPP, til: 'signering' } } },
	// The leder hears of what stands with a supervisør; what stands with the leder the LIS is told of.
	'aktivitet.paminnet-igjen': {
		...PAMINNELSE,
		mottakere: { supervisor: { ...FOLGER_OPP, til: 'signering' }, leder: { ...FOLGER_OPP, til: 'laeringsmalForLis' } }
	},
	'aktivitet.trukket': SLUKKER,
	'aktivitet.signert': omAktivitet,
	'aktivitet.underkjent': omAktivitet,
	'aktivitet.annullert': { gruppe: 'signering', mottakere: { personen: { ...FOLGER_OPP, til: 'hjem' } } },
	'mal.sendt': { gruppe: 'godkjenning', mottakere: { leder: { ...FOLGER_OPP, til: 'godkjenning' } } },
	'mal.purret': { gruppe: 'godkjenning', mottakere: { leder: { ...FOLGER_OPP, til: 'godkjenning' } } },
	'mal.paminnet': { ...PAMINNELSE, mottakere: { leder: { ...FOLGER_OPP, til: 'godkjenning' } } },
	'mal.paminnet-igjen': {
		...PAMINNELSE,
		mottakere: { leder: { ...FOLGER_OPP, til: 'godkjenning' }, lis: { ...OM_MEG, til: 'mal' } }
	},
	'mal.trukket': SLUKKER,
	'mal.godkjent': omMal,
	'mal.sendt-tilbake': omMal,
	'mal.underkjent': omMal,
	'mal.godkjenning-trukket': OBLIGATORISK,
	'mal.bekreftet': OBLIGATORISK,
	'mal.bekreftelse-trukket': OBLIGATORISK,
	'mal.anbefalt': omAnbefaling,
	'mal.anbefaling-trukket': omAnbefaling,
	'mal.flyttet': { ...omPlan, mottakere: { lis: { ...OM_MEG, til: 'mal' } } },
	'plan.tildelt': omPlan,
	'plan.slettet': omPlan,
	'plan.arkivert': omPlan,
	'plan.flyttet': omPlan,
	'plan.behandlet': omPlan,
	'plan.fullfort': {
		gruppe: 'planer',
		mottakere: {
			lis: { ...OM_MEG, til: 'laeringsmal' },
			veileder: { ...FOLGER_OPP, til: 'laeringsmalForLis' },
			leder: { ...FOLGER_OPP, til: 'laeringsmalForLis' }
		}
	},
	'plan.delt': { gruppe: 'planer', mottakere: { hdir: { ...FOLGER_OPP, til: 'sak' } } },
	'plan.deaktivert': OBLIGATORISK,
	// Follow from what the LIS does, or from a withdrawn approval that has its mail.
	'plan.begynt': null,
	'plan.vekket': null,
	'plan.gjenapnet': null,
	// Helsedirektoratet's own drafts; a published version reaches a LIS as «plan.flyttet».
	'katalog.utkast': null,
	'katalog.endret': null,
	'katalog.publisert': null,
	'katalog.forkastet': null,
	'fravaer.registrert': omFremdrift,
	'fravaer.slettet': omFremdrift,
	'utdanningsplan.skrevet': omFremdrift,
	'utdanningsplan.enig': omFremdrift,
	'tjeneste.halvveis': { ...omFremdrift, ...PAMINNELSE },
	'tjeneste.bekreftet': omFremdrift,
	'fil.lastet-opp': {
		gruppe: 'filer',
		mottakere: { lis: { ...OM_MEG, til: 'filer' }, veileder: { ...FOLGER_OPP, til: 'filerForLis' } },
		// One that belongs to a samtale, an aktivitet or a goal is found there, by those who may read it.
		unntatt: ({ kobling }) => (kobling as { slag?: unknown } | undefined)?.slag !== 'ingen'
	},
	// The page of the files shows how the check of a file goes.
	'fil.klarert': null,
	// Whoever sent it, veileder or LIS; nobody else ever sees it.
	'fil.avvist': { gruppe: 'filer', mottakere: { personen: { ...OM_MEG, til: 'filerForLis' } } },
	// By the one who sent it.
	'fil.slettet': null,
	// Shown on Hjem itself, by role.
	'melding.publisert': null,
	'melding.trukket': null
} as const satisfies Record<HendelseType, Varselregel | null>;

/** The events that somebody is told of. */
export type VarseltHendelse = {
	[T in HendelseType]: (typeof VARSLER)[T] extends { mottakere: object } ? T : never;
}[HendelseType];

/** The rule of an event; undefined when nothing comes of it. */
export function varselregel(type: HendelseType): Varselregel | undefined {
	return VARSLER[type] ?? undefined;
}

/** Whether somebody is told of it: an event by a name that is not known any more is not. */
export function erVarslet(type: string): type is VarseltHendelse {
	const regel = Object.hasOwn(VARSLER, type) ? VARSLER[type as HendelseType] : null;
	return regel !== null && 'mottakere' in regel;
}
