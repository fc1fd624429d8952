import { randomUUID } from 'node:crypto';
import type { Varselnavn } from '#lib/domain/varsel/tekst.ts';
import type { Epost, Mal, MalData, Mottaker } from '#lib/server/mail/ko.ts';
import { pidKey } from './mail-world.ts';

/** Mails of every kind with what they can hold: the least, the most, one and several. */

const tidspunkt = '2026-11-22T13:30:00.000Z';
const invitasjon = { lisNavn: 'Nora Haugen', frist: '2026-12-22' };
const per = { navn: 'Per Berg' };
const LANGT = 'Wilhelmina-Konstanse Øverlandsbråten-Kjærgårdshaugen av Nordre Tysfjord';
const maltekst = { kode: 'KLK-004', tittel: 'Gjenkjenne livstruende tilstand (ABCDE)' };
const maltekster = [maltekst, { kode: 'FKMK-002', tittel: 'Utføre legevaktarbeid, også når været er mot en' }];
const ingenNavn: Varselnavn = { aktor: null, lis: null, person: null, kode: null, rolle: null };
const navn: Varselnavn = { ...ingenNavn, aktor: 'Nora Haugen', lis: 'Nora Haugen', kode: 'KLK-004' };

const varsel = (v: Partial<MalData['varsel']['varsel']>, om: Varselnavn = navn): MalData['varsel'] => ({
	...om,
	varsel: { id: randomUUID(), type: 'mal.sendt', som: 'leder', gruppe: 'godkjenning', antall: 1, ...v }
});

const samtale: MalData['samtale_paminnelse']['samtale'] = {
	...{ id: '5c0f9a0e-6a3e-4f43-8a51-2f0d0c1f7a11', status: 'planlagt', versjon: 2 },
	...{ dato: '2026-11-24', fra: '14:30', til: null, sted: 'Legekontoret' },
	deltakere: [
		{ personId: 'lis', navn: 'Nora Haugen' },
		{ personId: 'veileder', navn: 'Kari Nordby' }
	]
};

/** A kind of mail that has no example does not compile. */
export const EKSEMPLER: { [M in Mal]: MalData[M][] } = {
	invitasjon: [
		{ ...invitasjon, roller: ['veileder', 'leder'] },
		{ ...invitasjon, lisNavn: LANGT, roller: ['leder', 'veileder', 'supervisor'] }
	],
	invitasjon_purring: [{ ...invitasjon, roller: ['leder'] }],
	invitasjon_be_om_ny: [{ ...per, roller: ['supervisor'] }],
	invitasjon_bekreft_person: [{ ...per, roller: ['leder', 'supervisor'], akseptertNavn: 'Petter Berg' }],
	invitasjon_svar: (['akseptert', 'avslatt', 'ikke_meg'] as const).map((svar) => ({
		...{ ...per, roller: ['supervisor'], svar }
	})),
	konto_deaktiveres: [{ dato: '2026-12-22', maneder: 12 }],
	konto_deaktivert: [{ maneder: 12 }],
	epost_bekreft: [{ frist: '2026-11-23' }],
	epost_endret: [{ tidspunkt }],
	epost_rettet: [{ tidspunkt }],
	passord_satt: [{ tidspunkt }],
	plan_deaktivert: [{ plan: 'LIS1 i kommunen', maneder: 12 }],
	mal_bekreftet: [{ mal: [maltekst] }, { mal: maltekster }],
	mal_trukket: [
		{ ...maltekst, leder: 'Per Berg' },
		{ ...maltekst, leder: null }
	],
	varsel: [
		varsel({}),
		varsel({ type: 'aktivitet.sendt', som: 'supervisor', gruppe: 'signering', antall: 12 }),
		varsel(
			{ type: 'relasjon.opprettet', som: 'personen', gruppe: 'invitasjoner' },
			{ ...ingenNavn, rolle: 'veileder' }
		),
		varsel({ type: 'samtale.flyttet', som: 'deltaker', gruppe: 'veiledning' }, { ...navn, aktor: LANGT, lis: LANGT })
	],
	ukesoppsummering: [
		{ deler: [{ lis: 'Nora Haugen', som: 'leder', linjer: [{ type: 'mal.sendt', navn }] }], antall: 1 },
		{
			deler: [
				{ lis: 'Nora Haugen', som: 'lis', linjer: [{ type: 'plan.tildelt', navn }] },
				{
					...{ lis: LANGT, som: 'supervisor' },
					linjer: Array.from({ length: 28 }, () => ({ type: 'aktivitet.sendt', navn: { ...navn, aktor: LANGT } }))
				},
				{ lis: null, som: 'hdir', linjer: [{ type: 'plan.delt', navn: ingenNavn }] }
			],
			antall: 73
		}
	],
	samtale_paminnelse: [
		{ mottakerId: 'lis', samtale },
		{ mottakerId: 'veileder', samtale: { ...samtale, fra: null, sted: null, deltakere: [] } },
		{ mottakerId: 'lis', samtale: { ...samtale, sted: LANGT } }
	],
	paminnelse: [
		{ linjer: [{ type: 'mal.paminnet', som: 'leder', navn }], antall: 1, sti: '/varsler/1', lenke: null },
		{
			linjer: ['KLK-001', 'KLK-002'].map((kode) => ({
				...{ type: 'mal.paminnet-igjen', som: 'leder', navn: { ...navn, kode } }
			})),
			...{ antall: 2, sti: '/godkjenning', lenke: 'stedfortreder' }
		},
		{
			linjer: [
				{ type: 'mal.paminnet-igjen', som: 'lis', navn },
				{
					...{ type: 'tjeneste.halvveis', som: 'lis' },
					navn: { ...navn, mer: { fullfort: 12, sendt: 3, gjenstar: 33 } }
				}
			],
			...{ antall: 40, sti: '/varsler', lenke: 'leder' }
		}
	]
};
export const MALER = Object.keys(EKSEMPLER) as Mal[];

/** The only ones that carry a link which lets somebody in; each is followed by what it opens. */
export const MED_LENKE = ['invitasjon', 'invitasjon_purring', 'epost_bekreft'] as const satisfies readonly Mal[];

/** The example as it is put into the outbox; `sti` is what a link that must not be kept opens. */
export function epostAv(mal: Mal, data: object, mottaker: Mottaker, sti = `/invitasjon/${randomUUID()}`): Epost {
	const lenke = (MED_LENKE as readonly Mal[]).includes(mal) ? { lenke: { sti, nokkel: pidKey } } : {};
	// The examples are typed by their kind; a loop over all of them forgets which goes with which.
	return { mal, mottaker, data, ...lenke } as Epost;
}

/** What the portal itself writes into the data of a mail: everything else was written by somebody. */
const PORTALENS = new Set([
	'id',
	'type',
	'som',
	'gruppe',
	'svar',
	'roller',
	'frist',
	'dato',
	'tidspunkt',
	'status',
	'fra',
	'til',
	...['sti', 'lenke']
]);

/** The same data with this text wherever somebody's text can stand. */
export function medTekst<T>(data: T, tekst: string): T {
	if (typeof data === 'string') return tekst as T;
	if (Array.isArray(data)) return data.map((verdi: unknown) => medTekst(verdi, tekst)) as T;
	if (data === null || typeof data !== 'object') return data;
	return Object.fromEntries(
		Object.entries(data).map(([felt, verdi]) => [felt, PORTALENS.has(felt) ? verdi : medTekst<unknown>(verdi, tekst)])
	) as T;
}
