import fc from 'fast-check';
import { expect, test } from 'vitest';
import { grupperStaende, type Hos, type Staende } from './standing.ts';

const NA = new Date('2026-11-22T08:00:00Z');
const kari: Hos = { personId: 'kari', navn: 'Kari Nordmann', rolle: 'supervisor' };
const ola: Hos = { personId: 'ola', navn: 'Ola Hansen', rolle: 'leder' };
const invitert: Hos = { personId: null, navn: 'Siri Berg', rolle: 'supervisor' };
const sak = (id: string, hos: Hos, siden: string, type: Staende['type'] = 'aktivitet'): Staende => ({
	...{ type, id, tittel: `Sak ${id}`, hos, siden: new Date(siden) }
});

test('the longest wait is first, among people and with each of them', () => {
	const grupper = grupperStaende(
		[
			sak('a', kari, '2026-11-20T10:00:00Z'),
			sak('b', ola, '2026-11-10T10:00:00Z', 'mal'),
			sak('c', kari, '2026-11-02T10:00:00Z'),
			sak('d', invitert, '2026-11-21T10:00:00Z')
		],
		NA
	);
	expect(grupper.map(({ navn, dager, saker }) => [navn, dager, saker.map(({ id }) => id)])).toEqual([
		['Kari Nordmann', 20, ['c', 'a']],
		['Ola Hansen', 12, ['b']],
		['Siri Berg', 1, ['d']]
	]);
	expect(grupper[1]).toEqual({
		...ola,
		dager: 12,
		saker: [{ type: 'mal', id: 'b', tittel: 'Sak b', siden: new Date('2026-11-10T10:00:00Z'), dager: 12 }]
	});
});

test('days are those of the calendar in Norway, over midnight and over the night the clocks change', () => {
	const dager = (siden: string, na: string) => grupperStaende([sak('a', kari, siden)], new Date(na))[0]?.dager;
	expect(dager('2026-11-21T22:59:00Z', '2026-11-21T23:01:00Z')).toBe(1);
	expect(dager('2026-10-24T22:30:00Z', '2026-10-25T23:30:00Z')).toBe(1);
	expect(dager('2026-11-22T07:00:00Z', '2026-11-22T08:00:00Z')).toBe(0);
	// A server's clock a little ahead of another's.
	expect(dager('2026-11-23T07:00:00Z', '2026-11-22T08:00:00Z')).toBe(0);
});

test('one person in two roles is two who wait; two invited of different names are not one', () => {
	const som = (hos: Hos) => sak(JSON.stringify(hos), hos, '2026-11-20T10:00:00Z');
	const grupper = grupperStaende(
		[som(ola), som({ ...ola, rolle: 'veileder' }), som(invitert), som({ ...invitert, navn: 'Per' })],
		NA
	);
	expect(grupper.map(({ navn, rolle }) => `${navn} ${rolle}`)).toEqual([
		...['Ola Hansen leder', 'Ola Hansen veileder', 'Per supervisor', 'Siri Berg supervisor']
	]);
});

test('nothing is lost, and the order they came in does not matter', () => {
	const hos = fc.constantFrom(kari, ola, invitert);
	const en = fc.record({ hos, timer: fc.nat(2000), id: fc.uuid() });
	fc.assert(
		fc.property(fc.uniqueArray(en, { selector: ({ id }) => id }), (alle) => {
			const saker = alle.map(({ hos: med, timer, id }) =>
				sak(id, med, new Date(NA.getTime() - timer * 3_600_000).toISOString())
			);
			const grupper = grupperStaende(saker, NA);
			expect(grupper.flatMap((gruppe) => gruppe.saker)).toHaveLength(saker.length);
			expect(grupperStaende(saker.toReversed(), NA)).toEqual(grupper);
			const dager = grupper.map((gruppe) => gruppe.dager);
			expect(dager.toSorted((a, b) => b - a)).toEqual(dager);
		})
	);
});
