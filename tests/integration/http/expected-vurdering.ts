import { randomUUID } from 'node:crypto';
import type { Expected, Statuses } from './expected.ts';

/** A draft with nothing in it. */
export const kladd = (): Record<string, string> => ({ id: randomUUID(), versjon: '0' });

/** What everybody is answered about their own læringsmål, and where somebody signs or approves: there everybody sees what waits for them. */
export function vurderingsruter({
	loggedIn,
	everybody,
	own
}: Record<'loggedIn' | 'everybody' | 'own', (status: number) => Statuses>): Record<string, Expected> {
	return {
		'/laeringsmal': { path: () => '/laeringsmal', get: own(200) },
		// An aktivitet that is not there is so for everybody; a new one is a LIS' own to begin.
		'/aktiviteter/[id]': {
			path: () => '/aktiviteter/ny',
			get: own(200),
			actions: {
				lagre: { body: () => kladd(), statuses: own(303) },
				send: { body: () => kladd(), statuses: own(400) },
				kode: { body: () => kladd(), statuses: own(400) },
				slett: { body: () => ({ id: randomUUID() }), statuses: loggedIn(404) },
				dupliser: { body: () => ({}), statuses: loggedIn(404) },
				trekk: { body: () => ({}), statuses: loggedIn(404) },
				angre: { body: () => ({}), statuses: loggedIn(404) },
				purr: { body: () => ({}), statuses: loggedIn(404) },
				signatur: { body: () => ({ svar: 'ja' }), statuses: loggedIn(404) }
			}
		},
		'/laeringsmal/[kode]': {
			path: () => '/laeringsmal/KLK-001',
			get: own(200),
			actions: {
				send: { body: () => ({ dato: '2026-11-01', kommentar: '' }), statuses: own(200) },
				// Only one of the two LIS has a leder to remind.
				purr: { body: () => ({}), statuses: { ...own(409), lis: 200 } },
				// Sent by the action before; whoever comes first takes it back.
				trekk: { body: () => ({}), statuses: own(200) }
			}
		},
		// The LIS whose leder one is. Who may decide on which goal, in which state, stands in godkjenning.test.ts.
		'/godkjenning': {
			path: () => '/godkjenning',
			get: loggedIn(200),
			actions: Object.fromEntries(
				(['godkjenn', 'tilbake', 'underkjenn', 'trekk'] as const).map((action) => [
					action,
					{
						body: () => ({
							lisId: randomUUID(),
							kode: 'KLK-001',
							mal: 'KLK-001:1',
							versjon: '1',
							grunn: 'Mangler noe'
						}),
						statuses: loggedIn(404)
					}
				])
			)
		},
		// What was sent to the one who asks; of nobody's aktivitet, nothing is there. Who may decide on which stands in signering.test.ts.
		'/signering': { path: () => '/signering', get: loggedIn(200) },
		'/signering/[id]': {
			path: () => `/signering/${randomUUID()}`,
			get: loggedIn(404),
			actions: {
				anbefal: { body: () => ({ kode: 'KLK-001' }), statuses: loggedIn(404) },
				trekkAnbefaling: { body: () => ({ kode: 'KLK-001' }), statuses: loggedIn(404) },
				signer: { body: () => ({ versjon: '1' }), statuses: loggedIn(404) },
				underkjenn: { body: () => ({ versjon: '1', grunn: 'Mangler noe' }), statuses: loggedIn(404) }
			}
		},
		// Without the cookie of a code everybody is told that the code cannot be used.
		'/signering/kode': {
			path: () => '/signering/kode',
			get: everybody(200),
			actions: {
				registrer: { body: () => ({ epost: 'ny@example.com', sprak: 'nb' }), statuses: everybody(409) },
				signer: { body: () => ({ versjon: '1' }), statuses: loggedIn(409) }
			}
		},
		'/signering/kode/[token]': { path: () => `/signering/kode/${randomUUID()}`, get: everybody(303) },
		'/signering/flere': {
			path: () => '/signering/flere',
			get: loggedIn(200),
			actions: { signer: { body: () => ({ aktivitet: `${randomUUID()}:1` }), statuses: loggedIn(404) } }
		}
	};
}
