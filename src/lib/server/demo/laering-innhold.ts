import type { AktivitetStatus, Kurs } from '#lib/domain/laering/aktivitet.ts';
import type { Uten } from '#lib/domain/laering/mal.ts';
import type { Nivaa } from '#lib/domain/laering/nivaa.ts';

/** What the two LIS of the demo world have done, by days ago. Content, not interface: it stands in one language. */

export type DemoAktivitet = {
	lis: 'lis' | 'lis2';
	dager: number;
	/** A goal and which of its krav, from 1; or what else it is. */
	krav: readonly [kode: string, nr: number] | { slag: 'kursbevis'; kurs: Kurs } | { slag: 'fra_sykehus' };
	/** Other goals that it serves, too. */
	ogsa?: string[];
	sted: string;
	tekst: string;
	refleksjon?: string;
	nivaa?: Nivaa;
	utfall: AktivitetStatus;
	/** What the supervisør said: a word of feedback, or why not. */
	svar?: string;
	anbefal?: boolean;
};

export type DemoMal = {
	lis: 'lis' | 'lis2';
	dager: number;
	kode: string;
	kommentar?: string;
	veilederAnbefaler?: boolean;
	utfall: 'sendt' | 'godkjent' | 'sendt_tilbake' | 'underkjent' | 'trukket';
	grunn?: string;
	uten?: Uten;
};

const VAKT = 'Bergen legevakt';
const KONTOR = 'Sentrum legekontor';
const SYKEHJEM = 'Lyngtun sykehjem';
const signert = { utfall: 'signert', anbefal: true } as const;

export const DEMO_AKTIVITETER: DemoAktivitet[] = [
	...[
		{
			...{ dager: 78, krav: { slag: 'fra_sykehus' } as const, ogsa: ['KLK-004', 'KLK-012'], sted: 'Haukeland' },
			...{ tekst: 'Kirurgisk mottak i tolv uker: akutt mage, systematisk ABCDE.', utfall: 'registrert' as const }
		},
		{
			...{ dager: 74, krav: { slag: 'kursbevis', kurs: 'akuttmedisin' } as const, sted: 'Bergen' },
			...{ tekst: 'Kurs i akuttmedisin, to dager.', utfall: 'registrert' as const }
		},
		{
			...{ dager: 70, krav: ['KLK-003', 1] as const, sted: VAKT, nivaa: 'selvstendig' as const, ...signert },
			tekst: 'Gikk gjennom ferdighetslisten sammen med bakvakten: maskeventilasjon, venetilgang, blødningskontroll.'
		},
		{
			...{ dager: 68, krav: ['KLK-003', 2] as const, sted: VAKT, nivaa: 'selvstendig' as const, ...signert },
			...{ tekst: 'Simulering av hjertestans i team.', svar: 'Tydelig leder i teamet. Bra lukket kommunikasjon.' }
		},
		{
			...{ dager: 66, krav: ['KLK-005', 1] as const, sted: VAKT, nivaa: 'selvstendig' as const },
			...{ tekst: 'Fremmedlegeme i luftveiene, øvd på voksen og barn.', utfall: 'signert' as const }
		},
		{
			...{ dager: 60, krav: ['KLK-008', 1] as const, sted: KONTOR, nivaa: 'selvstendig' as const, ...signert },
			tekst: 'Tolv konsultasjoner med luftveis- og urinveisinfeksjon, drøftet tre av dem etterpå.',
			refleksjon: 'Avventende resept var vanskeligere å forklare enn å skrive.'
		},
		{
			...{ dager: 58, krav: ['KLK-009', 1] as const, sted: KONTOR, utfall: 'registrert' as const },
			tekst: 'Leste retningslinjen for antibiotika i primærhelsetjenesten.'
		},
		{
			...{ dager: 56, krav: ['KLK-009', 2] as const, sted: KONTOR, nivaa: 'selvstendig' as const, ...signert },
			tekst: 'Så gjennom egen forskrivning for en måned.'
		},
		{
			...{ dager: 49, krav: ['KLK-004', 1] as const, sted: VAKT, nivaa: 'selvstendig' as const, ...signert },
			...{ tekst: 'Observert ABCDE hos eldre med pustebesvær.', svar: 'God struktur også da det ble travelt.' }
		},
		{
			...{ dager: 47, krav: ['KLK-004', 2] as const, sted: VAKT, nivaa: 'selvstendig' as const, ...signert },
			tekst: 'Simulering: anafylaksi.'
		},
		{
			...{ dager: 40, krav: ['KLK-032', 1] as const, sted: KONTOR, nivaa: 'selvstendig' as const, ...signert },
			tekst: 'Støttesamtale etter brått dødsfall i familien.'
		},
		{
			...{ dager: 33, krav: ['KLK-012', 1] as const, ogsa: ['KLK-013'], sted: VAKT, ...signert },
			...{ tekst: 'Akutte magesmerter: to innlagt, fire fulgt opp neste dag.', nivaa: 'selvstendig' as const }
		},
		{
			...{ dager: 31, krav: ['KLK-025', 1] as const, sted: VAKT, nivaa: 'selvstendig' as const, ...signert },
			tekst: 'Fremre tamponade ved neseblødning.'
		},
		{
			...{ dager: 27, krav: ['KLK-039', 1] as const, sted: SYKEHJEM, nivaa: 'under_supervisjon' as const },
			...{ tekst: 'Legemiddelgjennomgang for fire beboere, sammen med sykepleier.', utfall: 'signert' as const }
		},
		{
			...{ dager: 20, krav: ['KLK-007', 1] as const, sted: KONTOR, nivaa: 'selvstendig' as const, ...signert },
			tekst: 'Utførte og tolket seks spirometrier.'
		},
		{
			...{ dager: 16, krav: ['KLK-038', 1] as const, sted: SYKEHJEM, nivaa: 'under_supervisjon' as const },
			...{ tekst: 'Tre visitter.', utfall: 'underkjent' as const },
			svar: 'Skriv hva du vurderte på visittene, og hva du ville gjort annerledes. Da signerer jeg gjerne.'
		},
		{
			...{ dager: 12, krav: ['KLK-002', 1] as const, sted: VAKT, utfall: 'registrert' as const },
			tekst: 'Gikk gjennom kommunens plan for helseberedskap.'
		},
		{
			...{ dager: 9, krav: ['KLK-001', 1] as const, sted: VAKT, nivaa: 'under_supervisjon' as const, ...signert },
			tekst: 'Kveldsvakt med bakvakt. Ni pasienter, to hastegrad rød.'
		},
		{
			...{ dager: 5, krav: ['KLK-001', 3] as const, sted: VAKT, nivaa: 'under_supervisjon' as const },
			...{ tekst: 'Brystsmerter hos ung mann: drøftet hvem som kan sendes hjem.', utfall: 'sendt' as const },
			refleksjon: 'Jeg ringte bakvakten for sent. Neste gang ringer jeg før prøvene er svart.'
		},
		{
			...{ dager: 3, krav: ['KLK-007', 2] as const, sted: KONTOR, nivaa: 'selvstendig' as const },
			...{ tekst: 'Fire konsultasjoner med astma og kols.', utfall: 'sendt' as const }
		},
		{
			...{ dager: 2, krav: ['KLK-029', 2] as const, ogsa: ['KLK-039'], sted: SYKEHJEM },
			...{ tekst: 'Lindring i livets siste fase: drøftet plan og samtale med pårørende.', utfall: 'sendt' as const }
		},
		{
			...{ dager: 1, krav: ['KLK-019', 1] as const, sted: VAKT, utfall: 'kladd' as const },
			tekst: 'Simulering av uventet fødsel. Skrives ferdig etter vakten.'
		}
	].map((en): DemoAktivitet => ({ lis: 'lis', ...en })),
	...[
		{
			...{ dager: 65, krav: ['KLK-035', 1] as const, sted: 'Sentrum helsestasjon', ...signert },
			...{ tekst: 'Fire dager på helsestasjon.', nivaa: 'under_supervisjon' as const }
		},
		{
			...{ dager: 50, krav: ['KLK-023', 1] as const, sted: KONTOR, nivaa: 'selvstendig' as const, ...signert },
			tekst: 'To eksisjoner og en stansebiopsi.'
		},
		{
			...{ dager: 24, krav: ['KLK-037', 1] as const, sted: 'Nettkurs', utfall: 'registrert' as const },
			tekst: 'Kurs i volds- og overgrepshåndtering.'
		},
		{
			...{ dager: 10, krav: ['KLK-010', 1] as const, sted: KONTOR, nivaa: 'under_supervisjon' as const, ...signert },
			tekst: 'Diabetes: åtte konsultasjoner.'
		},
		{
			...{ dager: 4, krav: ['KLK-010', 2] as const, sted: KONTOR, nivaa: 'selvstendig' as const },
			...{ tekst: 'Årskontroll med fotundersøkelse.', utfall: 'sendt' as const }
		}
	].map((en): DemoAktivitet => ({ lis: 'lis2', ...en }))
];

