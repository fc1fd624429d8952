import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { skrivIcs, type Kalenderhendelse, type Metode } from './ics.ts';
import { samtaleHendelse, type SamtaleIKalender } from './samtale-hendelse.ts';

const NOW = new Date('2026-11-22T09:15:42.987Z');
const ID = '0b0e3a5e-7a1c-4f7e-9b6a-2f6f0c9f4d11';
const HENDELSE: Kalenderhendelse = {
	uid: `${ID}@lis.kommune.no`,
	sekvens: 3,
	tittel: 'Veiledningssamtale med Ola Hansen',
	beskrivelse: 'Åpne den',
	lenke: `https://lis.kommune.no/samtaler/${ID}`,
	dato: '2026-11-24',
	fra: '14:30',
	til: '15:15',
	sted: 'Legekontoret',
	avlyst: false
};

/** Reads a file as a calendar does, by a library that has nothing of ours. */
function read(ics: string) {
	const calendar = new ICAL.Component(ICAL.parse(ics) as unknown[]);
	const vevent = calendar.getFirstSubcomponent('vevent');
	if (!vevent) throw new Error('no event');
	const event = new ICAL.Event(vevent);
	const utc = (time: ICAL.Time) => new Date(time.toUnixTime() * 1000).toISOString().slice(0, 16);
	const value = (name: string) => vevent.getFirstPropertyValue(name);
	return {
		calendar,
		event,
		value,
		method: calendar.getFirstPropertyValue('method'),
		start: utc(event.startDate),
		end: utc(event.endDate),
		count: calendar.getAllSubcomponents('vevent').length,
		names: vevent.getAllProperties().map((property) => property.name)
	};
}
const publish = (over: Partial<Kalenderhendelse> = {}, metode: Metode = { metode: 'PUBLISH' }) =>
	skrivIcs({ ...HENDELSE, ...over }, metode, NOW);
const times = (over: Partial<Kalenderhendelse>) => {
	const { start, end } = read(publish(over));
	return [start, end];
};

describe('an ordinary samtale', () => {
	const { calendar, event, value, method, start, end } = read(publish());

	it('stands at its instants, in Norwegian time', () => {
		expect([start, end]).toEqual(['2026-11-24T13:30', '2026-11-24T14:15']);
		expect(event.startDate.toString()).toBe('2026-11-24T14:30:00');
		expect(event.startDate.zone.tzid).toBe('Europe/Oslo');
		expect(calendar.getFirstSubcomponent('vtimezone')).not.toBeNull();
	});

	it('says what it is, where, and where to read on, and nothing that calendars would show to all', () => {
		expect(method).toBe('PUBLISH');
		expect(event.summary).toBe('Veiledningssamtale med Ola Hansen');
		expect(event.location).toBe('Legekontoret');
		expect(event.uid).toBe(HENDELSE.uid);
		expect(event.sequence).toBe(3);
		expect(String(value('dtstamp'))).toBe('2026-11-22T09:15:42Z');
		expect(value('url')).toBe(HENDELSE.lenke);
		expect(value('class')).toBe('PRIVATE');
		expect(value('status')).toBe('CONFIRMED');
	});
});

describe('without an end', () => {
	it('lasts 45 minutes', () => {
		expect(times({ til: null })).toEqual(['2026-11-24T13:30', '2026-11-24T14:15']);
	});
	it('may end after midnight', () => {
		expect(times({ fra: '23:30', til: null })).toEqual(['2026-11-24T22:30', '2026-11-24T23:15']);
	});
});

describe('without a time', () => {
	it.each([
		['2026-11-24', '2026-11-25'],
		['2026-12-31', '2027-01-01'],
		['2028-02-28', '2028-02-29'],
		['2026-03-29', '2026-03-30']
	])('takes the whole of %s, and no other day', (dato, next) => {
		const { event, calendar } = read(publish({ dato, fra: null, til: null }));
		expect(event.startDate.isDate).toBe(true);
		expect([event.startDate.toString(), event.endDate.toString()]).toEqual([dato, next]);
		expect(calendar.getFirstSubcomponent('vtimezone')).toBeNull();
	});
});

