import { expect, test } from 'vitest';
import {
	fornavn,
	harRolleFor,
	initialer,
	nesteSlutt,
	relasjonerTil,
	rollerNa,
	visteRoller,
	type Actor
} from './actor.ts';
import { dagINorge } from './dager.ts';

const NOW = new Date('2026-11-24T12:00:00Z');
const FOR = new Date('2026-01-01T00:00:00Z');
const actor: Actor = {
	brukerId: 'p',
	brukernavn: 'p',
	navn: 'P',
	sprak: 'nb',
	farge: 0,
	erLis: true,
	fasteRoller: [
		{ rolle: 'hdir', fra: FOR, til: NOW },
		{ rolle: 'drift', fra: FOR, til: null }
	],
	relasjoner: [
		{ lisId: 'a', rolle: 'veileder', fra: FOR, til: null },
		{ lisId: 'a', rolle: 'leder', fra: FOR, til: FOR },
		{ lisId: 'b', rolle: 'veileder', fra: FOR, til: null },
		{ lisId: 'b', rolle: 'supervisor', fra: new Date('2027-01-01'), til: null }
	]
};

test('a role is for one LIS, and for its time', () => {
	expect(harRolleFor(actor, 'veileder', 'a', NOW)).toBe(true);
	expect(harRolleFor(actor, 'leder', 'a', NOW)).toBe(false);
	expect(harRolleFor(actor, 'veileder', 'c', NOW)).toBe(false);
	expect(harRolleFor(actor, 'supervisor', 'b', NOW)).toBe(false);
	expect(relasjonerTil(actor, 'a', NOW).map((r) => r.rolle)).toEqual(['veileder']);
	expect(rollerNa(actor, NOW)).toEqual(['lis', 'veileder', 'drift']);
});

test('one sees the role that one has chosen, as long as one has it', () => {
	expect(visteRoller(['lis', 'leder'], null)).toEqual(['lis', 'leder']);
	expect(visteRoller(['lis', 'leder'], 'leder')).toEqual(['leder']);
	expect(visteRoller(['lis', 'leder'], 'hdir')).toEqual(['lis', 'leder']);
});

test('the next end is the first that is still to come', () => {
	const til = (ms: number | null) => ({ fra: FOR, til: ms === null ? null : new Date(NOW.getTime() + ms) });
	expect(nesteSlutt([til(null), til(2), til(1), til(0), til(-1)], NOW)).toEqual(new Date(NOW.getTime() + 1));
	expect(nesteSlutt([til(null), til(0)], NOW)).toBeNull();
	expect(nesteSlutt([], NOW)).toBeNull();
});

test.each([
	['Kari Nordmann', 'KN', 'Kari'],
	['  Áile   Somby ', 'ÁS', 'Áile'],
	['Øystein', 'Ø', 'Øystein'],
	['Anne Marie Å', 'AÅ', 'Anne'],
	['😀 x', '😀X', '😀']
])('«%s» has the initials %s and the first name %s', (navn, forbokstaver, forste) => {
	expect(initialer(navn)).toBe(forbokstaver);
	expect(fornavn(navn)).toBe(forste);
});

test.each([
	['2026-11-24T22:59:59Z', '2026-11-24'],
	['2026-11-24T23:00:00Z', '2026-11-25'],
	['2026-07-01T21:59:59Z', '2026-07-01'],
	['2026-07-01T22:00:00Z', '2026-07-02'],
	['2026-10-24T22:30:00Z', '2026-10-25'],
	['2026-10-25T22:30:00Z', '2026-10-25']
])('at %s it is %s in Norway', (instant, dag) => {
	expect(dagINorge(new Date(instant))).toBe(dag);
});
