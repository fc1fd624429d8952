import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { arbeidsdagerMellom, erArbeidsdag, plussDager, plussUker } from './kalender.ts';
import { beregnTjenestetid, ukePa, type Fravaersperiode, type Fravaersslag } from './tjenestetid.ts';

/** A Tuesday; the service then ends on Monday 1 March 2027, before Easter, with Christmas inside. */
const HOST = '2026-09-01';
/** A Monday; Easter (2–6 April), May and Pentecost inside. */
const VAR = '2026-03-02';

const borte = (slag: Fravaersslag, fra: string, til: string, prosent = 100): Fravaersperiode => ({
	slag,
	fra,
	til,
	prosent
});
const slutt = (start: string, ...fravaer: Fravaersperiode[]) => beregnTjenestetid(start, fravaer).slutt;

const start = fc.integer({ min: 0, max: 800 }).map((dager) => plussDager('2026-01-01', dager));
/** Absence told in days from the start, so that it goes with any. */
const periode = fc.record({
	slag: fc.constantFrom<Fravaersslag>('permisjon', 'sykdom', 'annet'),
	fra: fc.integer({ min: -30, max: 240 }),
	lengde: fc.nat(70),
	prosent: fc.integer({ min: 1, max: 100 })
});
const tjeneste = fc
	.record({ start, perioder: fc.array(periode, { maxLength: 5 }) })
	.map(({ start: dag, perioder }) => ({
		start: dag,
		fravaer: perioder.map(({ slag, fra, lengde, prosent }) =>
			borte(slag, plussDager(dag, fra), plussDager(dag, fra + lengde), prosent)
		)
	}));

describe('the planned end', () => {
	test.each([
		['nothing missed, autumn', HOST, [], '2027-03-01'],
		['nothing missed, spring', VAR, [], '2026-08-28'],
		[
			'four weeks of permisjon, made up around Easter',
			HOST,
			[borte('permisjon', '2026-10-05', '2026-11-01')],
			'2027-04-01'
		],
		['a permisjon that leaves out its weekends', HOST, [borte('permisjon', '2026-10-05', '2026-10-09')], '2027-03-08'],
		['half permisjon for four weeks', HOST, [borte('permisjon', '2026-10-05', '2026-11-01', 50)], '2027-03-15'],
		[
			'permisjon over Easter: five working days in two weeks',
			VAR,
			[borte('permisjon', '2026-04-01', '2026-04-09')],
			'2026-09-03'
		],
		[
			'permisjon over Christmas: the holidays need not be made up',
			HOST,
			[borte('permisjon', '2026-12-21', '2027-01-03')],
			'2027-03-11'
		],
		['ill for 13 working days', HOST, [borte('sykdom', '2026-10-05', '2026-10-21')], '2027-03-01'],
		['ill for 14', HOST, [borte('sykdom', '2026-10-05', '2026-10-22')], '2027-03-02'],
		['half ill for 26', HOST, [borte('sykdom', '2026-10-05', '2026-11-09', 50)], '2027-03-01'],
		['half ill for 28', HOST, [borte('sykdom', '2026-10-05', '2026-11-11', 50)], '2027-03-02'],
		[
			'illness and other absence count together',
			HOST,
			[borte('sykdom', '2026-10-05', '2026-10-16'), borte('annet', '2026-11-02', '2026-11-06')],
			'2027-03-03'
		],
		['ill on holidays and weekends only', VAR, [borte('sykdom', '2026-04-02', '2026-04-06')], '2026-08-28'],
		[
			'ill in permisjon',
			HOST,
			[borte('permisjon', '2026-10-05', '2026-11-01'), borte('sykdom', '2026-10-05', '2026-11-01')],
			'2027-04-01'
		],
		[
			'one absence told twice',
			HOST,
			[borte('sykdom', '2026-10-05', '2026-10-22'), borte('annet', '2026-10-05', '2026-10-22')],
			'2027-03-02'
		],
		[
			'permisjon while the service is made longer',
			HOST,
			[borte('permisjon', '2026-10-05', '2026-10-09'), borte('permisjon', '2027-03-02', '2027-03-05')],
			'2027-03-12'
		],
		[
			'permisjon before and after the service',
			HOST,
			[borte('permisjon', '2026-08-01', '2026-08-31'), borte('permisjon', '2027-03-02', '2027-06-01')],
			'2027-03-01'
		]
	] satisfies [string, string, Fravaersperiode[], string][])('%s', (_navn, fra, fravaer, til) => {
		expect(slutt(fra, ...fravaer)).toBe(til);
	});

	it('is a working day with as many working days behind it as there should be', () => {
		fc.assert(
			fc.property(tjeneste, ({ start: fra, fravaer }) => {
				const tid = beregnTjenestetid(fra, fravaer);
				expect(erArbeidsdag(tid.slutt)).toBe(true);
				const uten = arbeidsdagerMellom(fra, tid.opprinneligSlutt);
				const gjort = arbeidsdagerMellom(fra, tid.slutt) - tid.permisjonsdager - tid.dagerOverGrensen;
				expect(gjort).toBeGreaterThan(uten - 1e-9);
				expect(gjort).toBeLessThan(uten + 1);
			})
		);
	});

	it('never comes earlier with more absence', () => {
		fc.assert(
			fc.property(tjeneste, periode, ({ start: fra, fravaer }, mer) => {
				const enTil = borte(mer.slag, plussDager(fra, mer.fra), plussDager(fra, mer.fra + mer.lengde), mer.prosent);
				expect(slutt(fra, ...fravaer, enTil) >= slutt(fra, ...fravaer)).toBe(true);
			})
		);
	});

	it('does not move for illness up to the limit', () => {
		fc.assert(
			fc.property(start, fc.nat(150), fc.integer({ min: 1, max: 100 }), (fra, etter, prosent) => {
				const forste = plussDager(fra, etter);
				// At 100 % 13 working days fit into 17 days, at least; less of a day lets there be more of them.
				const siste = plussDager(forste, Math.floor((13 * 100) / prosent) - 1);
				expect(slutt(fra, borte('sykdom', forste, siste, prosent))).toBe(beregnTjenestetid(fra, []).slutt);
			})
		);
	});

	it('comes though somebody wrote the year 9999', () => {
		expect(slutt(HOST, borte('permisjon', '2026-10-01', '9999-12-31')) > '2036-09-01').toBe(true);
	});
});