describe('across the nights on which the clock is moved', () => {
	it.each([
		// The last Sunday of March: 02.00 becomes 03.00.
		['the day before', '2026-03-28', '14:30', '15:15', '2026-03-28T13:30', '2026-03-28T14:15'],
		['the day of the change', '2026-03-29', '14:30', '15:15', '2026-03-29T12:30', '2026-03-29T13:15'],
		['over the change', '2026-03-29', '01:30', '03:30', '2026-03-29T00:30', '2026-03-29T01:30'],
		['a beginning that no clock shows', '2026-03-29', '02:30', '04:00', '2026-03-29T01:30', '2026-03-29T02:00'],
		['one that would end before it begins', '2026-03-29', '02:30', '03:15', '2026-03-29T01:30', '2026-03-29T02:15'],
		['both in the hour that is not there', '2026-03-29', '02:15', '02:45', '2026-03-29T01:15', '2026-03-29T01:45'],
		['no end, in that hour', '2026-03-29', '02:30', null, '2026-03-29T01:30', '2026-03-29T02:15'],
		['no end, up to the change', '2026-03-29', '01:30', null, '2026-03-29T00:30', '2026-03-29T01:15'],
		// The last Sunday of October: 03.00 becomes 02.00.
		['the day before', '2026-10-24', '14:30', '15:15', '2026-10-24T12:30', '2026-10-24T13:15'],
		['the day of the change', '2026-10-25', '14:30', '15:15', '2026-10-25T13:30', '2026-10-25T14:15'],
		['over the change', '2026-10-25', '01:30', '03:30', '2026-10-24T23:30', '2026-10-25T02:30'],
		['a beginning that the clock shows twice', '2026-10-25', '02:30', '03:15', '2026-10-25T00:30', '2026-10-25T02:15'],
		['an end that it shows twice', '2026-10-25', '01:30', '02:30', '2026-10-24T23:30', '2026-10-25T00:30'],
		['no end, into the second of the two', '2026-10-25', '02:30', null, '2026-10-25T00:30', '2026-10-25T01:15'],
		['another year', '2031-10-26', '12:00', '12:45', '2031-10-26T11:00', '2031-10-26T11:45']
	])('%s: %s %s–%s', (_what, dato, fra, til, start, end) => {
		expect(times({ dato, fra, til })).toEqual([start, end]);
	});
});

describe('names and places that would be more than text', () => {
	const nasty = [
		'Rom 3, 2. etasje; ring på\\ned\nunder',
		'A\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:other',
		'B\rATTENDEE:mailto:evil@example.test',
		'C\u2028X-A:1\u0000\u0007',
		'"quoted":;,=\\n',
		`Ø${'æøå😀'.repeat(60)}`
	];

	it.each(nasty)('%j is read back as it was, in the one event', (text) => {
		const { event, count, names } = read(publish({ sted: text, tittel: text, beskrivelse: text }));
		// eslint-disable-next-line no-control-regex
		const plain = text.replaceAll(/\r\n|[\r\u2028]/g, '\n').replaceAll(/[\u0000\u0007]/g, '');
		expect([event.location, event.summary, event.description]).toEqual([plain, plain, plain]);
		expect(count).toBe(1);
		expect(names).toEqual(read(publish()).names);
	});

	it('nor does a name or an address among the invited', () => {
		const person = { navn: 'A";X=1:b\r\nATTENDEE:c', epost: 'a@b.no\r\nATTENDEE:mailto:c@d.no' };
		const { names, method } = read(publish({}, { metode: 'REQUEST', arrangor: person, inviterte: [person] }));
		expect(method).toBe('REQUEST');
		expect(names.filter((name) => name === 'attendee' || name === 'organizer')).toEqual(['organizer', 'attendee']);
		expect(names).toHaveLength(read(publish()).names.length + 2);
	});

	it('no line is longer than 75 octets, and every one ends as the standard says', () => {
		for (const text of nasty) {
			const ics = publish({ sted: text });
			expect(ics.endsWith('\r\n')).toBe(true);
			expect(ics.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
			for (const line of ics.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
		}
	});
});

describe('a samtale as an appointment', () => {
	const samtale: SamtaleIKalender = {
		id: ID,
		status: 'planlagt',
		versjon: 1,
		dato: '2026-11-24',
		fra: '14:30',
		til: null,
		sted: 'Legekontoret',
		deltakere: [
			{ personId: 'lis', navn: 'Áile Ŋ.' },
			{ personId: 'veileder', navn: 'Ola Hansen' }
		]
	};
	const origin = 'https://lis.kommune.no:8443';
	const lis = { brukerId: 'lis', sprak: 'nb' } as const;
	const of = (over: Partial<SamtaleIKalender>, leser: Parameters<typeof samtaleHendelse>[1]['leser'] = lis) =>
		samtaleHendelse({ ...samtale, ...over }, { leser, origin });
	const file = (over: Partial<SamtaleIKalender>) => read(skrivIcs(of(over), { metode: 'PUBLISH' }, NOW));

	it('keeps its UID when it is moved and when it is avlyst, and grows its sequence each time', () => {
		const files = [file({}), file({ dato: '2026-12-01', versjon: 2 }), file({ versjon: 2, status: 'avlyst' })];
		expect(new Set(files.map(({ event }) => event.uid))).toEqual(new Set([`${ID}@lis.kommune.no`]));
		expect(files.map(({ event }) => event.sequence)).toEqual([1, 2, 3]);
		expect(files.map(({ method }) => method)).toEqual(['PUBLISH', 'PUBLISH', 'CANCEL']);
		expect(files.map(({ value }) => value('status'))).toEqual(['CONFIRMED', 'CONFIRMED', 'CANCELLED']);
	});

	it('names the other one, in the reader’s language', () => {
		expect(of({}).tittel).toBe('Veiledningssamtale med Ola Hansen');
		expect(of({}, { brukerId: 'veileder', sprak: 'nn' }).tittel).toBe('Rettleiingssamtale med Áile Ŋ.');
		expect(of({}, { brukerId: 'veileder', sprak: 'en' }).tittel).toBe('Mentoring meeting with Áile Ŋ.');
		expect(of({ deltakere: [] }).tittel).toBe('Veiledningssamtale');
	});
});
