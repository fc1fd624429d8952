import { klokkaINorge, oyeblikkINorge } from '#lib/domain/dager.ts';
import { dato, linje, parameter, tekst, utc } from './innhold.ts';

/** Somebody who is written into a calendar by their address. */
export type Kalenderperson = { navn: string; epost: string };

/** An appointment in Norway's own time; days as YYYY-MM-DD, times as HH:MM. */
export type Kalenderhendelse = {
	/** The same for as long as the appointment lives: calendars find by it what a newer file changes or cancels. */
	uid: string;
	/** Grows with every change of time and place, and with the cancelling. */
	sekvens: number;
	tittel: string;
	beskrivelse: string;
	/** The page to read about it on, https. */
	lenke: string;
	dato: string;
	/** Null: the whole day. */
	fra: string | null;
	til: string | null;
	sted: string | null;
	avlyst: boolean;
};

/** PUBLISH: to put into one's own calendar. REQUEST: an invitation by mail, which names who invites and who is invited. */
export type Metode =
	{ metode: 'PUBLISH' } | { metode: 'REQUEST'; arrangor: Kalenderperson; inviterte: Kalenderperson[] };

/** How long a samtale is taken to last when only its beginning is set. */
const VARIGHET_MS = 45 * 60 * 1000;
const TIME_MS = 60 * 60 * 1000;

const OSLO = 'Europe/Oslo';
/** The rule for Norway's clocks since 1996, for calendars that do not know the zone by its name. */
const TIDSSONE = [
	'BEGIN:VTIMEZONE',
	`TZID:${OSLO}`,
	'BEGIN:DAYLIGHT',
	'DTSTART:19960331T020000',
	'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
	'TZOFFSETFROM:+0100',
	'TZOFFSETTO:+0200',
	'TZNAME:CEST',
	'END:DAYLIGHT',
	'BEGIN:STANDARD',
	'DTSTART:19961027T030000',
	'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
	'TZOFFSETFROM:+0200',
	'TZOFFSETTO:+0100',
	'TZNAME:CET',
	'END:STANDARD',
	'END:VTIMEZONE'
];

/**
 * The appointment as an iCalendar file (RFC 5545 and 5546), lines ended by CRLF. One that is avlyst becomes a CANCEL of the
 * same UID, whatever the method. `now` is when the file is made. Nothing in it says what a samtale is about.
 */
export function skrivIcs(hendelse: Kalenderhendelse, hvordan: Metode, now: Date): string {
	return [
		'BEGIN:VCALENDAR',
		'VERSION:2.0',
		'PRODID:-//LIS Kommune//Veiledningssamtaler//NO',
		'CALSCALE:GREGORIAN',
		`METHOD:${hendelse.avlyst ? 'CANCEL' : hvordan.metode}`,
		...(hendelse.fra === null ? [] : TIDSSONE),
		'BEGIN:VEVENT',
		linje('UID', tekst(hendelse.uid)),
		linje('SEQUENCE', String(hendelse.sekvens)),
		linje('DTSTAMP', utc(now)),
		...tidsrom(hendelse),
		linje('SUMMARY', tekst(hendelse.tittel)),
		linje('DESCRIPTION', tekst(hendelse.beskrivelse)),
		linje('URL', encodeURI(hendelse.lenke)),
		...(hendelse.sted === null ? [] : [linje('LOCATION', tekst(hendelse.sted))]),
		...(hvordan.metode === 'REQUEST' ? personer(hvordan) : []),
		`STATUS:${hendelse.avlyst ? 'CANCELLED' : 'CONFIRMED'}`,
		// Calendars are often shared with colleagues: those see that the time is taken, and not for what.
		'CLASS:PRIVATE',
		`TRANSP:${hendelse.fra === null ? 'TRANSPARENT' : 'OPAQUE'}`,
		'END:VEVENT',
		'END:VCALENDAR',
		''
	].join('\r\n');
}

function tidsrom({ dato: dag, fra, til }: Kalenderhendelse): string[] {
	if (fra === null) {
		const neste = new Date(Date.parse(dag) + 24 * TIME_MS).toISOString().slice(0, 10);
		return [linje('DTSTART;VALUE=DATE', dato(dag)), linje('DTEND;VALUE=DATE', dato(neste))];
	}
	const start = oyeblikkINorge(dag, fra);
	return [tidspunkt('DTSTART', start), tidspunkt('DTEND', slutten(dag, start, fra, til))];
}

/**
 * As clocks in Norway show it. A time that they show twice, when summer time ends, is written in UTC: the standard reads it as the
 * first of the two, and some calendars as the second.
 */
function tidspunkt(navn: string, oyeblikk: Date): string {
	const { dato: dag, tid } = klokkaINorge(oyeblikk);
	const toGanger = [-TIME_MS, TIME_MS].some((ms) => klokkaINorge(new Date(oyeblikk.getTime() + ms)).tid === tid);
	return toGanger ? linje(navn, utc(oyeblikk)) : linje(`${navn};TZID=${OSLO}`, dato(dag, tid));
}

function slutten(dag: string, start: Date, fra: string, til: string | null): Date {
	if (til === null) return new Date(start.getTime() + VARIGHET_MS);
	const slutt = oyeblikkINorge(dag, til);
	if (slutt > start) return slutt;
	// The beginning was in the hour that the clock skips, and moved past the end: what counts then is how long it lasts.
	return new Date(start.getTime() + (Date.parse(`${dag}T${til}Z`) - Date.parse(`${dag}T${fra}Z`)));
}

function personer({ arrangor, inviterte }: Metode & { metode: 'REQUEST' }): string[] {
	return [
		linje(`ORGANIZER;CN=${parameter(arrangor.navn)}`, `mailto:${encodeURI(arrangor.epost)}`),
		...inviterte.map(({ navn, epost }) =>
			linje(
				`ATTENDEE;CN=${parameter(navn)};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE`,
				`mailto:${encodeURI(epost)}`
			)
		)
	];
}
