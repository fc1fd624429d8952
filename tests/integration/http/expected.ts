import { randomUUID } from 'node:crypto';
import { filruter } from './expected-filer.ts';
import { katalogruter } from './expected-katalog.ts';
import { varselruter } from './expected-varsler.ts';
import { kladd, vurderingsruter } from './expected-vurdering.ts';
import { PERSONAS, type Persona } from './personas.ts';

/** T06: what each route answers to everybody. Whoever makes a route or an action enters it here, from product.md. */

export type Statuses = Record<Persona, number>;
const everybody = (status: number): Statuses =>
	Object.fromEntries(PERSONAS.map((persona) => [persona, status])) as Statuses;
/** Behind log-in: whoever has no session is sent to log-in, or told 401 where a script asks. */
const loggedIn = (status: number, without = 303): Statuses => ({
	...everybody(status),
	...{ nobody: without, deactivated: without }
});
/** A LIS and the people who follow the veiledning; a former one is told since when not; to all others it is not there. */
const around = (status: number): Statuses => ({
	...loggedIn(404),
	...{ lis: status, veileder: status, leder: status, passedOn: 403, departed: 403 }
});
/** The pages of drift are there for nobody else. */
const drifts = (status: number): Statuses => ({ ...loggedIn(404), drift: status });
/** Those who take part in the samtale, also after the relation ended. */
export const readers: Statuses = { ...loggedIn(404), lis: 200, veileder: 200, departed: 200, passedOn: 403 };
/** The veileder’s verbs: those who may know of the samtale are told that it is not for them. */
const veileders = (status: number): Statuses => ({
	...loggedIn(404),
	...{ veileder: status, lis: 403, leder: 403, departed: 403, passedOn: 403 }
});

/** What is a LIS' own page: each sees their own there, to all others it is not there. */
const own = (status: number): Statuses => ({ ...loggedIn(404), lis: status, annenLis: status });

export interface Expected {
	/** Where, given the LIS and a samtale. */
	path: (lisId: string, samtaleId: string) => string;
	get: Statuses;
	/** Who is shown addresses for mail there: one's own, or those whom one has to do with. Nobody elsewhere. */
	addresses?: Partial<Record<Persona, true>>;
	/** For endpoints that take one. */
	post?: Statuses;
	/** A body that holds, so that the answer speaks of rights. */
	actions?: Record<string, { body: () => Record<string, string>; statuses: Statuses }>;
}

const idag = () => new Date().toISOString().slice(0, 10);
const TID = { dato: '2026-12-10', fra: '10:00', til: '11:00', sted: 'Legekontoret' };

