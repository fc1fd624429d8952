import fc from 'fast-check';
import { expect, test } from 'vitest';
import { flyttMal } from './flytting.ts';
import { forskjell } from './forskjell.ts';
import type { KatalogKrav, KatalogMal } from './katalog.ts';
import { MAL_STATUSER } from './mal.ts';
import { ARENAER, NIVAER } from './nivaa.ts';

const to = (tekst: string) => ({ nb: tekst, nn: `${tekst} nn` });
const krav = (id: string, mer: Partial<KatalogKrav> = {}): KatalogKrav => ({
	...{ id, tittel: to(id), slag: 'signeres', egetForslag: true },
	...mer
});
const mal = (kode: string, mer: Partial<KatalogMal> = {}): KatalogMal => ({
	...{ kode, tema: to('Tema'), tittel: to(kode), nivaer: ['kunnskap'], arenaer: ['fastlege'], skjerpet: false },
	krav: [krav('a')],
	...mer
});

test('the same version twice differs in nothing', () => {
	const versjon = [mal('KLK-001'), mal('KLK-002')];
	expect(forskjell(versjon, structuredClone(versjon))).toEqual({ nye: [], borte: [], endret: [], uendret: 2 });
});

test('new, gone, stricter, in other words, krav new, gone and changed', () => {
	const foer = ['1', '2', '3', '4', '5', '6'].map((nr) => mal(`KLK-00${nr}`));
	const etter = [
		mal('KLK-001', { nivaer: ['god_kunnskap'] }),
		mal('KLK-002', { skjerpet: true }),
		mal('KLK-003', { tittel: to('Andre ord') }),
		mal('KLK-004', { krav: [krav('b'), krav('a', { slag: 'kursbevis' })] }),
		mal('KLK-005', { krav: [], arenaer: ['legevakt'] }),
		mal('KLK-007')
	];
	const funnet = forskjell(foer, etter);
	expect(funnet.nye.map(({ kode }) => kode)).toEqual(['KLK-007']);
	expect(funnet.borte.map(({ kode }) => kode)).toEqual(['KLK-006']);
	expect(
		funnet.endret.map(({ etter: { kode }, skjerpet, ord, nivaer, arenaer, krav: k }) => [
			...[kode, skjerpet, ord, nivaer, arenaer, k.nye.length, k.borte.length, k.endret.length]
		])
	).toEqual([
		['KLK-001', true, false, true, false, 0, 0, 0],
		['KLK-002', true, false, false, false, 0, 0, 0],
		['KLK-003', false, true, false, false, 0, 0, 0],
		['KLK-004', false, false, false, false, 1, 0, 1],
		['KLK-005', false, false, false, true, 0, 1, 0]
	]);
	expect(funnet.uendret).toBe(0);
});

test('a lower level, or the same in another order, is not stricter', () => {
	const foer = [mal('KLK-001', { nivaer: ['god_kunnskap', 'selvstendig'] })];
	expect(forskjell(foer, [mal('KLK-001', { nivaer: ['selvstendig', 'god_kunnskap'] })]).uendret).toBe(1);
	expect(forskjell(foer, [mal('KLK-001', { nivaer: ['kunnskap', 'selvstendig'] })]).endret[0]?.skjerpet).toBe(false);
});

test.each([
	['godkjent', 'fall'],
	['sendt', 'fall'],
	['pagar', 'behold'],
	['sendt_tilbake', 'behold'],
	['underkjent', 'behold'],
	['trukket', 'behold']
] as const)('moved to a stricter text, one that is %s: %s; moved to the same text it stands', (status, utfall) => {
	const en = { kode: 'KLK-001', status };
	for (const strengere of [
		{ nivaer: ['god_kunnskap'] as const },
		{ skjerpet: true },
		{ nivaer: ['kunnskap', 'selvstendig'] as const }
	])
		expect(flyttMal(en, [[mal('KLK-001')], [mal('KLK-001', strengere as Partial<KatalogMal>)]])).toBe(utfall);
	for (const likt of [{}, { tittel: to('Andre ord') }, { krav: [] }, { nivaer: ['kjennskap'] as const }])
		expect(flyttMal(en, [[mal('KLK-001')], [mal('KLK-001', likt as Partial<KatalogMal>)]])).toBe('behold');
	expect(flyttMal(en, [[mal('KLK-001')], [mal('KLK-002')]])).toBe('borte');
});

test('what was made stricter in a version that the LIS skips counts', () => {
	const godkjent = { kode: 'KLK-001', status: 'godkjent' } as const;
	expect(flyttMal(godkjent, [[mal('KLK-001')], [mal('KLK-001', { skjerpet: true })], [mal('KLK-001')]])).toBe('fall');
	// The version that it is judged by was stricter than the one before it: that is what was approved.
	expect(flyttMal(godkjent, [[mal('KLK-001', { skjerpet: true })], [mal('KLK-001')]])).toBe('behold');
	// Raised and lowered again asks for no more than before.
	expect(flyttMal(godkjent, [[mal('KLK-001')], [mal('KLK-001', { nivaer: ['god_kunnskap'] })], [mal('KLK-001')]])).toBe(
		'behold'
	);
});

const tilfeldig = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 9 }).chain((koder) =>
	fc.tuple(
		...koder.map((nr) =>
			fc.record({
				kode: fc.constant(`KLK-00${nr}`),
				tema: fc.constant(to('Tema')),
				tittel: fc.constantFrom('A', 'B').map(to),
				nivaer: fc.subarray([...NIVAER], { minLength: 1 }),
				arenaer: fc.subarray([...ARENAER]),
				skjerpet: fc.boolean(),
				krav: fc.subarray(['a', 'b', 'c']).map((ider) => ider.map((id) => krav(id)))
			})
		)
	)
);

test('every goal is told of once, and an approval that stands is never of a text that the difference calls stricter', () => {
	fc.assert(
		fc.property(tilfeldig, tilfeldig, (foer, etter) => {
			const { nye, borte, endret, uendret } = forskjell(foer, etter);
			expect(nye.length + endret.length + uendret).toBe(etter.length);
			expect(borte.length + endret.length + uendret).toBe(foer.length);
			for (const { kode } of foer)
				for (const status of MAL_STATUSER) {
					const utfall = flyttMal({ kode, status }, [foer, etter]);
					const strengere = endret.some((en) => en.etter.kode === kode && en.skjerpet);
					const venter = status === 'godkjent' || status === 'sendt';
					const borteNa = borte.some((en) => en.kode === kode);
					expect(utfall).toBe(borteNa ? 'borte' : strengere && venter ? 'fall' : 'behold');
				}
		})
	);
});
