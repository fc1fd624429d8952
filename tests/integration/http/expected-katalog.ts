import { randomUUID } from 'node:crypto';
import type { Expected, Statuses } from './expected.ts';

/** The published municipal plan (migrations/0009): nothing in it can be changed. */
const PUBLISERT = 'd24a9c60-6b8f-4b95-addc-fc84832e8311';

/** The pages of Helsedirektoratet, and of a LIS' plans. */
export function katalogruter(loggedIn: (status: number) => Statuses): Record<string, Expected> {
	const hdirs = (status: number): Statuses => ({ ...loggedIn(404), hdir: status });
	const followers = (lis: number, veileder: number, leder: number): Statuses => ({
		...loggedIn(404),
		...{ lis, veileder, leder, passedOn: 403, departed: 403 }
	});
	const mal = { kode: 'KLK-001', tittel_nb: 'A', tittel_nn: 'A', tema_nb: 'B', tema_nn: 'B', nivaer: 'kunnskap' };
	const ukjent = { body: () => ({ planId: randomUUID() }), statuses: loggedIn(404) };
	const navn = { navn_nb: 'A', navn_nn: 'A' };
	return {
		'/katalog': {
			path: () => '/katalog',
			get: hdirs(200),
			actions: {
				utkast: { body: () => ({ plan: 'kommunal-lis1' }), statuses: hdirs(303) },
				nyPlan: { body: () => ({ ...navn, plan: `p-${randomUUID()}` }), statuses: hdirs(303) }
			}
		},
		'/katalog/[id]': {
			path: () => `/katalog/${PUBLISERT}`,
			get: hdirs(200),
			actions: {
				hode: { body: () => navn, statuses: hdirs(409) },
				opp: { body: () => ({ kode: 'KLK-002', retning: 'opp' }), statuses: hdirs(409) },
				slett: { body: () => ({ kode: 'KLK-002' }), statuses: hdirs(409) },
				publiser: { body: () => ({ gyldig_fra: '2030-01-01', bekreft: 'ja' }), statuses: hdirs(409) },
				forkast: { body: () => ({}), statuses: hdirs(409) },
				flytt: { body: () => ({ plan: randomUUID() }), statuses: loggedIn(404) }
			}
		},
		'/katalog/[id]/[kode]': {
			path: () => `/katalog/${PUBLISERT}/KLK-001`,
			get: hdirs(409),
			actions: { default: { body: () => mal, statuses: hdirs(409) } }
		},
		'/katalog/saker': { path: () => '/katalog/saker', get: hdirs(200) },
		// Nobody has shared that one.
		'/katalog/saker/[planId]': {
			path: () => `/katalog/saker/${randomUUID()}`,
			get: loggedIn(404),
			actions: {
				bekreft: { body: () => ({ mal: 'KLK-001:1' }), statuses: loggedIn(404) },
				trekk: { body: () => ({ mal: 'KLK-001:1', grunn: 'Feil' }), statuses: loggedIn(404) },
				behandle: { body: () => ({}), statuses: loggedIn(404) }
			}
		},
		'/planer/[lisId]': {
			path: (lisId) => `/planer/${lisId}`,
			get: followers(200, 200, 200),
			actions: {
				tildel: { body: () => ({ plan: 'finnes-ikke' }), statuses: followers(403, 403, 400) },
				...{ del: ukjent, slett: ukjent, arkiver: ukjent }
			}
		}
	};
}
