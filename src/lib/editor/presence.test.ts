import { describe, expect, it } from 'vitest';
import { firstName, initials, paletteIndex, peopleHere, presenceChange } from './presence.ts';

const kari = { id: 'k', navn: 'Kari Nordmann', farge: 1 };
const ola = { id: 'o', navn: 'Ola Nordmann', farge: 2 };
const asa = { id: 'a', navn: 'Åsa Nordmann', farge: 3 };

describe('peopleHere', () => {
	it('counts a person with several tabs once, me first, the others by Norwegian order', () => {
		const states = [{ user: asa }, { user: kari }, { user: ola, cursor: {} }, { user: ola }, { user: kari }];
		expect(peopleHere(states, kari).map((person) => person.id)).toEqual(['k', 'o', 'a']);
	});

	it('leaves out what is not a person', () => {
		expect(
			peopleHere([null, {}, { user: null }, { user: { name: 'x' } }, { user: { id: 1, navn: 'x' } }, 'x'], kari)
		).toEqual([kari]);
	});
});

describe('presenceChange', () => {
	it('tells who joined and who left', () => {
		expect(presenceChange([kari, ola], [kari, asa])).toEqual({ joined: [asa], left: [ola] });
		expect(presenceChange([kari], [kari])).toEqual({ joined: [], left: [] });
	});
});

describe('names and colours', () => {
	it.each([
		['Kari Nordmann', 'Kari', 'KN'],
		['Ola Henrik Nordmann', 'Ola', 'ON'],
		['  åsa ', 'åsa', 'Å'],
		['', '', '']
	])('«%s»', (navn, first, letters) => {
		expect(firstName(navn)).toBe(first);
		expect(initials(navn)).toBe(letters);
	});

	it('keeps a colour inside the palette', () => {
		expect([0, 7, 8, -1, 1.5, Number.NaN, 'red', undefined].map(paletteIndex)).toEqual([0, 7, 0, 0, 0, 0, 0, 0]);
	});
});
