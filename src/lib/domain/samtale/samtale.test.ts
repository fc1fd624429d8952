import { expect, test } from 'vitest';
import { AppError } from '../feil.ts';
import {
	avlys,
	erAktiv,
	etterTid,
	ferdigstill,
	flytt,
	krevAktiv,
	type SamtaleStatus,
	type Tidspunkt
} from './samtale.ts';

const TID: Tidspunkt = { dato: '2026-11-24', fra: '14:30', til: '15:15', sted: 'Legekontoret' };
const ALLE: SamtaleStatus[] = ['planlagt', 'aktiv', 'ferdigstilt', 'avlyst'];

function konflikt(work: () => unknown): string | undefined {
	try {
		work();
	} catch (error) {
		if (error instanceof AppError && error.code === 'conflict') return error.detail.reason;
		throw error;
	}
	return undefined;
}

test.each([
	['planlagt', undefined],
	['aktiv', undefined],
	['ferdigstilt', 'samtale_konflikt_ferdigstilt'],
	['avlyst', 'samtale_konflikt_avlyst']
] as const)('%s: what stands in the way of a change is %s', (status, reason) => {
	expect(erAktiv(status)).toBe(reason === undefined);
	expect(konflikt(() => krevAktiv({ status }))).toBe(reason);
	expect(konflikt(() => avlys({ status }, 'Sykdom'))).toBe(reason);
	expect(konflikt(() => flytt({ status, versjon: 1 }, 1, TID))).toBe(reason);
});

test('only what was written in can be finished', () => {
	expect(ALLE.map((status) => konflikt(() => ferdigstill({ status })))).toEqual([
		'samtale_konflikt_tom',
		undefined,
		'samtale_konflikt_ferdigstilt',
		'samtale_konflikt_avlyst'
	]);
});

test('a change gives a new value and leaves the old one', () => {
	const samtale = Object.freeze({ status: 'aktiv' as const, versjon: 3, id: 'x' });
	expect(avlys(samtale, 'Sykdom')).toEqual({ status: 'avlyst', avlystGrunn: 'Sykdom', versjon: 3, id: 'x' });
	expect(flytt(samtale, 3, TID)).toEqual({ ...samtale, ...TID });
});

test.each([2, 4, Number.NaN, 0])('whoever saw version %s of version 3 is told that it has changed', (sett) => {
	expect(konflikt(() => flytt({ status: 'aktiv', versjon: 3 }, sett, TID))).toBe('samtale_konflikt_endret');
});

test('etterTid puts the earliest first and the undated last', () => {
	const tider = [null, '2026-12-01', '2026-11-24'].flatMap((dato) =>
		[null, '09:00', '08:00'].filter((fra) => dato !== null || fra === null).map((fra) => ({ ...TID, dato, fra }))
	);
	expect(tider.toSorted(etterTid).map((t) => `${t.dato} ${t.fra}`)).toEqual([
		'2026-11-24 08:00',
		'2026-11-24 09:00',
		'2026-11-24 null',
		'2026-12-01 08:00',
		'2026-12-01 09:00',
		'2026-12-01 null',
		'null null'
	]);
});
