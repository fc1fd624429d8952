import { describe, expect, test } from 'vitest';
import type { Actor, Gyldighet, Relasjon, RelasjonRolle } from '#lib/domain/actor.ts';
import type { AktivitetStatus } from '#lib/domain/laering/aktivitet.ts';
import type { Action } from '../actions.ts';
import { decide } from '../index.ts';

/** The rows «plan, læringsmål, progress» and «læringsaktivitet» of product.md, written out by hand. What is not granted is refused. */

const NOW = new Date('2026-11-24T12:00:00Z');
const at = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
const HOLDS: Gyldighet = { fra: at(-48), til: null };
const ENDED: Gyldighet = { fra: at(-48), til: at(-1) };
const LIS = 'lis-id';

/** ja · ukjent (404) · nektet (403) · slutt (403 with the date). */
type Answer = 'ja' | 'ukjent' | 'nektet' | 'slutt';
type Laering = Exclude<
	Extract<
		Action,
		`${'laering' | 'aktivitet' | 'mal' | 'plan' | 'tjeneste' | 'utdanningsplan'}.${string}` | 'portal.katalog'
	>,
	never
>;
type Answers = Record<Laering, Answer>;

const all = (answer: Answer): Answers => ({
	'laering.se': answer,
	'laering.for': answer,
	'aktivitet.se': answer,
	'aktivitet.skriv': answer,
	'aktivitet.vurder': answer,
	'mal.se': answer,
	'mal.send': answer,
	'mal.avgjor': answer,
	'mal.trekkGodkjenning': answer,
	'mal.anbefal': answer,
	'mal.bekreft': answer,
	'plan.styr': answer,
	'tjeneste.bekreft': answer,
	'utdanningsplan.skriv': answer,
	'portal.katalog': 'ukjent'
});
const SER = { 'laering.se': 'ja', 'aktivitet.se': 'ja', 'mal.se': 'ja' } as const;

interface Case {
	who: string;
	id?: string;
	erLis?: boolean;
	relasjoner?: [RelasjonRolle, Gyldighet, string?][];
	fast?: 'hdir' | 'drift';
	/** The aktivitet was sent to them. */
	sendt?: boolean;
	/** They approved the goal. */
	avgjorde?: boolean;
	delt?: boolean;
	answers: Answers;
}

