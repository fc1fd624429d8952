import { expect, test } from 'vitest';
import type { MalStatus } from './mal.ts';
import { beregnSelvstendig } from './selvstendig.ts';

const mal = (...statuser: MalStatus[]) => statuser.map((status, i) => ({ kode: `KLK-00${i + 1}`, status }));

test('only what is approved counts, and what is missing is named in the order of the plan', () => {
	const alle = mal('godkjent', 'sendt', 'pagar', 'sendt_tilbake', 'underkjent', 'trukket');
	expect(beregnSelvstendig(alle, { akuttmedisin: '2026-10-02' })).toEqual({
		mal: { godkjent: 1, antall: 6, mangler: ['KLK-002', 'KLK-003', 'KLK-004', 'KLK-005', 'KLK-006'] },
		kurs: { antall: 2, fullfort: [{ kurs: 'akuttmedisin', dato: '2026-10-02' }], mangler: ['vold_og_overgrep'] },
		gjenstar: 6
	});
});

test('nothing is left, and even then there is no verdict', () => {
	const bilde = beregnSelvstendig(mal('godkjent'), { akuttmedisin: '2026-10-02', vold_og_overgrep: '2026-11-03' });
	expect(bilde).toMatchObject({ gjenstar: 0, mal: { mangler: [] }, kurs: { mangler: [] } });
	expect(Object.keys(bilde)).toEqual(['mal', 'kurs', 'gjenstar']);
});

test('without a plan nothing is approved, and the courses are left', () => {
	expect(beregnSelvstendig([], { akuttmedisin: null })).toMatchObject({ gjenstar: 2, mal: { godkjent: 0, antall: 0 } });
});
