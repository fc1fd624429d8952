import { describe, expect, test } from 'vitest';
import type { Actor, Gyldighet, RelasjonRolle } from '#lib/domain/actor.ts';
import type { AktivitetStatus } from '#lib/domain/laering/aktivitet.ts';
import type { MalStatus } from '#lib/domain/laering/mal.ts';
import type { SamtaleStatus } from '#lib/domain/samtale/samtale.ts';
import type { Decision, FilKobling, FilTilgang } from '../actions.ts';
import { decide } from '../index.ts';

/** The two rows on files in product.md's «Who may do what», written out by hand. What is not granted is refused. */

const NOW = new Date('2026-11-24T12:00:00Z');
const at = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
const HOLDS: Gyldighet = { fra: at(-48), til: null };
const ENDED: Gyldighet = { fra: at(-48), til: at(-1) };
const LIS = 'lis-id';

const people = {
	lis: actor(LIS, { erLis: true }),
	veileder: actor('veileder-id', { relasjoner: [['veileder', HOLDS]] }),
	leder: actor('leder-id', { relasjoner: [['leder', HOLDS]] }),
	supervisor: actor('supervisor-id', { relasjoner: [['supervisor', HOLDS]] }),
	annenSupervisor: actor('annen-supervisor-id', { relasjoner: [['supervisor', HOLDS]] }),
	tidligere: actor('tidligere-id', { relasjoner: [['veileder', ENDED]] }),
	annenVeileder: actor('annen-veileder-id', { relasjoner: [['veileder', HOLDS, 'annen-lis']] }),
	annenLis: actor('annen-lis', { erLis: true }),
	hdir: actor('hdir-id', { fast: 'hdir' }),
	drift: actor('drift-id', { fast: 'drift' })
};
type Who = keyof typeof people;

function actor(
	brukerId: string,
	is: { erLis?: boolean; relasjoner?: [RelasjonRolle, Gyldighet, string?][]; fast?: 'hdir' | 'drift' }
): Actor {
	return {
		...{ brukerId, brukernavn: brukerId, navn: brukerId, sprak: 'nb', farge: 0, erLis: is.erLis ?? false },
		fasteRoller: is.fast ? [{ ...HOLDS, rolle: is.fast }] : [],
		relasjoner: (is.relasjoner ?? []).map(([rolle, validity, lisId = LIS]) => ({ ...validity, rolle, lisId }))
	};
}

const samtale = (status: SamtaleStatus): FilKobling => ({
	slag: 'samtale',
	samtale: {
		...{ id: 'samtale-id', lisId: LIS, status },
		deltakere: [
			{ ...HOLDS, personId: LIS, rolle: 'lis' },
			{ ...HOLDS, personId: 'veileder-id', rolle: 'veileder' },
			{ ...HOLDS, personId: 'tidligere-id', rolle: 'veileder' }
		]
	}
});
const aktivitet = (status: AktivitetStatus, delt = false): FilKobling => ({
	slag: 'aktivitet',
	aktivitet: { lisId: LIS, delt, status, supervisorId: 'supervisor-id' }
});
const mal = (status: MalStatus, delt = false): FilKobling => ({
	slag: 'mal',
	mal: { lisId: LIS, delt, supervisorer: ['supervisor-id'], avgjortAv: null, status }
});
const INGEN: FilKobling = { slag: 'ingen' };

