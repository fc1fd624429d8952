import { describe, expect, test } from 'vitest';
import type { Actor, Gyldighet, Relasjon, RelasjonRolle } from '#lib/domain/actor.ts';
import type { SamtaleStatus } from '#lib/domain/samtale/samtale.ts';
import type { Action, Decision, SamtaleTilgang } from '../actions.ts';
import { authorize, can, decide } from '../index.ts';

/** «Who may do what» of product.md, written out by hand: what the table does not grant is refused. */

const NOW = new Date('2026-11-24T12:00:00Z');
const at = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
const HOLDS: Gyldighet = { fra: at(-48), til: null };
const ENDED: Gyldighet = { fra: at(-48), til: at(-1) };
const TO_COME: Gyldighet = { fra: at(1), til: null };

const LIS = 'lis-id';
const OTHER_LIS = 'annen-lis-id';
const PERSON = 'person-id';

const relasjon = (rolle: RelasjonRolle, gyldighet: Gyldighet, lisId = LIS): Relasjon => ({
	lisId,
	rolle,
	...gyldighet
});

/** ja · ukjent (404) · nektet (403) · slutt (403 with the date). */
type Answer = 'ja' | 'ukjent' | 'nektet' | 'slutt';
/** Those of inviting people stand in folk.test.ts. */
type Folk = 'folk.se' | 'invitasjon.send' | 'invitasjon.styr' | 'relasjon.avslutt' | 'stedfortreder.sett';
/** Those of plans, goals and aktiviteter stand in laering.test.ts, those of files in fil.test.ts. */
type Laering = Extract<
	Action,
	`${'laering' | 'aktivitet' | 'mal' | 'plan' | 'tjeneste' | 'utdanningsplan' | 'fil'}.${string}` | 'portal.katalog'
>;
/** What comes after it is ferdigstilt, or is one's own beside it, stands in merknad.test.ts, samtale-kladd.test.ts and avvist.test.ts. */
type Beside = 'samtale.merk' | 'samtale.kladd' | 'samtale.avvist';
type Answers = Record<Exclude<Action, Folk | Laering | Beside>, Answer>;

const all = (answer: Answer): Answers => ({
	'veiledning.se': answer,
	'samtale.opprett': answer,
	'samtale.se': answer,
	'samtale.les': answer,
	'samtale.skriv': answer,
	'samtale.settTid': answer,
	'samtale.foreslaTid': answer,
	'samtale.avlys': answer,
	'samtale.ferdigstill': answer,
	// Nobody's of those who follow a LIS.
	'portal.drift': 'ukjent',
	'melding.skriv': 'ukjent'
});
/** The verbs that the veileder of a samtale has and nobody else. */
const veilederVerbs = (answer: Answer) => ({
	'samtale.settTid': answer,
	'samtale.avlys': answer,
	'samtale.ferdigstill': answer
});

interface Case {
	who: string;
	id?: string;
	erLis?: boolean;
	relasjoner?: Relasjon[];
	fast?: 'hdir' | 'drift';
	/** How the person takes part in the samtale, as veileder. */
	deltar?: Gyldighet;
	answers: Answers;
}

