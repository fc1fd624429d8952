import { describe, expect, test } from 'vitest';
import { AppError } from '../feil.ts';
import * as aktivitet from './aktivitet.ts';
import * as mal from './mal.ts';
import * as plan from './plan.ts';
import { kravTilstand } from './krav.ts';
import { kreverMer } from './nivaa.ts';

/** Every state × every act, written out by hand from product.md's «States»; what is not here is a conflict. */

const reason = (work: () => unknown): string => {
	try {
		return String(work());
	} catch (error) {
		if (error instanceof AppError && error.code === 'conflict') return 'conflict';
		throw error;
	}
};

describe('læringsaktivitet', () => {
	const LOVLIG: [aktivitet.AktivitetStatus, aktivitet.AktivitetHandling, aktivitet.AktivitetStatus][] = [
		['kladd', 'endre', 'kladd'],
		['kladd', 'slett', 'kladd'],
		['kladd', 'send', 'sendt'],
		['sendt', 'trekk', 'kladd'],
		['sendt', 'signer', 'signert'],
		['sendt', 'underkjenn', 'underkjent'],
		['underkjent', 'angre', 'kladd'],
		['registrert', 'angre', 'kladd'],
		['signert', 'annuller', 'kladd']
	];
	const handlinger = [
		'endre',
		'slett',
		'send',
		'registrer',
		'trekk',
		'angre',
		'signer',
		'underkjenn',
		'annuller'
	] as const;
	test.each(['kladd', 'sendt', 'signert', 'underkjent', 'registrert'] as const)(
		'%s: what a supervisør signs',
		(status) => {
			for (const handling of handlinger) {
				const til = LOVLIG.find(([fra, gjort]) => fra === status && gjort === handling)?.[2] ?? 'conflict';
				expect(
					reason(() => aktivitet.overgang({ status, slag: 'signeres' }, handling)),
					handling
				).toBe(til);
				expect(aktivitet.kanGjores({ status, slag: 'signeres' }, handling)).toBe(til !== 'conflict');
			}
		}
	);
	test.each(['egenregistrert', 'kursbevis', 'fra_sykehus'] as const)('%s is registered and never sent', (slag) => {
		expect(aktivitet.overgang({ status: 'kladd', slag }, 'registrer')).toBe('registrert');
		expect(aktivitet.kanGjores({ status: 'kladd', slag }, 'send')).toBe(false);
	});
});

describe('læringsmål', () => {
	const LOVLIG: [mal.MalStatus, mal.MalHandling, mal.MalStatus][] = [
		['pagar', 'send', 'sendt'],
		['sendt_tilbake', 'send', 'sendt'],
		['underkjent', 'send', 'sendt'],
		['trukket', 'send', 'sendt'],
		['sendt', 'trekk', 'pagar'],
		['sendt', 'godkjenn', 'godkjent'],
		['sendt', 'sendTilbake', 'sendt_tilbake'],
		['sendt', 'underkjenn', 'underkjent'],
		['godkjent', 'trekkGodkjenning', 'trukket'],
		['godkjent', 'bekreft', 'godkjent']
	];
	const handlinger = [
		'send',
		'trekk',
		'godkjenn',
		'sendTilbake',
		'underkjenn',
		'trekkGodkjenning',
		'bekreft',
		'trekkBekreftelse'
	] as const;
	test.each(mal.MAL_STATUSER)('%s', (status) => {
		for (const handling of handlinger) {
			const til = LOVLIG.find(([fra, gjort]) => fra === status && gjort === handling)?.[2] ?? 'conflict';
			expect(
				reason(() => mal.overgang({ status, bekreftet: false }, handling)),
				handling
			).toBe(til);
			expect(mal.kanGjores({ status, bekreftet: false }, handling)).toBe(til !== 'conflict');
		}
	});
	test('what Helsedirektoratet has confirmed only Helsedirektoratet takes back', () => {
		const bekreftet = { status: 'godkjent', bekreftet: true } as const;
		expect(handlinger.filter((handling) => mal.kanGjores(bekreftet, handling))).toEqual(['trekkBekreftelse']);
	});
	test('approving needs a reason when anything is missing', () => {
		expect(mal.trengerGrunn({ krav: 0, veileder: false, supervisor: false })).toBe(false);
		expect(mal.trengerGrunn({ krav: 1, veileder: false, supervisor: false })).toBe(true);
		expect(mal.trengerGrunn({ krav: 0, veileder: true, supervisor: false })).toBe(true);
		expect(mal.trengerGrunn({ krav: 0, veileder: false, supervisor: true })).toBe(true);
	});
});

describe('plan', () => {
	const LOVLIG: [plan.PlanStatus, plan.PlanHandling, plan.PlanStatus][] = [
		['tildelt', 'slett', 'tildelt'],
		['tildelt', 'begynn', 'paabegynt'],
		['tildelt', 'deaktiver', 'inaktiv'],
		['paabegynt', 'fullfor', 'fullfort'],
		['paabegynt', 'arkiver', 'arkivert'],
		['paabegynt', 'deaktiver', 'inaktiv'],
		['fullfort', 'gjenapne', 'paabegynt'],
		['fullfort', 'del', 'delt'],
		['fullfort', 'arkiver', 'arkivert'],
		['delt', 'gjenapne', 'paabegynt'],
		['delt', 'arkiver', 'arkivert'],
		['inaktiv', 'vekk', 'paabegynt'],
		['inaktiv', 'arkiver', 'arkivert']
	];
	const handlinger = ['slett', 'begynn', 'fullfor', 'gjenapne', 'del', 'arkiver', 'deaktiver', 'vekk'] as const;
	test.each(['tildelt', 'paabegynt', 'fullfort', 'delt', 'inaktiv', 'arkivert'] as const)('%s', (status) => {
		for (const handling of handlinger) {
			const til = LOVLIG.find(([fra, gjort]) => fra === status && gjort === handling)?.[2] ?? 'conflict';
			expect(
				reason(() => plan.overgang(status, handling)),
				handling
			).toBe(til);
			expect(plan.kanGjores(status, handling)).toBe(til !== 'conflict');
		}
	});
});

test('krav', () => {
	expect(kravTilstand([])).toBe('ikke_paabegynt');
	expect(kravTilstand([{ status: 'kladd' }])).toBe('paabegynt');
	expect(kravTilstand([{ status: 'underkjent' }])).toBe('paabegynt');
	expect(kravTilstand([{ status: 'underkjent' }, { status: 'sendt' }])).toBe('venter');
	expect(kravTilstand([{ status: 'sendt' }, { status: 'signert' }])).toBe('fullfort');
	expect(kravTilstand([{ status: 'registrert' }])).toBe('fullfort');
});

test('levels: more on either scale is stricter, another scale alone too', () => {
	expect(kreverMer(['kunnskap'], ['kunnskap'])).toBe(false);
	expect(kreverMer(['kunnskap'], ['kjennskap'])).toBe(false);
	expect(kreverMer(['kjennskap'], ['god_kunnskap'])).toBe(true);
	expect(kreverMer(['selvstendig'], ['under_supervisjon', 'selvstendig'])).toBe(false);
	expect(kreverMer(['kunnskap'], ['kunnskap', 'under_supervisjon'])).toBe(true);
});
