import { randomUUID } from 'node:crypto';
import type { Expected, Statuses } from './expected.ts';

/** The pages of notifications and announcements. Everybody has notifications; announcements are written by Helsedirektoratet and drift. */
export function varselruter({
	loggedIn,
	everybody
}: {
	loggedIn: (status: number, without?: number) => Statuses;
	everybody: (status: number) => Statuses;
}): Record<string, Expected> {
	const faste = (status: number): Statuses => ({ ...loggedIn(404), hdir: status, drift: status });
	return {
		'/api/varsler': { path: () => '/api/varsler', get: loggedIn(200, 401) },
		// For whoever has the link of a mail; nobody has this one.
		'/avmelding/[token]': {
			path: () => `/avmelding/${randomUUID()}`,
			get: everybody(200),
			actions: { default: { body: () => ({}), statuses: everybody(404) } }
		},
		'/innstillinger/varsler': {
			path: () => '/innstillinger/varsler',
			get: loggedIn(200),
			actions: { default: { body: () => ({ 'signering-hjem': 'ja', dag: '1' }), statuses: loggedIn(200) } }
		},
		'/meldinger': {
			path: () => '/meldinger',
			get: faste(200),
			actions: {
				ny: { body: () => ({ tittel: 'Driftsstans', tekst: 'I natt', roller: 'lis' }), statuses: faste(200) },
				trekk: { body: () => ({ id: randomUUID() }), statuses: loggedIn(404) }
			}
		},
		'/varsler': {
			path: () => '/varsler',
			get: loggedIn(200),
			actions: {
				lest: { body: () => ({ kort: 'varsler', til: new Date().toISOString() }), statuses: loggedIn(200) }
			}
		},
		// Everybody else's are not there.
		'/varsler/[varselId]': { path: () => `/varsler/${randomUUID()}`, get: loggedIn(404) }
	};
}