const cases: Case[] = [
	{
		who: 'the LIS',
		id: LIS,
		erLis: true,
		answers: { ...all('ja'), 'samtale.opprett': 'nektet', ...veilederVerbs('nektet') }
	},
	{ who: 'another LIS', id: OTHER_LIS, erLis: true, answers: all('ukjent') },
	{
		who: 'the veileder who takes part',
		relasjoner: [relasjon('veileder', HOLDS)],
		deltar: HOLDS,
		answers: { ...all('ja'), 'samtale.foreslaTid': 'nektet' }
	},
	{
		who: 'the veileder who took part, after the relation ended',
		relasjoner: [relasjon('veileder', ENDED)],
		deltar: HOLDS,
		answers: { ...all('slutt'), 'samtale.se': 'ja', 'samtale.les': 'ja', 'samtale.foreslaTid': 'nektet' }
	},
	{
		who: 'the veileder whose active samtale was passed on',
		relasjoner: [relasjon('veileder', ENDED)],
		deltar: ENDED,
		answers: all('slutt')
	},
	{
		who: 'a new veileder, of a samtale from before',
		relasjoner: [relasjon('veileder', HOLDS)],
		answers: {
			...all('nektet'),
			'veiledning.se': 'ja',
			'samtale.opprett': 'ja',
			'samtale.se': 'ja',
			'samtale.les': 'ukjent',
			'samtale.skriv': 'ukjent'
		}
	},
	{
		who: 'a veileder who passed this samtale on and is back',
		relasjoner: [relasjon('veileder', ENDED), relasjon('veileder', { fra: at(-0.5), til: null })],
		deltar: ENDED,
		answers: {
			...all('nektet'),
			'veiledning.se': 'ja',
			'samtale.opprett': 'ja',
			'samtale.se': 'ja',
			'samtale.les': 'slutt',
			'samtale.skriv': 'slutt'
		}
	},
	{
		who: 'a former veileder who took no part',
		relasjoner: [relasjon('veileder', ENDED)],
		answers: { ...all('slutt'), 'samtale.les': 'ukjent', 'samtale.skriv': 'ukjent' }
	},
	{
		who: 'a deputy whose time has not come',
		relasjoner: [relasjon('veileder', TO_COME)],
		deltar: TO_COME,
		answers: all('ukjent')
	},
	{
		who: 'the leder',
		relasjoner: [relasjon('leder', HOLDS)],
		answers: {
			...all('nektet'),
			'veiledning.se': 'ja',
			'samtale.se': 'ja',
			'samtale.les': 'ukjent',
			'samtale.skriv': 'ukjent'
		}
	},
	{
		who: 'a former leder',
		relasjoner: [relasjon('leder', ENDED)],
		answers: { ...all('slutt'), 'samtale.les': 'ukjent', 'samtale.skriv': 'ukjent' }
	},
	{ who: 'a leder to be', relasjoner: [relasjon('leder', TO_COME)], answers: all('ukjent') },
	{
		who: 'the leder who held this samtale as veileder before',
		relasjoner: [relasjon('veileder', ENDED), relasjon('leder', HOLDS)],
		deltar: HOLDS,
		answers: {
			...all('nektet'),
			'veiledning.se': 'ja',
			'samtale.se': 'ja',
			'samtale.les': 'ja',
			'samtale.skriv': 'slutt',
			...veilederVerbs('slutt')
		}
	},
	{ who: 'a supervisør', relasjoner: [relasjon('supervisor', HOLDS)], answers: all('ukjent') },
	{ who: 'a former supervisør', relasjoner: [relasjon('supervisor', ENDED)], answers: all('ukjent') },
	{ who: 'Helsedirektoratet', fast: 'hdir', answers: { ...all('ukjent'), 'melding.skriv': 'ja' } },
	{ who: 'drift', fast: 'drift', answers: { ...all('ukjent'), 'portal.drift': 'ja', 'melding.skriv': 'ja' } },
	{ who: 'somebody without a role', answers: all('ukjent') },
	{ who: 'the veileder of another LIS', relasjoner: [relasjon('veileder', HOLDS, OTHER_LIS)], answers: all('ukjent') },
	{ who: 'the leder of another LIS', relasjoner: [relasjon('leder', HOLDS, OTHER_LIS)], answers: all('ukjent') },
	{
		who: 'a supervisør here who is veileder elsewhere: a role for one LIS widens no rights for another',
		relasjoner: [relasjon('supervisor', HOLDS), relasjon('veileder', HOLDS, OTHER_LIS)],
		answers: all('ukjent')
	},
	{
		who: 'a LIS who is the veileder of another LIS',
		id: OTHER_LIS,
		erLis: true,
		relasjoner: [relasjon('veileder', HOLDS, 'tredje-lis-id')],
		answers: all('ukjent')
	}
];

const actorOf = ({ id = PERSON, erLis = false, relasjoner = [], fast }: Case): Actor => ({
	brukerId: id,
	brukernavn: 'navn',
	navn: 'Navn',
	sprak: 'nb',
	farge: 0,
	erLis,
	fasteRoller: fast ? [{ rolle: fast, ...HOLDS }] : [],
	relasjoner
});

const samtaleOf = ({ id = PERSON, deltar }: Partial<Case>, status: SamtaleStatus): SamtaleTilgang => ({
	id: 'samtale-id',
	lisId: LIS,
	status,
	deltakere: [
		{ personId: LIS, rolle: 'lis', ...HOLDS },
		{ personId: 'noen-andre', rolle: 'veileder', ...HOLDS },
		...(deltar ? [{ personId: id, rolle: 'veileder' as const, ...deltar }] : [])
	]
});

