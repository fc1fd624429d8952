import { describe, expect, test } from 'vitest';
import { dagINorge, klokkaINorge } from '../dager.ts';
import { erStandard, KANALER, STANDARDVALG, valgMed, VARSELGRUPPER } from './grupper.ts';
import { erVarslet, VARSLER, varselregel, type Varselregel } from './regler.ts';
import { stiTil, type Hvor } from './sti.ts';
import { isoUke, runderVed, ukedagAv } from './uke.ts';

const regler = Object.entries(VARSLER) as [keyof typeof VARSLER, Varselregel | null][];

describe('the catalogue of events', () => {
	test.each(regler)('%s tells by a group that can be chosen, or nobody', (type, regel) => {
		expect(erVarslet(type)).toBe(regel !== null && 'mottakere' in regel);
		if (regel === null || !('mottakere' in regel)) return;
		expect(VARSELGRUPPER).toContain(regel.gruppe);
		expect(Object.keys(regel.mottakere).length).toBeGreaterThan(0);
	});

	test('the LIS is told of themself as «Varsler», those who follow as «Medarbeideroppfølging»', () => {
		for (const [, regel] of regler) {
			if (regel === null || !('mottakere' in regel)) continue;
			for (const [som, kort] of Object.entries(regel.mottakere)) {
				if (som === 'lis') expect(kort.kort).toBe('varsler');
				if (['leder', 'veileder', 'supervisor', 'hdir'].includes(som)) expect(kort.kort).toBe('medarbeideroppfolging');
			}
		}
	});

	test('what is mandatory makes no card (S18)', () => {
		for (const type of ['plan.deaktivert', 'mal.bekreftet', 'mal.godkjenning-trukket', 'bruker.deaktivert'] as const)
			expect(varselregel(type)).toEqual({ obligatorisk: true });
	});

	test('an event by a name that nobody knows tells nobody', () => {
		expect([erVarslet('toString'), erVarslet('finnes.ikke')]).toEqual([false, false]);
	});
});

test('every card leads to a page of the portal, also without what it is about', () => {
	const full: Hvor = { lisId: 'a', objektId: 'b', kode: 'KLK-001' };
	for (const [, regel] of regler) {
		if (regel === null || !('mottakere' in regel)) continue;
		for (const { til } of Object.values(regel.mottakere))
			for (const hvor of [full, { lisId: null, objektId: null, kode: null }])
				expect(stiTil(til, hvor)).toMatch(/^\/[a-z]+(\/[\w-]+)*$/);
	}
	expect(stiTil('mal', full)).toBe('/laeringsmal/KLK-001');
	expect(stiTil('laeringsmalForLis', full)).toBe('/veiledning/a/laeringsmal');
});

describe('what is chosen', () => {
	test('stands over the defaults, group by group', () => {
		const av = { umiddelbar: false, ukentlig: false, hjem: false };
		const valg = valgMed([
			{ gruppe: 'signering', ...av },
			{ gruppe: 'finnes-ikke', ...av }
		]);
		expect(valg.signering).toEqual(av);
		expect({ ...valg, signering: STANDARDVALG.signering }).toEqual(STANDARDVALG);
	});

	test('is kept only when it differs', () => {
		for (const gruppe of VARSELGRUPPER) {
			expect(erStandard(gruppe, STANDARDVALG[gruppe])).toBe(true);
			for (const kanal of KANALER)
				expect(erStandard(gruppe, { ...STANDARDVALG[gruppe], [kanal]: !STANDARDVALG[gruppe][kanal] })).toBe(false);
		}
	});
});

describe('the week', () => {
	test.each([
		['2026-11-22', '2026-W47', 7],
		['2026-12-31', '2026-W53', 4],
		['2027-01-03', '2026-W53', 7],
		['2027-01-04', '2027-W01', 1],
		['2024-12-30', '2025-W01', 1],
		['2021-01-01', '2020-W53', 5]
	])('%s is in %s', (dag, uke, ukedag) => {
		expect([isoUke(dag), ukedagAv(dag)]).toEqual([uke, ukedag]);
	});

	test('each weekday has its round at seven by the clocks of Norway, through two years', () => {
		const siste = new Map<number, string>();
		const antall = new Map<number, number>();
		const begynt = Date.parse('2026-01-01T00:30:00Z');
		for (let time = 0; time < 2 * 365 * 24; time += 11) {
			const now = new Date(begynt + time * 3_600_000);
			for (const runde of runderVed(now)) {
				expect(runde.for <= now && now.getTime() - runde.for.getTime() < 8 * 86_400_000).toBe(true);
				expect(klokkaINorge(runde.for).tid).toBe('07:00');
				expect(ukedagAv(dagINorge(runde.for))).toBe(runde.dag);
				if (siste.get(runde.dag) === runde.uke) continue;
				siste.set(runde.dag, runde.uke);
				antall.set(runde.dag, (antall.get(runde.dag) ?? 0) + 1);
			}
		}
		for (const dag of [1, 2, 3, 4, 5, 6, 7]) expect([104, 105, 106]).toContain(antall.get(dag));
	});
});
