import type { Kortgruppe, Varselgruppe } from '#lib/domain/varsel/grupper.ts';
import { erVarslet, VARSLER, type Mal, type Mottakerrolle, type VarseltHendelse } from '#lib/domain/varsel/regler.ts';
import type { Varselmer, Varselnavn } from '#lib/domain/varsel/tekst.ts';
import type { Venter } from '#lib/domain/varsel/venter.ts';
import { formatDato, formatTid } from './format.ts';
import * as m from './paraglide/messages.js';
import type { Locale } from './paraglide/runtime.js';

/** The language, where nobody's page says it: in a mail. */
type I = { locale?: Locale };
type Navn = Record<'aktor' | 'lis' | 'person' | 'kode' | 'rolle' | 'nar', string> &
	Record<'uker' | 'fullfort' | 'sendt' | 'gjenstar', number>;
type Tekst = (navn: Navn, i: I) => string;

/** What is told of each event; one that lacks its text does not compile. */
const TEKSTER: Record<VarseltHendelse, Tekst> = {
	'rolle.gitt': m.varsel_rolle_gitt,
	'rolle.avsluttet': m.varsel_rolle_avsluttet,
	'invitasjon.akseptert': m.varsel_invitasjon_akseptert,
	'invitasjon.til-bekreftelse': m.varsel_invitasjon_til_bekreftelse,
	'invitasjon.avslatt': m.varsel_invitasjon_avslatt,
	'invitasjon.ikke-meg': m.varsel_invitasjon_ikke_meg,
	'invitasjon.bedt-om-ny': m.varsel_invitasjon_bedt_om_ny,
	'invitasjon.utlopt': m.varsel_invitasjon_utlopt,
	'invitasjon.avvist': m.varsel_invitasjon_avvist,
	'relasjon.opprettet': m.varsel_relasjon_opprettet,
	'relasjon.avsluttet': m.varsel_relasjon_avsluttet,
	'samtale.opprettet': m.varsel_samtale_opprettet,
	'samtale.flyttet': m.varsel_samtale_flyttet,
	'samtale.forslag': m.varsel_samtale_forslag,
	'samtale.forslag-godtatt': m.varsel_samtale_forslag_godtatt,
	'samtale.forslag-avvist': m.varsel_samtale_forslag_avvist,
	'samtale.ferdigstilt': m.varsel_samtale_ferdigstilt,
	'samtale.avlyst': m.varsel_samtale_avlyst,
	'samtale.gjenopprettet': m.varsel_samtale_gjenopprettet,
	'samtale.paminnelse': m.varsel_samtale_paminnelse,
	'samtale.uteblitt': m.varsel_samtale_uteblitt,
	'samtale.merknad': m.varsel_samtale_merknad,
	'aktivitet.sendt': m.varsel_aktivitet_sendt,
	'aktivitet.purret': m.varsel_aktivitet_purret,
	'aktivitet.paminnet': m.varsel_aktivitet_paminnet,
	'aktivitet.paminnet-igjen': m.varsel_aktivitet_paminnet_igjen,
	'aktivitet.signert': m.varsel_aktivitet_signert,
	'aktivitet.underkjent': m.varsel_aktivitet_underkjent,
	'aktivitet.annullert': m.varsel_aktivitet_annullert,
	'mal.sendt': m.varsel_mal_sendt,
	'mal.purret': m.varsel_mal_purret,
	'mal.paminnet': m.varsel_mal_paminnet,
	'mal.paminnet-igjen': m.varsel_mal_paminnet_igjen,
	'mal.godkjent': m.varsel_mal_godkjent,
	'mal.sendt-tilbake': m.varsel_mal_sendt_tilbake,
	'mal.underkjent': m.varsel_mal_underkjent,
	'mal.anbefalt': m.varsel_mal_anbefalt,
	'mal.anbefaling-trukket': m.varsel_mal_anbefaling_trukket,
	'mal.flyttet': m.varsel_mal_flyttet,
	'plan.tildelt': m.varsel_plan_tildelt,
	'plan.slettet': m.varsel_plan_slettet,
	'plan.arkivert': m.varsel_plan_arkivert,
	'plan.flyttet': m.varsel_plan_flyttet,
	'plan.behandlet': m.varsel_plan_behandlet,
	'plan.fullfort': m.varsel_plan_fullfort,
	'plan.delt': m.varsel_plan_delt,
	'fravaer.registrert': m.varsel_fravaer_registrert,
	'fravaer.slettet': m.varsel_fravaer_slettet,
	'utdanningsplan.skrevet': m.varsel_utdanningsplan_skrevet,
	'utdanningsplan.enig': m.varsel_utdanningsplan_enig,
	'tjeneste.halvveis': m.varsel_tjeneste_halvveis,
	'tjeneste.bekreftet': m.varsel_tjeneste_bekreftet,
	'fil.lastet-opp': m.varsel_fil_lastet_opp,
	'fil.avvist': m.varsel_fil_avvist
};
/** Where somebody is told otherwise than the others, by who they are to the record. */
const FOR: Partial<Record<VarseltHendelse, Partial<Record<string, Tekst>>>> = {
	'relasjon.avsluttet': { lis: m.varsel_relasjon_avsluttet_lis },
	'samtale.uteblitt': { lis: m.varsel_samtale_uteblitt_lis },
	'aktivitet.paminnet-igjen': { leder: m.varsel_aktivitet_paminnet_igjen_leder },
	'mal.paminnet-igjen': { lis: m.varsel_mal_paminnet_igjen_lis },
	'tjeneste.halvveis': { lis: m.varsel_tjeneste_halvveis_lis }
};