const cases: Case[] = [
	{
		who: 'the LIS',
		id: LIS,
		erLis: true,
		answers: {
			...all('nektet'),
			...SER,
			...({ 'laering.for': 'ja', 'aktivitet.skriv': 'ja', 'mal.send': 'ja', 'utdanningsplan.skriv': 'ja' } as const),
			'portal.katalog': 'ukjent'
		}
	},
	{
		who: 'the LIS, were it sent to themself: nobody signs or recommends their own',
		id: LIS,
		erLis: true,
		sendt: true,
		answers: {
			...all('nektet'),
			...SER,
			...({ 'laering.for': 'ja', 'aktivitet.skriv': 'ja', 'mal.send': 'ja', 'utdanningsplan.skriv': 'ja' } as const),
			'portal.katalog': 'ukjent'
		}
	},
	{ who: 'another LIS', id: 'annen', erLis: true, answers: all('ukjent') },
	{
		who: 'the veileder',
		relasjoner: [['veileder', HOLDS]],
		answers: { ...all('nektet'), ...SER, 'mal.anbefal': 'ja', 'utdanningsplan.skriv': 'ja', 'portal.katalog': 'ukjent' }
	},
	{ who: 'a former veileder', relasjoner: [['veileder', ENDED]], answers: all('slutt') },
	{
		who: 'the leder',
		relasjoner: [['leder', HOLDS]],
		answers: {
			...all('nektet'),
			...SER,
			...({ 'mal.avgjor': 'ja', 'plan.styr': 'ja', 'tjeneste.bekreft': 'ja', 'utdanningsplan.skriv': 'ja' } as const),
			'portal.katalog': 'ukjent'
		}
	},
	{
		who: 'the leder who approved',
		relasjoner: [['leder', HOLDS]],
		avgjorde: true,
		answers: {
			...all('nektet'),
			...SER,
			...({ 'mal.avgjor': 'ja', 'mal.trekkGodkjenning': 'ja', 'plan.styr': 'ja', 'tjeneste.bekreft': 'ja' } as const),
			...({ 'utdanningsplan.skriv': 'ja', 'portal.katalog': 'ukjent' } as const)
		}
	},
	{ who: 'a former leder who approved', relasjoner: [['leder', ENDED]], avgjorde: true, answers: all('slutt') },
	{
		who: 'the supervisør whom it was sent to',
		relasjoner: [['supervisor', HOLDS]],
		sendt: true,
		answers: {
			...all('ukjent'),
			...({ 'aktivitet.se': 'ja', 'aktivitet.skriv': 'nektet', 'aktivitet.vurder': 'ja' } as const),
			...({ 'mal.se': 'ja', 'mal.send': 'nektet', 'mal.avgjor': 'nektet', 'mal.trekkGodkjenning': 'nektet' } as const),
			...({ 'mal.anbefal': 'ja', 'mal.bekreft': 'nektet' } as const)
		}
	},
	{
		who: 'a supervisør whose relation ended after it was sent: what was begun can be finished',
		relasjoner: [['supervisor', ENDED]],
		sendt: true,
		answers: {
			...all('ukjent'),
			...({ 'aktivitet.se': 'ja', 'aktivitet.skriv': 'nektet', 'aktivitet.vurder': 'ja' } as const),
			...({ 'mal.se': 'ja', 'mal.send': 'nektet', 'mal.avgjor': 'nektet', 'mal.trekkGodkjenning': 'nektet' } as const),
			...({ 'mal.anbefal': 'ja', 'mal.bekreft': 'nektet' } as const)
		}
	},
	{ who: 'another supervisør of the same LIS', relasjoner: [['supervisor', HOLDS]], answers: all('ukjent') },
	{
		who: 'Helsedirektoratet, before it is shared',
		fast: 'hdir',
		answers: { ...all('ukjent'), 'portal.katalog': 'ja' }
	},
	{
		who: 'Helsedirektoratet, once it is shared',
		fast: 'hdir',
		delt: true,
		answers: {
			...all('nektet'),
			...SER,
			...({ 'laering.for': 'ukjent', 'plan.styr': 'ukjent', 'tjeneste.bekreft': 'ukjent' } as const),
			...({ 'utdanningsplan.skriv': 'ukjent', 'mal.bekreft': 'ja', 'portal.katalog': 'ja' } as const)
		}
	},
	{ who: 'drift, of a shared plan', fast: 'drift', delt: true, answers: all('ukjent') },
	{ who: 'the leder of another LIS', relasjoner: [['leder', HOLDS, 'annen']], answers: all('ukjent') },
	{
		who: 'a supervisør here who is leder elsewhere: a role for one LIS widens no rights for another',
		relasjoner: [
			['supervisor', HOLDS],
			['leder', HOLDS, 'annen']
		],
		answers: all('ukjent')
	},
	{ who: 'a stranger, of a shared plan', delt: true, answers: all('ukjent') }
];

const actorOf = ({ id = 'person', erLis = false, relasjoner = [], fast }: Case): Actor => ({
	brukerId: id,
	brukernavn: 'navn',
	navn: 'Navn',
	sprak: 'nb',
	farge: 0,
	erLis,
	fasteRoller: fast ? [{ rolle: fast, ...HOLDS }] : [],
	relasjoner: relasjoner.map(([rolle, gyldighet, lisId = LIS]): Relasjon => ({ lisId, rolle, ...gyldighet }))
});

function decided(one: Case, status: AktivitetStatus): Record<string, string> {
	const { id = 'person', sendt = false, avgjorde = false, delt = false } = one;
	const thing = {
		...{ lisId: LIS, delt, status, portal: true, supervisorId: sendt ? id : 'en annen' },
		...{ supervisorer: sendt ? [id] : ['en annen'], avgjortAv: avgjorde ? id : 'en annen' }
	};
	return Object.fromEntries(
		(Object.keys(one.answers) as Laering[]).map((action) => {
			const decision = decide(actorOf(one), action, thing as never, NOW);
			const words = { unknown: 'ukjent', forbidden: 'nektet', ended: 'slutt', state: 'tilstand' } as const;
			return [action, decision.ok ? 'ja' : words[decision.why]];
		})
	);
}

describe.each(cases)('$who', (one) => {
	test.each(['sendt', 'signert', 'underkjent', 'registrert'] as const)('%s', (status) => {
		expect(decided(one, status)).toEqual(one.answers);
	});

	test('a draft is the LIS’ own', () => {
		const draft = decided(one, 'kladd');
		const answers = [draft['aktivitet.se'], draft['aktivitet.skriv'], draft['aktivitet.vurder']];
		expect(answers).toEqual(one.id === LIS ? ['ja', 'ja', 'nektet'] : ['ukjent', 'ukjent', 'ukjent']);
	});
});
