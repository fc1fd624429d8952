import type { Tospraklig } from '#lib/domain/laering/katalog.ts';
import { forventettekst, fravaersslag, tempotekst, uketekst, ventetid } from '#lib/i18n/fremdrift.ts';
import { formatDato } from '#lib/i18n/format.ts';
import { katalogtekst, kursnavn, malstatus, sakstittel } from '#lib/i18n/laering.ts';
import * as m from '#lib/i18n/paraglide/messages.js';
import { rollenavn } from '#lib/i18n/roller.ts';
import type { Fremdriftside } from '../views/fremdrift.ts';
import { lagPapir, type Papir, type Papirdel } from './papir.ts';

/** The report of the progress of one LIS: what the page says, as it is at `at`. */
export function lagFremdriftPdf(side: Fremdriftside, at: Date): Promise<Papir> {
	const { lis, idag, mal, utenLeder } = side;
	const godkjent = mal.filter(({ status }) => status === 'godkjent').length;
	return lagPapir({
		tittel: m.fremdrift_tittel(),
		om: lis.navn,
		fakta: [
			[m.pdf_lis(), lis.navn],
			...(lis.arbeidssted ? [[m.pdf_sted(), lis.arbeidssted] satisfies [string, string]] : []),
			[m.fremdrift_papir_dato(), formatDato(idag)],
			[m.laering_tittel(), m.fremdrift_tema_sammendrag({ godkjent, antall: mal.length })]
		],
		deler: [
			{ overskrift: m.fremdrift_linje(), ...linje(side) },
			{ overskrift: m.fremdrift_temaer(), under: temaer(side) },
			{
				overskrift: m.fremdrift_venter_tittel(),
				avsnitt: [
					...(utenLeder > 0 ? [m.fremdrift_uten_leder({ antall: utenLeder })] : []),
					...(side.grupper.length === 0 ? [m.fremdrift_venter_ingen()] : [])
				],
				under: side.grupper.map(({ navn, rolle, saker }) => ({
					overskrift: `${navn} (${rollenavn(rolle)})`,
					punkter: saker.map((sak) => `${sakstittel(sak).tekst}. ${ventetid(sak.dager)}.`)
				}))
			},
			selvstendig(side),
			...fravaer(side)
		],
		bunn: `LIS Kommune · ${formatDato(idag)}`,
		at
	});
}

function linje({ linje: tid, idag }: Fremdriftside): Pick<Papirdel, 'avsnitt' | 'punkter'> {
	if (!tid) return { avsnitt: [m.fremdrift_uten_start()] };
	const { startDato, halvveis, slutt, opprinneligSlutt, tempo, gjenstar, forventet } = tid;
	const punkt = (navn: string, dag: string) => `${navn}: ${formatDato(dag)}`;
	return {
		punkter: [
			uketekst(tid),
			punkt(m.fremdrift_start(), startDato),
			punkt(m.fremdrift_halvveis(), halvveis),
			punkt(m.fremdrift_slutt(), slutt)
		],
		avsnitt: [
			forventettekst(forventet, idag),
			...(tempo && gjenstar > 0 ? [tempotekst(tempo)] : []),
			...(slutt === opprinneligSlutt ? [] : [m.fremdrift_slutt_flyttet({ dato: formatDato(opprinneligSlutt) })])
		]
	};
}

const tekst = (t: Tospraklig) => katalogtekst(t).tekst;

function temaer({ mal }: Fremdriftside): Papirdel[] {
	return [...Map.groupBy(mal, ({ tema }) => tema.nb).values()].map((gruppe) => ({
		overskrift: gruppe[0] ? tekst(gruppe[0].tema) : '',
		punkter: gruppe.map(({ kode, tittel, status, godkjentDato }) => {
			const nar = godkjentDato ? ` ${formatDato(godkjentDato)}` : '';
			return `${kode} ${tekst(tittel)}: ${malstatus(status)}${nar}`;
		})
	}));
}

function selvstendig({ selvstendig: { mal, kurs } }: Fremdriftside): Papirdel {
	return {
		overskrift: m.fremdrift_selvstendig_tittel(),
		punkter: [
			m.fremdrift_selvstendig_mal({ godkjent: mal.godkjent, antall: mal.antall }),
			...kurs.fullfort.map(
				({ kurs: ett, dato }) => `${kursnavn(ett)}: ${m.fremdrift_kurs_fullfort({ dato: formatDato(dato) })}`
			),
			...kurs.mangler.map((ett) => `${kursnavn(ett)}: ${m.fremdrift_gruppe_pagar()}`)
		],
		avsnitt: [m.fremdrift_selvstendig_merknad()]
	};
}

function fravaer({ fravaer: alle }: Fremdriftside): Papirdel[] {
	if (alle.length === 0) return [];
	const punkter = alle.map(({ slag, fra, til, prosent }) => {
		const dager = fra === til ? formatDato(fra) : m.fremdrift_periode({ fra: formatDato(fra), til: formatDato(til) });
		return `${fravaersslag(slag)}: ${dager} (${m.fremdrift_prosent({ prosent })})`;
	});
	return [{ overskrift: m.fremdrift_fravaer_tittel(), punkter }];
}