const thingOf = (action: Action, one: Case, status: SamtaleStatus) =>
	action === 'portal.drift' || action === 'melding.skriv'
		? { portal: true }
		: action === 'veiledning.se' || action === 'samtale.opprett'
			? { lisId: LIS }
			: samtaleOf(one, status);

const CHANGES: Action[] = [
	'samtale.skriv',
	'samtale.foreslaTid',
	'samtale.settTid',
	'samtale.avlys',
	'samtale.ferdigstill'
];

/** What an answer of the table is as a decision, when the samtale stands like this. */
function decision(answer: Answer, action: Action, status: SamtaleStatus): Decision {
	if (answer === 'ukjent') return { ok: false, why: 'unknown' };
	if (answer === 'nektet') return { ok: false, why: 'forbidden' };
	if (answer === 'slutt') return { ok: false, why: 'ended', since: at(-1) };
	if (!CHANGES.includes(action) || status === 'planlagt' || status === 'aktiv') return { ok: true };
	return { ok: false, why: 'state', reason: `samtale_konflikt_${status}` };
}

describe.each(cases)('$who', (one) => {
	test.each(['planlagt', 'aktiv', 'ferdigstilt', 'avlyst'] as const)('%s', (status) => {
		const actions = Object.keys(one.answers) as (keyof Answers)[];
		const decided = actions.map((action) => [
			action,
			decide(actorOf(one), action, thingOf(action, one, status) as never, NOW)
		]);
		expect(decided).toEqual(actions.map((action) => [action, decision(one.answers[action], action, status)]));
	});
});

describe('the instants of a validity', () => {
	const reads = (deltar: Gyldighet) =>
		can(actorOf({ who: '', answers: all('ja') }), 'samtale.les', samtaleOf({ deltar }, 'aktiv'), NOW);

	test('from is inclusive, to is exclusive', () => {
		expect(reads({ fra: NOW, til: null })).toBe(true);
		expect(reads({ fra: new Date(NOW.getTime() + 1), til: null })).toBe(false);
		expect(reads({ fra: at(-1), til: new Date(NOW.getTime() + 1) })).toBe(true);
		expect(reads({ fra: at(-1), til: NOW })).toBe(false);
	});

	test('of several that ended the last one is told', () => {
		const actor = actorOf({ who: '', answers: all('slutt') });
		const samtale = samtaleOf({}, 'aktiv');
		for (const til of [at(-9), at(-3), at(-6)])
			samtale.deltakere.push({ personId: PERSON, rolle: 'veileder', fra: at(-10), til });
		expect(decide(actor, 'samtale.les', samtale, NOW)).toEqual({ ok: false, why: 'ended', since: at(-3) });
	});
});

describe('authorize', () => {
	const stranger = actorOf({ who: '', answers: all('ukjent') });
	const veileder = actorOf({ who: '', relasjoner: [relasjon('veileder', HOLDS)], answers: all('ja') });
	const code = (work: () => void) => {
		try {
			work();
		} catch (error) {
			return error;
		}
		return 'through';
	};

	test('answers what is not there and what one may not know of alike', () => {
		const missing = code(() => authorize(stranger, 'samtale.les', undefined, NOW));
		const foreign = code(() => authorize(stranger, 'samtale.les', samtaleOf({}, 'aktiv'), NOW));
		expect(foreign).toEqual(missing);
		expect(missing).toMatchObject({ code: 'not_found', detail: {} });
	});

	test('says what is in the way: no right, an end, a state', () => {
		expect(code(() => authorize(veileder, 'samtale.avlys', samtaleOf({}, 'aktiv'), NOW))).toMatchObject({
			code: 'forbidden'
		});
		expect(code(() => authorize(veileder, 'samtale.les', samtaleOf({ deltar: ENDED }, 'aktiv'), NOW))).toMatchObject({
			code: 'ended',
			detail: { since: at(-1) }
		});
		expect(code(() => authorize(veileder, 'samtale.avlys', samtaleOf({ deltar: HOLDS }, 'avlyst'), NOW))).toMatchObject(
			{
				code: 'conflict',
				detail: { reason: 'samtale_konflikt_avlyst' }
			}
		);
		expect(code(() => authorize(veileder, 'samtale.avlys', samtaleOf({ deltar: HOLDS }, 'aktiv'), NOW))).toBe(
			'through'
		);
	});
});
