import { randomUUID } from 'node:crypto';
import type { Expected, Statuses } from './expected.ts';

/** What the addresses of files answer; expected.ts takes them in. */

type Helpers = Record<'loggedIn' | 'everybody' | 'around', (status: number) => Statuses>;

/** Here there is no file, so that nobody is shown one; who gets which stands in filer.test.ts. */
export const filruter = ({ loggedIn, everybody, around }: Helpers): Record<string, Expected> => ({
	// A LIS whom nobody else's record concerns goes straight to their own files.
	'/filer': { path: () => '/filer', get: { ...loggedIn(200), lis: 303, annenLis: 303 } },
	'/filer/[filId]': { path: () => `/filer/${randomUUID()}`, get: loggedIn(404) },
	'/signering/kode/fil/[filId]': { path: () => `/signering/kode/fil/${randomUUID()}`, get: loggedIn(404) },
	'/filer/[filId]/vis': { path: () => `/filer/${randomUUID()}/vis`, get: loggedIn(404) },
	// What is sent here is no file; whoever has one need not be anybody here.
	'/kontroll': {
		path: () => '/kontroll',
		get: everybody(200),
		actions: { default: { body: () => ({}), statuses: everybody(400) } }
	},
	'/veiledning/[lisId]/filer': {
		path: (lis) => `/veiledning/${lis}/filer`,
		get: around(200),
		actions: { slett: { body: () => ({ filId: randomUUID() }), statuses: loggedIn(404) } }
	},
	// What is sent here is no file.
	'/veiledning/[lisId]/filer/last-opp': {
		path: (lis) => `/veiledning/${lis}/filer/last-opp`,
		get: everybody(405),
		post: loggedIn(400)
	}
});
