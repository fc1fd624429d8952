import { describe, expect, test } from 'vitest';
import { inaktivitetstiltak, plussDager, plussManeder, tidligsteGrense, type Fravaer } from './inaktivitet.ts';

const at = (dag: string, tid = '12:00'): Date => new Date(`${dag}T${tid}:00Z`);
const borte = (over: Partial<Fravaer> = {}): Fravaer => ({
	sist: at('2026-03-15'),
	varslet: null,
	varsletIgjen: null,
	...over
});

test.each([
	['2026-01-31', 1, '2026-02-28'],
	['2027-08-31', 6, '2028-02-29'],
	['2026-12-15', 12, '2027-12-15'],
	['2028-02-29', 12, '2029-02-28'],
	['2026-03-31', -1, '2026-02-28']
])('%s and %d months is %s', (dag, maneder, ventet) => {
	expect(plussManeder(dag, maneder)).toBe(ventet);
});

test('days are whole over both changes of the clock', () => {
	expect(plussDager('2026-03-28', 2)).toBe('2026-03-30');
	expect(plussDager('2026-10-24', 2)).toBe('2026-10-26');
});

describe('twelve months after 15 March 2026', () => {
	const varslet = at('2027-02-13');
	const varsletIgjen = at('2027-03-08');
	test.each([
		['nothing 31 days before', borte(), '2027-02-12', undefined],
		['the first warning 30 days before', borte(), '2027-02-13', { type: 'varsle', dato: '2027-03-15' }],
		['not again the day after', borte({ varslet }), '2027-02-14', undefined],
		['nothing 8 days before', borte({ varslet }), '2027-03-07', undefined],
		['the second 7 days before', borte({ varslet }), '2027-03-08', { type: 'varsle-igjen', dato: '2027-03-15' }],
		['nothing the day before', borte({ varslet, varsletIgjen }), '2027-03-14', undefined],
		['deactivated on the day', borte({ varslet, varsletIgjen }), '2027-03-15', { type: 'deaktiver' }],
		['never warned: 30 days from now', borte(), '2027-06-01', { type: 'varsle', dato: '2027-07-01' }],
		[
			'late for the second: 7 days from now',
			borte({ varslet }),
			'2027-03-20',
			{ type: 'varsle-igjen', dato: '2027-03-27' }
		],
		['not before what was announced', borte({ varslet, varsletIgjen: at('2027-03-20') }), '2027-03-26', undefined],
		['and then', borte({ varslet, varsletIgjen: at('2027-03-20') }), '2027-03-27', { type: 'deaktiver' }]
	])('%s', (_navn, fravaer, dag, ventet) => {
		expect(inaktivitetstiltak(fravaer, 12, at(dag))).toEqual(ventet);
	});
});

test('the day is that of Norway: half past midnight there is still yesterday in UTC', () => {
	expect(inaktivitetstiltak(borte(), 12, at('2027-02-12', '23:30'))).toMatchObject({ type: 'varsle' });
	expect(inaktivitetstiltak(borte(), 12, at('2027-02-12', '22:30'))).toBeUndefined();
});

test('whoever was here after the earliest limit has nothing due, on any day of four years', () => {
	for (let dag = '2026-01-01'; dag < '2030-01-01'; dag = plussDager(dag, 1)) {
		const now = at(dag, '23:59');
		const sist = new Date(tidligsteGrense(12, now).getTime());
		expect({ dag, tiltak: inaktivitetstiltak(borte({ sist }), 12, now) }).toEqual({ dag, tiltak: undefined });
	}
});
