import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../feil.ts';
import {
	erApen,
	GYLDIG_MS,
	overgang,
	purringer,
	statusNa,
	type Handling,
	type InvitasjonStatus
} from './invitasjon.ts';

const SENDT = new Date('2026-03-20T10:00:00Z');
const UTLOPER = new Date(SENDT.getTime() + GYLDIG_MS);
const etter = (dager: number) => new Date(SENDT.getTime() + dager * 24 * 60 * 60 * 1000);
const STATUSER = [
	...(['sendt', 'apnet', 'til_bekreftelse', 'akseptert', 'avslatt', 'ikke_meg', 'utlopt', 'trukket'] as const)
] satisfies InvitasjonStatus[];
const HANDLINGER = [
	...(['apne', 'aksepter', 'aksepter_annet_navn', 'avsla', 'ikke_meg', 'utlop', 'send_pa_nytt'] as const),
	...(['trekk', 'bekreft', 'avvis'] as const)
] satisfies Handling[];

/** As migrations/0007 has it. */
const I_DATABASEN: Record<string, string[]> = {
	sendt: ['apnet', 'til_bekreftelse', 'akseptert', 'avslatt', 'ikke_meg', 'utlopt', 'trukket'],
	apnet: ['sendt', 'til_bekreftelse', 'akseptert', 'avslatt', 'ikke_meg', 'utlopt', 'trukket'],
	til_bekreftelse: ['akseptert', 'trukket'],
	utlopt: ['sendt'],
	ikke_meg: ['sendt'],
	avslatt: ['sendt']
};

function prov(status: InvitasjonStatus, handling: Handling, now: Date): InvitasjonStatus | 'conflict' {
	try {
		return overgang({ status, utloperAt: UTLOPER }, handling, now);
	} catch (error) {
		expect(error).toBeInstanceOf(AppError);
		return 'conflict';
	}
}

describe('every act in every state', () => {
	test.each(STATUSER)('%s: what the domain lets through, the database does', (status) => {
		for (const handling of HANDLINGER)
			for (const now of [etter(1), etter(31)]) {
				const ny = prov(status, handling, now);
				if (ny !== 'conflict' && ny !== status) expect(I_DATABASEN[status]).toContain(ny);
			}
	});

	test.each(STATUSER)('%s: is left by these acts and no others', (status) => {
		const lovlige = HANDLINGER.filter((handling) => prov(status, handling, etter(1)) !== 'conflict');
		const igjen: InvitasjonStatus[] = ['utlopt', 'avslatt', 'ikke_meg'];
		expect(lovlige).toEqual(
			status === 'sendt' || status === 'apnet'
				? HANDLINGER.filter((handling) => handling !== 'bekreft' && handling !== 'avvis')
				: status === 'til_bekreftelse'
					? ['bekreft', 'avvis']
					: igjen.includes(status)
						? ['send_pa_nytt']
						: []
		);
	});

	test.each(['apne', 'aksepter', 'aksepter_annet_navn', 'avsla', 'ikke_meg'] as const)(
		'%s comes too late at the deadline, not a millisecond before',
		(handling) => {
			expect(prov('sendt', handling, new Date(UTLOPER.getTime() - 1))).not.toBe('conflict');
			expect(prov('sendt', handling, UTLOPER)).toBe('conflict');
		}
	);
});

test('however acts come, access is given at most once, and never without an acceptance', () => {
	const steg = fc.record({ handling: fc.constantFrom(...HANDLINGER), dag: fc.integer({ min: 0, max: 60 }) });
	fc.assert(
		fc.property(fc.array(steg, { maxLength: 30 }), (rekke) => {
			let tilstand = { status: 'sendt' as InvitasjonStatus, utloperAt: UTLOPER };
			let gitt = 0;
			let akseptert = false;
			for (const { handling, dag } of rekke.toSorted((a, b) => a.dag - b.dag)) {
				const ny = prov(tilstand.status, handling, etter(dag));
				if (ny === 'conflict') continue;
				if (handling === 'aksepter' || handling === 'aksepter_annet_navn') akseptert = true;
				if (ny === 'akseptert') gitt++;
				if (gitt > 0) expect(akseptert).toBe(true);
				tilstand = {
					status: ny,
					utloperAt: handling === 'send_pa_nytt' ? new Date(etter(dag).getTime() + GYLDIG_MS) : UTLOPER
				};
			}
			expect(gitt).toBeLessThanOrEqual(1);
			if (tilstand.status === 'akseptert' || tilstand.status === 'til_bekreftelse')
				expect(erApen(tilstand, etter(0))).toBe(false);
		})
	);
});

test('an open invitation has expired when its deadline has passed; what is decided has not', () => {
	expect(statusNa({ status: 'apnet', utloperAt: UTLOPER }, etter(29.9))).toBe('apnet');
	expect(statusNa({ status: 'apnet', utloperAt: UTLOPER }, etter(30))).toBe('utlopt');
	expect(statusNa({ status: 'akseptert', utloperAt: UTLOPER }, etter(90))).toBe('akseptert');
});

test.each([
	[0, 0],
	[2.99, 0],
	[3, 1],
	[13.99, 1],
	[14, 2],
	[29.9, 2],
	[30, 0]
])('after %f days %i reminders are due', (dager, antall) => {
	const tilstand = { status: 'apnet' as const, utloperAt: UTLOPER, sendtAt: SENDT };
	expect(purringer(tilstand, etter(dager))).toBe(antall);
	expect(purringer({ ...tilstand, status: 'avslatt' }, etter(dager))).toBe(0);
});