const HANDLINGER: Record<Mal, (inn: Record<string, never>, i: I) => string> = {
	aktivitet: m.varsel_til_aktivitet,
	mal: m.varsel_til_mal,
	samtale: m.varsel_til_samtale,
	signering: m.varsel_til_signering,
	godkjenning: m.varsel_til_godkjenning,
	laeringsmal: m.varsel_til_laeringsmal,
	laeringsmalForLis: m.varsel_til_laeringsmal_for_lis,
	veiledning: m.varsel_til_veiledning,
	folk: m.varsel_til_folk,
	filer: m.varsel_til_filer,
	filerForLis: m.varsel_til_filer,
	sak: m.varsel_til_sak,
	hjem: m.varsel_til_hjem
};
const ROLLER: Record<string, (inn: Record<string, never>, i: I) => string> = {
	leder: m.epost_rolle_leder,
	veileder: m.epost_rolle_veileder,
	supervisor: m.epost_rolle_supervisor,
	hdir: m.rolle_hdir,
	drift: m.rolle_drift
};
const GRUPPER: Record<Varselgruppe, (inn: Record<string, never>, i: I) => string> = {
	signering: m.varsel_gruppe_signering,
	godkjenning: m.varsel_gruppe_godkjenning,
	laering: m.varsel_gruppe_laering,
	veiledning: m.varsel_gruppe_veiledning,
	invitasjoner: m.varsel_gruppe_invitasjoner,
	planer: m.varsel_gruppe_planer,
	filer: m.varsel_gruppe_filer,
	fremdrift: m.varsel_gruppe_fremdrift,
	paminnelser: m.varsel_gruppe_paminnelser,
	sikkerhet: m.varsel_gruppe_sikkerhet
};

/** A notification as it is told; `som` is who the receiver is to the record. */
export type Fortalt = { type: string; som: string; navn: Varselnavn };