/** Who is let through: to read; to add, and to take their own away. */
const table: [what: string, kobling: FilKobling, les: Who[], lastOpp: Who[]][] = [
	['belongs to nothing', INGEN, ['lis', 'veileder', 'leder'], ['lis', 'veileder']],
	['a samtale', samtale('aktiv'), ['lis', 'veileder', 'tidligere'], ['lis', 'veileder']],
	['a finished samtale', samtale('ferdigstilt'), ['lis', 'veileder', 'tidligere'], []],
	['a cancelled samtale', samtale('avlyst'), ['lis', 'veileder', 'tidligere'], []],
	['a draft', aktivitet('kladd'), ['lis'], ['lis']],
	['a sent aktivitet', aktivitet('sendt'), ['lis', 'veileder', 'leder', 'supervisor'], []],
	['a signed aktivitet', aktivitet('signert'), ['lis', 'veileder', 'leder', 'supervisor'], []],
	['one in a shared plan', aktivitet('signert', true), ['lis', 'veileder', 'leder', 'supervisor', 'hdir'], []],
	['a refused aktivitet', aktivitet('underkjent'), ['lis', 'veileder', 'leder', 'supervisor'], ['lis']],
	['a goal', mal('pagar'), ['lis', 'veileder', 'leder', 'supervisor'], ['lis', 'veileder']],
	['a sent goal', mal('sendt'), ['lis', 'veileder', 'leder', 'supervisor'], []],
	['an approved goal', mal('godkjent'), ['lis', 'veileder', 'leder', 'supervisor'], []],
	['a goal in a shared plan', mal('godkjent', true), ['lis', 'veileder', 'leder', 'supervisor', 'hdir'], []]
];

const fil = (kobling: FilKobling, mer: Partial<FilTilgang> = {}): FilTilgang => ({
	...{ lisId: LIS, kobling, opplastetAv: 'someone', status: 'klar' },
	...mer
});
const yes = (decision: Decision) => decision.ok;
const who = (may: (actor: Actor) => Decision) => (Object.keys(people) as Who[]).filter((one) => yes(may(people[one])));

describe.each(table)('a file that belongs to: %s', (_what, kobling, les, lastOpp) => {
	test('is read by exactly those', () => {
		expect(who((one) => decide(one, 'fil.les', fil(kobling), NOW))).toEqual(les);
		expect(who((one) => decide(one, 'fil.se', fil(kobling), NOW))).toEqual(les);
		expect(who((one) => decide(one, 'fil.se', fil(kobling, { status: 'sjekkes' }), NOW))).toEqual(les);
	});

	test('is added and taken away by exactly those, and only one’s own', () => {
		expect(who((one) => decide(one, 'fil.lastOpp', { lisId: LIS, kobling }, NOW))).toEqual(lastOpp);
		expect(who((one) => decide(one, 'fil.slett', fil(kobling, { opplastetAv: one.brukerId }), NOW))).toEqual(lastOpp);
		expect(who((one) => decide(one, 'fil.slett', fil(kobling), NOW))).toEqual([]);
	});

	test('is seen by nobody while it arrives, opened by nobody before it is checked, and when refused seen by its sender alone', () => {
		const status = (which: FilTilgang['status']) => fil(kobling, { status: which, opplastetAv: LIS });
		expect(who((one) => decide(one, 'fil.se', status('laster'), NOW))).toEqual([]);
		expect(who((one) => decide(one, 'fil.les', status('sjekkes'), NOW))).toEqual([]);
		expect(who((one) => decide(one, 'fil.se', status('avvist'), NOW))).toEqual(['lis']);
		expect(who((one) => decide(one, 'fil.les', status('avvist'), NOW))).toEqual([]);
		expect(who((one) => decide(one, 'fil.slett', status('avvist'), NOW))).toEqual(['lis']);
	});
});

test('whoever may not know of it learns nothing; one’s own ended relation is told with its date', () => {
	for (const one of ['supervisor', 'annenLis', 'annenVeileder', 'hdir', 'drift'] as const)
		expect(decide(people[one], 'fil.les', fil(INGEN), NOW)).toEqual({ ok: false, why: 'unknown' });
	expect(decide(people.tidligere, 'fil.les', fil(INGEN), NOW)).toEqual({ ok: false, why: 'ended', since: at(-1) });
	expect(decide(people.leder, 'fil.les', fil(samtale('aktiv')), NOW)).toEqual({ ok: false, why: 'unknown' });
	expect(decide(people.leder, 'fil.lastOpp', { lisId: LIS, kobling: INGEN }, NOW)).toEqual({
		...{ ok: false, why: 'forbidden' }
	});
});