export const EXPECTED: Record<string, Expected> = {
	...filruter({ loggedIn, everybody, around }),
	...katalogruter(loggedIn),
	...vurderingsruter({ loggedIn, everybody, own }),
	...varselruter({ loggedIn, everybody }),
	'/': { path: () => '/', get: loggedIn(303) },
	'/admin': {
		path: () => '/admin',
		addresses: { drift: true },
		get: drifts(200),
		actions: { sett: { body: () => ({ epostId: randomUUID() }), statuses: loggedIn(404) } }
	},
	'/admin/brukere/[brukerId]': {
		path: (lisId) => `/admin/brukere/${lisId}`,
		addresses: { drift: true },
		get: drifts(200),
		// The relation is nobody's; whoever is appointed can lose it again.
		actions: {
			epost: { body: () => ({ epost: 'nora@example.test' }), statuses: drifts(200) },
			avslutt: { body: () => ({ relasjonId: randomUUID(), grunn: 'Feil person' }), statuses: loggedIn(404) },
			utnevn: { body: () => ({ grunn: 'Ansatt' }), statuses: drifts(200) },
			avsett: { body: () => ({ grunn: 'Sluttet' }), statuses: drifts(200) }
		}
	},
	'/admin/steder': {
		path: () => '/admin/steder',
		get: drifts(200),
		actions: {
			kommune: { body: () => ({ nummer: '0301', navn: 'Oslo' }), statuses: drifts(200) },
			sted: { body: () => ({ kommune: '9999', navn: 'Legevakta', slag: 'legevakt' }), statuses: drifts(400) }
		}
	},
	'/api/okt': { path: () => '/api/okt', get: loggedIn(200, 401), post: loggedIn(200, 401) },
	'/api/samtaler': { path: () => '/api/samtaler', get: loggedIn(200, 401) },
	'/eid/feil': { path: () => '/eid/feil', get: everybody(200) },
	'/eid/retur': { path: () => '/eid/retur', get: everybody(303) },
	// The tests' portal has no provider: whoever starts is told so.
	'/eid/start': { path: () => '/eid/start', get: everybody(303), post: everybody(303) },
	'/eid/utlogging': { path: () => '/eid/utlogging', get: everybody(204) },
	'/epost/[token]': {
		path: () => `/epost/${randomUUID()}`,
		get: everybody(200),
		actions: { default: { body: () => ({}), statuses: everybody(409) } }
	},
	// My people for a LIS, deputies for those who follow one; of an invitation that is not one's own nothing is told.
	'/folk': {
		path: () => '/folk',
		get: loggedIn(200),
		actions: {
			inviter: {
				body: () => ({ 'navn-0': 'Ny Person', 'epost-0': `${randomUUID()}@example.com`, 'supervisor-0': 'ja' }),
				statuses: { ...loggedIn(404), lis: 200, annenLis: 200 }
			},
			igjen: { body: () => ({ invitasjonId: randomUUID() }), statuses: loggedIn(404) },
			rett: {
				body: () => ({ invitasjonId: randomUUID(), navn: 'Ny Person', epost: 'ny@example.com' }),
				statuses: loggedIn(404)
			},
			bytt: {
				body: () => ({ invitasjonId: randomUUID(), navn: 'Ny Person', epost: 'ny@example.com' }),
				statuses: loggedIn(404)
			},
			trekk: { body: () => ({ invitasjonId: randomUUID() }), statuses: loggedIn(404) },
			bekreft: { body: () => ({ invitasjonId: randomUUID() }), statuses: loggedIn(404) },
			avvis: { body: () => ({ invitasjonId: randomUUID() }), statuses: loggedIn(404) },
			avslutt: { body: () => ({ relasjonId: randomUUID(), grunn: 'Flyttet' }), statuses: loggedIn(404) },
			stedfortreder: {
				body: () => ({
					...{ lisId: randomUUID(), rolle: 'veileder', navn: 'Ny Person', epost: 'ny@example.com', til: '2026-12-31' }
				}),
				statuses: loggedIn(404)
			}
		}
	},
	'/fremdrift': { path: () => '/fremdrift', get: loggedIn(200) },
	'/hjelp': { path: () => '/hjelp', get: everybody(200) },
	'/hjelp/[rolle]': { path: () => '/hjelp/veileder', get: everybody(200) },
	'/hjem': { path: () => '/hjem', get: loggedIn(200) },
	'/innstillinger': {
		path: () => '/innstillinger',
		addresses: Object.fromEntries(PERSONAS.map((persona) => [persona, true])),
		get: loggedIn(200),
		actions: {
			profil: { body: () => ({ mobil: '', stilling: '', sprak: 'nb' }), statuses: loggedIn(200) },
			// None of these sessions is proven by electronic ID.
			innlogging: { body: () => ({ brukernavn: 'nytt.navn', passord: 'fire helt egne ord' }), statuses: loggedIn(409) },
			epost: { body: () => ({ epost: 'ny@example.test' }), statuses: loggedIn(409) },
			andre: { body: () => ({}), statuses: loggedIn(200) }
		}
	},
	// Without the cookie of a link everybody is told that the link cannot be used; so is whoever has a wrong one.
	'/invitasjon': {
		path: () => '/invitasjon',
		get: everybody(200),
		actions: {
			aksepter: { body: () => ({}), statuses: loggedIn(409) },
			registrer: {
				body: () => ({ epost: 'ny@example.com', mobil: '99887766', sprak: 'nb' }),
				statuses: everybody(409)
			},
			avsla: { body: () => ({}), statuses: everybody(409) },
			ikkemeg: { body: () => ({}), statuses: everybody(409) },
			beomny: { body: () => ({}), statuses: everybody(200) }
		}
	},
	'/invitasjon/[token]': { path: () => `/invitasjon/${randomUUID()}`, get: everybody(303) },
	// Nobody here has accepted anything.
	'/invitasjon/kvittering': { path: () => '/invitasjon/kvittering', get: loggedIn(303) },
	'/logg-inn': {
		path: () => '/logg-inn',
		get: { ...everybody(303), nobody: 200, deactivated: 200 },
		// Whoever is logged in already is shown in.
		actions: {
			default: {
				body: () => ({ brukernavn: randomUUID(), passord: 'feil' }),
				statuses: { ...everybody(303), nobody: 400, deactivated: 400 }
			}
		}
	},
	'/logg-ut': { path: () => '/logg-ut', get: everybody(303), post: everybody(303) },
	'/personvern': { path: () => '/personvern', get: everybody(200) },
	// The tests' database is not kept safe from a power cut, and is told so.
	'/readyz': { path: () => '/readyz', get: everybody(503) },
	// A page for those who are not logged in; without electronic ID nobody registers.
	'/registrer': {
		path: () => '/registrer',
		get: { ...everybody(303), nobody: 200, deactivated: 200 },
		actions: {
			default: {
				body: () => ({ epost: 'ny@example.com', mobil: '99887766', sprak: 'nb', start: '2026-12-01' }),
				statuses: { ...everybody(303), nobody: 409, deactivated: 409 }
			}
		}
	},
	'/registrer/folk': {
		path: () => '/registrer/folk',
		get: { ...loggedIn(303), lis: 200, annenLis: 200 },
		actions: {
			default: {
				body: () => ({ 'mangler-leder': 'ja', 'mangler-veileder': 'ja', 'mangler-supervisor': 'ja' }),
				statuses: { ...loggedIn(404), lis: 303, annenLis: 303 }
			}
		}
	},
	'/registrer/kvittering': { path: () => '/registrer/kvittering', get: { ...loggedIn(303), lis: 200, annenLis: 200 } },
	'/rolle': { path: () => '/rolle', get: everybody(303), post: everybody(303) },
	'/samtaler/[samtaleId]': {
		path: (_lis, samtale) => `/samtaler/${samtale}`,
		get: readers,
		actions: {
			tid: { body: () => ({ ...TID, versjon: '1' }), statuses: veileders(200) },
			foresla: { body: () => TID, statuses: { ...veileders(403), lis: 200 } },
			svar: { body: () => ({ forslagId: randomUUID(), svar: 'godta' }), statuses: veileders(409) },
			ferdigstill: { body: () => ({}), statuses: veileders(200) },
			avbryt: { body: () => ({}), statuses: veileders(409) },
			bekreft: { body: () => ({ seq: '1', hash: 'feil', versjon: '1' }), statuses: veileders(409) },
			gjenopprett: { body: () => ({ seq: '1' }), statuses: { ...veileders(200), lis: 200, leder: 404 } },
			avlys: { body: () => ({ grunn: 'Sykdom' }), statuses: veileders(200) },
			kladd: { body: kladd, statuses: { ...readers, lis: 409, veileder: 409, departed: 403 } },
			slettKladd: { body: () => ({}), statuses: readers },
			merknad: { body: () => ({ tekst: 'For sent' }), statuses: { ...readers, lis: 409, veileder: 409, departed: 409 } }
		}
	},
	// One's own words, also of one who may not read it any more.
	'/samtaler/[samtaleId]/avvist': {
		path: (_lis, samtale) => `/samtaler/${samtale}/avvist`,
		get: { ...readers, passedOn: 200 },
		actions: { slett: { body: () => ({ til: '1' }), statuses: { ...readers, passedOn: 200 } } }
	},
	'/samtaler/[samtaleId]/endringslogg': { path: (_lis, samtale) => `/samtaler/${samtale}/endringslogg`, get: readers },
	'/samtaler/[samtaleId]/endringslogg/forskjell/[fra]-[til]': {
		path: (_lis, samtale) => `/samtaler/${samtale}/endringslogg/forskjell/0-1`,
		get: readers
	},
	// No entry begins with the row that made the document.
	'/samtaler/[samtaleId]/endringslogg/post/[forsteSeq]': {
		path: (_lis, samtale) => `/samtaler/${samtale}/endringslogg/post/1`,
		get: { ...readers, lis: 404, veileder: 404, departed: 404 }
	},
	'/samtaler/[samtaleId]/endringslogg/versjon/[seq]': {
		path: (_lis, samtale) => `/samtaler/${samtale}/endringslogg/versjon/1`,
		get: readers
	},
	// Only a finished one can be printed.
	'/samtaler/[samtaleId]/pdf': {
		path: (_lis, samtale) => `/samtaler/${samtale}/pdf`,
		get: { ...readers, lis: 409, veileder: 409, departed: 409 }
	},
	'/samtaler/[samtaleId]/ics': { path: (_lis, samtale) => `/samtaler/${samtale}/ics`, get: readers },
	'/sprak': { path: () => '/sprak', get: everybody(303), post: everybody(303) },
	'/tilgjengelighet': { path: () => '/tilgjengelighet', get: everybody(200) },
	// A LIS whom nobody else's record concerns goes straight to their own window.
	'/veiledning': { path: () => '/veiledning', get: { ...loggedIn(200), lis: 303, annenLis: 303 } },
	'/veiledning/[lisId]': {
		path: (lis) => `/veiledning/${lis}`,
		get: around(200),
		actions: { ny: { body: () => TID, statuses: veileders(303) } }
	},
	// The papers of a LIS; there is none, so that nobody gets one.
	'/veiledning/[lisId]/bekreftelse/[bekreftelseId]': {
		path: (lis) => `/veiledning/${lis}/bekreftelse/${randomUUID()}`,
		get: { ...around(404), veileder: 403 }
	},
	'/veiledning/[lisId]/fremdrift': {
		path: (lis) => `/veiledning/${lis}/fremdrift`,
		get: around(200),
		actions: {
			fravaer: {
				body: () => ({ slag: 'permisjon', fra: idag(), til: idag(), prosent: '100' }),
				statuses: { ...around(403), lis: 200 }
			},
			slett: { body: () => ({ fravaerId: randomUUID() }), statuses: { ...around(403), lis: 404 } },
			purr: { body: () => ({ aktivitet: randomUUID() }), statuses: loggedIn(404) },
			bekreft: {
				body: () => ({ fra: '2025-03-03', til: '2025-08-31', merknad: '' }),
				statuses: { ...around(403), leder: 200 }
			}
		}
	},
	'/veiledning/[lisId]/fremdrift/csv': { path: (lis) => `/veiledning/${lis}/fremdrift/csv`, get: around(200) },
	'/veiledning/[lisId]/fremdrift/pdf': { path: (lis) => `/veiledning/${lis}/fremdrift/pdf`, get: around(200) },
	'/veiledning/[lisId]/laeringsmal': {
		path: (lis) => `/veiledning/${lis}/laeringsmal`,
		get: around(200),
		actions: {
			anbefal: { body: () => ({ mal: 'KLK-001' }), statuses: { ...around(403), veileder: 200 } },
			// What has been recommended depends on the order of the requests: a goal that nobody has.
			trekk: { body: () => ({ kode: 'KLK-002' }), statuses: { ...around(403), veileder: 409 } }
		}
	},
	'/veiledning/[lisId]/utdanningsplan': {
		path: (lis) => `/veiledning/${lis}/utdanningsplan`,
		get: around(200),
		actions: {
			// Nobody has written it: the first of those who may does, and the text is the same for all.
			skriv: { body: () => ({ mal: 'Trygg', versjon: '0' }), statuses: around(200) },
			enig: { body: () => ({ versjon: '99' }), statuses: around(409) }
		}
	}
};