/** What has happened, in one sentence without a full stop. One of a kind that is not known any more still says that something has. */
export function varseltekst({ type, som, navn }: Fortalt, i: I = {}): string {
	if (!erVarslet(type)) return m.varsel_ukjent({}, i);
	const noen = m.varsel_noen({}, i);
	const { aktor, lis, person, kode, rolle, mer = {} } = navn;
	const tekst = FOR[type]?.[som] ?? TEKSTER[type];
	return tekst(
		{
			...{ aktor: aktor ?? noen, lis: lis ?? noen, person: person ?? noen, kode: kode ?? '' },
			rolle: ROLLER[rolle ?? '']?.({}, i) ?? rolle ?? '',
			nar: tidspunkt(mer, i),
			...{ uker: mer.uker ?? 0, fullfort: mer.fullfort ?? 0, sendt: mer.sendt ?? 0, gjenstar: mer.gjenstar ?? 0 }
		},
		i
	);
}

/** «24. november 2026 kl. 14.30». */
function tidspunkt({ dato, tid }: Varselmer, i: I): string {
	if (dato === undefined) return '';
	return tid ? `${formatDato(dato, i)} ${m.dato_klokke({ tid: formatTid(tid, i) }, i)}` : formatDato(dato, i);
}

/** The one action that goes with it. */
export function varselhandling({ type, som }: Pick<Fortalt, 'type' | 'som'>, i: I = {}): string {
	const kort = erVarslet(type) ? mottakereAv(type)[som as Mottakerrolle] : undefined;
	return HANDLINGER[kort?.til ?? 'hjem']({}, i);
}

function mottakereAv(type: VarseltHendelse): Partial<Record<Mottakerrolle, { til: Mal }>> {
	return VARSLER[type].mottakere;
}

/** The name of a group. */
export function gruppenavn(gruppe: Varselgruppe, i: I = {}): string {
	return GRUPPER[gruppe]({}, i);
}

/** The role in which one is told, within a sentence; undefined where it is none of those that follow a LIS. */
export function rollefor(som: string, i: I = {}): string | undefined {
	return ROLLER[som === 'deltaker' ? 'veileder' : som]?.({}, i);
}

const KORTGRUPPER: Record<Kortgruppe, () => string> = {
	varsler: m.varsler_varsler,
	medarbeideroppfolging: m.varsler_medarbeideroppfolging
};

/** The name of a group of cards. */
export function kortgruppenavn(gruppe: Kortgruppe): string {
	return KORTGRUPPER[gruppe]();
}

/** One, and several, of what waits; and the one action that goes with it. */
const VENTENDE: Record<
	Venter,
	[ett: () => string, flere: (inn: { antall: number }) => string, handling: () => string]
> = {
	signering: [m.venter_signering_ett, m.venter_signering_flere, () => m.varsel_til_signering()],
	godkjenning: [m.venter_godkjenning_ett, m.venter_godkjenning_flere, () => m.varsel_til_godkjenning()],
	anbefaling: [m.venter_anbefaling_ett, m.venter_anbefaling_flere, () => m.varsel_til_laeringsmal_for_lis()],
	forslag: [m.venter_forslag_ett, m.venter_forslag_flere, m.venter_svar],
	bekreftPerson: [m.venter_person_ett, m.venter_person_flere, m.venter_svar],
	bekreftSignatur: [m.venter_signatur_ett, m.venter_signatur_flere, m.venter_svar],
	aktivitet: [m.venter_aktivitet_ett, m.venter_aktivitet_flere, () => m.varsel_til_aktivitet()],
	mal: [m.venter_mal_ett, m.venter_mal_flere, m.venter_se],
	sak: [m.venter_sak_ett, m.venter_sak_flere, () => m.varsel_til_sak()],
	epost: [m.venter_epost_ett, m.venter_epost_flere, m.venter_se]
};

/** «3 læringsaktiviteter venter på signering». */
export function ventetekst({ hva, antall }: { hva: Venter; antall: number }): string {
	const [ett, flere] = VENTENDE[hva];
	return antall === 1 ? ett() : flere({ antall });
}

/** What one does about it. */
export function ventehandling({ hva }: { hva: Venter }): string {
	return VENTENDE[hva][2]();
}
