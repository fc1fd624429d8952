import { describe, expect, test } from 'vitest';
import type { Actor, Gyldighet, RelasjonRolle } from '#lib/domain/actor.ts';
import type { Decision } from '../actions.ts';
import { decide } from '../index.ts';

/** The row «inviting, ending relations» of product.md, written out by hand. */

const NOW = new Date('2026-11-24T12:00:00Z');
const at = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
const HOLDS: Gyldighet = { fra: at(-48), til: null };
const DEPUTY: Gyldighet = { fra: at(-48), til: at(48) };
const ENDED: Gyldighet = { fra: at(-48), til: at(-1) };
const LIS = 'lis-id';

const actor = (over: Partial<Actor> & { har?: [RelasjonRolle, Gyldighet] }): Actor => ({
	...{ brukerId: 'person', brukernavn: 'p', navn: 'P', sprak: 'nb', farge: 0, erLis: false, fasteRoller: [] },
	relasjoner: over.har ? [{ lisId: LIS, rolle: over.har[0], ...over.har[1] }] : [],
	...over
});
const svar = (d: Decision) => (d.ok ? 'ja' : d.why);

const PEOPLE: [who: string, actor: Actor, answers: string[]][] = [
	['the LIS', actor({ brukerId: LIS, erLis: true }), ['ja', 'ja', 'ja', 'ja', 'unknown']],
	['another LIS', actor({ brukerId: 'annen', erLis: true }), Array<string>(5).fill('unknown')],
	['the veileder', actor({ har: ['veileder', HOLDS] }), ['forbidden', 'forbidden', 'forbidden', 'ja', 'ja']],
	['the leder', actor({ har: ['leder', HOLDS] }), Array<string>(5).fill('forbidden')],
	['a deputy veileder', actor({ har: ['veileder', DEPUTY] }), Array<string>(5).fill('forbidden')],
	['a former veileder', actor({ har: ['veileder', ENDED] }), ['unknown', 'unknown', 'unknown', 'unknown', 'ended']],
	[
		'drift',
		actor({ fasteRoller: [{ rolle: 'drift', ...HOLDS }] }),
		['unknown', 'unknown', 'unknown', 'unknown', 'unknown']
	]
];

describe.each(PEOPLE)('%s', (_who, who, answers) => {
	test('sees, sends, recalls, ends a deputy veileder and sets one as the table says', () => {
		expect([
			svar(decide(who, 'folk.se', { lisId: LIS }, NOW)),
			svar(decide(who, 'invitasjon.send', { lisId: LIS }, NOW)),
			svar(decide(who, 'invitasjon.styr', { lisId: LIS, opprettetAv: LIS }, NOW)),
			svar(decide(who, 'relasjon.avslutt', { lisId: LIS, rolle: 'veileder', til: at(10) }, NOW)),
			svar(decide(who, 'stedfortreder.sett', { lisId: LIS, rolle: 'veileder', til: null }, NOW))
		]).toEqual(answers);
	});
});

test('nobody but the LIS ends a standing relation, not even one’s own', () => {
	const veileder = actor({ har: ['veileder', HOLDS] });
	expect(svar(decide(veileder, 'relasjon.avslutt', { lisId: LIS, rolle: 'veileder', til: null }, NOW))).toBe(
		'forbidden'
	);
});

test('whoever sent an invitation for a deputy may recall it', () => {
	const veileder = actor({ har: ['veileder', HOLDS] });
	expect(svar(decide(veileder, 'invitasjon.styr', { lisId: LIS, opprettetAv: 'person' }, NOW))).toBe('ja');
});
