import { describe, expect, test } from 'vitest';
import { filterAdresse, lesFilter, manglerNoe, passer, type Filter, type Filtrerbart } from './filter.ts';

const MAL: Filtrerbart = {
	kode: 'KLK-016',
	tittel: { nb: 'Sårstell', nn: 'Sårstell' },
	tema: { nb: 'Hud', nn: 'Hud' },
	arenaer: ['sykehjem', 'fastlege'],
	status: 'pagar',
	krav: [{ tittel: { nb: 'Skift på sykehjem', nn: 'Skift på sjukeheim' }, tilstand: 'ikke_paabegynt' }]
};
const ALT: Filter = { sok: '', tema: '', arena: '', utvalg: 'alle' };
const finner = (filter: Partial<Filter>, mal: Partial<Filtrerbart> = {}) =>
	passer({ ...MAL, ...mal }, { ...ALT, ...filter });

describe('looking for goals', () => {
	test.each([
		['everything', {}, true],
		['a code', { sok: 'klk-016' }, true],
		['words in any order, without their signs', { sok: 'sykehjem sarstell' }, true],
		['a word of the other language', { sok: 'sjukeheim' }, true],
		['a word that is not there', { sok: 'sårstell hjerte' }, false],
		['its theme', { tema: 'Hud' }, true],
		['another theme', { tema: 'Hjerte' }, false],
		['an arena of it', { arena: 'sykehjem' }, true],
		['another arena', { arena: 'legevakt' }, false],
		['what lacks something', { utvalg: 'mangler' }, true],
		['what is approved', { utvalg: 'godkjent' }, false]
	] satisfies [string, Partial<Filter>, boolean][])('by %s', (_navn, filter, svar) => {
		expect(finner(filter)).toBe(svar);
	});

	test('nothing can be done for what is with somebody else', () => {
		expect(manglerNoe({ ...MAL, status: 'sendt' })).toBe(false);
		expect(manglerNoe({ ...MAL, krav: [{ tittel: MAL.tittel, tilstand: 'venter' }] })).toBe(false);
		expect(finner({ utvalg: 'venter' }, { status: 'sendt' })).toBe(true);
		expect(finner({ utvalg: 'tilbake' }, { status: 'underkjent' })).toBe(true);
	});

	test('an address says the same as the filter, and nothing that it does not know', () => {
		const filter: Filter = { sok: 'sår & hud', tema: 'Hud', arena: 'sykehjem', utvalg: 'mangler' };
		expect(lesFilter(new URLSearchParams(filterAdresse(filter)))).toEqual(filter);
		expect(filterAdresse(ALT)).toBe('');
		expect(lesFilter(new URLSearchParams('arena=maanen&utvalg=__proto__'))).toEqual(ALT);
	});
});