describe('the whole reckoning', () => {
	it('is the same in whatever order the spans come', () => {
		fc.assert(
			fc.property(tjeneste, fc.infiniteStream(fc.nat()), ({ start: fra, fravaer }, tilfeldig) => {
				const stokket = fravaer
					.map((en) => ({ en, plass: tilfeldig.next().value ?? 0 }))
					.sort((a, b) => a.plass - b.plass)
					.map(({ en }) => en);
				expect(beregnTjenestetid(fra, stokket)).toEqual(beregnTjenestetid(fra, fravaer));
			})
		);
	});

	it('is the same when a span is split in two, or told twice', () => {
		fc.assert(
			fc.property(tjeneste, fc.nat(60), ({ start: fra, fravaer }, etter) => {
				const delt = fravaer.flatMap((en) => {
					const midt = plussDager(en.fra, etter);
					return midt < en.til
						? [
								{ ...en, til: midt },
								{ ...en, fra: plussDager(midt, 1) }
							]
						: [en, en];
				});
				expect(beregnTjenestetid(fra, delt)).toEqual(beregnTjenestetid(fra, fravaer));
			})
		);
	});
});

describe('half-way', () => {
	test.each([
		['nothing missed', [], '2026-12-01'],
		['a week of permisjon before it', [borte('permisjon', '2026-10-05', '2026-10-11')], '2026-12-08'],
		['permisjon after it', [borte('permisjon', '2027-01-11', '2027-01-17')], '2026-12-01'],
		['ill under the limit', [borte('sykdom', '2026-10-05', '2026-10-16')], '2026-12-01'],
		['ill two days over it', [borte('sykdom', '2026-10-05', '2026-10-23')], '2026-12-03']
	] satisfies [string, Fravaersperiode[], string][])('%s', (_navn, fravaer, dag) => {
		expect(beregnTjenestetid(HOST, fravaer).halvveis).toBe(dag);
	});

	it('lies within the service', () => {
		fc.assert(
			fc.property(tjeneste, ({ start: fra, fravaer }) => {
				const tid = beregnTjenestetid(fra, fravaer);
				expect(fra < tid.halvveis && tid.halvveis < tid.slutt).toBe(true);
			})
		);
	});
});

describe('the week of 26', () => {
	const uke = (dag: string, ...fravaer: Fravaersperiode[]) => ukePa(beregnTjenestetid(HOST, fravaer), dag);

	it('is that of the calendar without permisjon, before it and in illness', () => {
		fc.assert(
			fc.property(start, fc.integer({ min: -20, max: 181 }), (fra, etter) => {
				const dag = plussDager(fra, etter);
				const tid = beregnTjenestetid(fra, [borte('sykdom', plussUker(fra, 2), plussUker(fra, 9))]);
				expect(ukePa(tid, dag)).toBe(etter < 0 ? null : Math.floor(etter / 7) + 1);
			})
		);
	});

	it('stands still in permisjon and goes on after it', () => {
		const permisjon = borte('permisjon', '2026-10-06', '2026-11-02');
		const dager = ['2026-10-05', '2026-10-06', '2026-10-20', '2026-11-02', '2026-11-03', '2026-11-09', '2026-11-10'];
		expect(dager.map((dag) => uke(dag, permisjon))).toEqual([5, 6, 6, 6, 6, 6, 7]);
		expect(dager.map((dag) => uke(dag))).toEqual([5, 6, 8, 9, 10, 10, 11]);
	});

	it('is null before the start, and 26 at the end and ever after', () => {
		expect(uke('2026-08-31')).toBeNull();
		expect(['2027-03-01', '2027-03-02', '2029-01-01'].map((dag) => uke(dag))).toEqual([26, 26, 26]);
	});

	it('never goes back, never skips, ends at 26 and is never more', () => {
		fc.assert(
			fc.property(tjeneste, ({ start: fra, fravaer }) => {
				const tid = beregnTjenestetid(fra, fravaer);
				expect(tid.ukestarter).toHaveLength(26);
				expect([...new Set(tid.ukestarter)].sort()).toEqual(tid.ukestarter);
				expect(ukePa(tid, fra)).toBe(1);
				expect(ukePa(tid, tid.slutt)).toBe(26);
			})
		);
	});
});