export const DEMO_MAL: DemoMal[] = [
	...(
		[
			{ dager: 64, kode: 'KLK-003', veilederAnbefaler: true, utfall: 'godkjent' },
			{ dager: 62, kode: 'KLK-005', veilederAnbefaler: true, utfall: 'godkjent', uten: 'muntlig' },
			{ dager: 52, kode: 'KLK-008', veilederAnbefaler: true, utfall: 'godkjent', grunn: 'Fint arbeid.' },
			{ dager: 51, kode: 'KLK-009', veilederAnbefaler: true, utfall: 'godkjent' },
			{
				...({ dager: 36, kode: 'KLK-032', veilederAnbefaler: true, utfall: 'trukket' } as const),
				grunn:
					'Godkjent ved en feil: én samtale er for lite til å si selvstendig. Send det på nytt når du har hatt flere.'
			},
			{
				...({ dager: 29, kode: 'KLK-025', utfall: 'sendt_tilbake' } as const),
				grunn: 'Simuleringen mangler. Send det igjen når den er gjort.'
			},
			{
				...({ dager: 25, kode: 'KLK-039', utfall: 'underkjent' } as const),
				grunn:
					'Målet ber om legemiddelgjennomgang både på sykehjem og hos fastlegen. Be om ny vurdering når du har gjort begge.'
			},
			{
				...({ dager: 6, kode: 'KLK-004', veilederAnbefaler: true, utfall: 'sendt' } as const),
				kommentar: 'Tok også med det jeg lærte i mottak.'
			},
			{ dager: 4, kode: 'KLK-012', utfall: 'sendt' }
		] satisfies Omit<DemoMal, 'lis'>[]
	).map((ett): DemoMal => ({ lis: 'lis', ...ett })),
	...(
		[
			{ dager: 60, kode: 'KLK-035', veilederAnbefaler: true, utfall: 'godkjent' },
			{ dager: 8, kode: 'KLK-023', veilederAnbefaler: true, utfall: 'sendt' }
		] satisfies Omit<DemoMal, 'lis'>[]
	).map((ett): DemoMal => ({ lis: 'lis2', ...ett }))
];

/** Days away of `lis2`, by days ago. */
export const DEMO_FRAVAER = [
	{ slag: 'sykdom', fra: 45, til: 32, prosent: 100 },
	{ slag: 'sykdom', fra: 31, til: 25, prosent: 50 }
] as const;
