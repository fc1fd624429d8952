import type { Rolle } from '#lib/domain/actor.ts';
import * as m from './paraglide/messages.js';

/** A journey: told in a few sentences, or step by step. */
type Avsnitt = { tittel: () => string; tekst?: () => string; steg?: (() => string)[] };

const KONTO: Avsnitt = { tittel: m.hjelp_konto_tittel, tekst: m.hjelp_konto };
const AKSEPTER: Avsnitt = { tittel: m.hjelp_veileder_1_tittel, tekst: m.hjelp_veileder_1 };
const FOLGE: Avsnitt = { tittel: m.hjelp_folge_tittel, steg: [m.hjelp_folge_1, m.hjelp_folge_2] };
const FILER: Avsnitt = { tittel: m.hjelp_fil_tittel, steg: [m.hjelp_fil_1, m.hjelp_fil_2, m.hjelp_fil_3] };
const VARSLER: Avsnitt = { tittel: m.hjelp_varsel_tittel, steg: [m.hjelp_varsel_1, m.hjelp_varsel_2] };

/** S21: what each role needs to know of the journeys that exist, in the order in which they meet them. */
const AVSNITT: Record<Rolle, Avsnitt[]> = {
	lis: [
		{ tittel: m.hjelp_lis_1_tittel, tekst: m.hjelp_lis_1 },
		{ tittel: m.hjelp_lis_2_tittel, tekst: m.hjelp_lis_2 },
		{ tittel: m.hjelp_lis_3_tittel, tekst: m.hjelp_lis_3 },
		{ tittel: m.hjelp_lis_4_tittel, tekst: m.hjelp_lis_4 },
		{ tittel: m.hjelp_lis_5_tittel, steg: [m.hjelp_lis_5_1, m.hjelp_lis_5_2, m.hjelp_lis_5_3, m.hjelp_lis_5_4] },
		{ tittel: m.hjelp_lis_6_tittel, steg: [m.hjelp_lis_6_1, m.hjelp_lis_6_2, m.hjelp_lis_6_3] },
		{ tittel: m.hjelp_purr_tittel, steg: [m.hjelp_purr_1, m.hjelp_purr_2] },
		{ tittel: m.hjelp_lis_7_tittel, steg: [m.hjelp_lis_7_1, m.hjelp_lis_7_2] },
		{ tittel: m.hjelp_lis_8_tittel, tekst: m.hjelp_lis_8_1 },
		FILER,
		VARSLER,
		KONTO
	],
	veileder: [
		AKSEPTER,
		{ tittel: m.hjelp_veileder_2_tittel, tekst: m.hjelp_veileder_2 },
		{ tittel: m.hjelp_veileder_3_tittel, tekst: m.hjelp_veileder_3 },
		{ tittel: m.hjelp_veileder_5_tittel, steg: [m.hjelp_veileder_5_1, m.hjelp_veileder_5_2] },
		FOLGE,
		FILER,
		{ tittel: m.hjelp_veileder_4_tittel, tekst: m.hjelp_veileder_4 },
		VARSLER,
		KONTO
	],
	leder: [
		{ tittel: m.hjelp_leder_1_tittel, tekst: m.hjelp_leder_1 },
		AKSEPTER,
		{ tittel: m.hjelp_leder_3_tittel, steg: [m.hjelp_leder_3_1, m.hjelp_leder_3_2, m.hjelp_leder_3_3] },
		FOLGE,
		{ tittel: m.hjelp_leder_4_tittel, steg: [m.hjelp_leder_4_1, m.hjelp_leder_4_2] },
		{ tittel: m.hjelp_veileder_4_tittel, tekst: m.hjelp_leder_2 },
		VARSLER,
		KONTO
	],
	supervisor: [
		{ tittel: m.hjelp_supervisor_1_tittel, tekst: m.hjelp_supervisor_1 },
		AKSEPTER,
		{
			tittel: m.hjelp_supervisor_2_tittel,
			steg: [m.hjelp_supervisor_2_1, m.hjelp_supervisor_2_2, m.hjelp_supervisor_2_3, m.hjelp_supervisor_2_4]
		},
		{ tittel: m.hjelp_supervisor_3_tittel, tekst: m.hjelp_supervisor_3 },
		VARSLER,
		KONTO
	],
	hdir: [
		{ tittel: m.hjelp_hdir_1_tittel, tekst: m.hjelp_hdir_1 },
		{ tittel: m.hjelp_hdir_2_tittel, steg: [m.hjelp_hdir_2_1, m.hjelp_hdir_2_2, m.hjelp_hdir_2_3] },
		{ tittel: m.hjelp_hdir_3_tittel, steg: [m.hjelp_hdir_3_1, m.hjelp_hdir_3_2, m.hjelp_hdir_3_3] },
		VARSLER,
		KONTO
	],
	drift: [
		{ tittel: m.hjelp_drift_1_tittel, tekst: m.hjelp_drift_1 },
		{ tittel: m.hjelp_drift_2_tittel, steg: [m.hjelp_drift_2_1, m.hjelp_drift_2_2, m.hjelp_drift_2_3] },
		VARSLER,
		KONTO
	]
};

/** The roles that have a help page, in the order of product.md. */
export const HJELPEROLLER = Object.keys(AVSNITT) as Rolle[];

/** The help of a role; undefined when there is no such role. */
export function hjelpFor(rolle: string): { rolle: Rolle; avsnitt: Avsnitt[] } | undefined {
	const funnet = HJELPEROLLER.find((kjent) => kjent === rolle);
	return funnet && { rolle: funnet, avsnitt: AVSNITT[funnet] };
}
