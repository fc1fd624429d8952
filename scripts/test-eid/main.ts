import { createPublicKey } from 'node:crypto';
import type { JWK } from 'oidc-provider';
import { loadConfig } from '#lib/server/config.ts';
import { DEMO_EID, NYE_EID } from '#lib/server/demo/eid-personer.ts';
import { createTestEid } from './provider.ts';

/** The local test provider as a process of `npm start`: it takes the portal's own settings (EID_*), and listens where EID_ISSUER says. */
const config = loadConfig(process.env);
if (config.production || config.eid === undefined)
	throw new Error('The test provider of electronic ID is for one’s own machine, and is started by npm start.');
// The library's advice is for those who would run it for real people.
console.info = console.warn = () => undefined;

const { issuer, clientId, privateJwk, profile } = config.eid;
const publicJwk = createPublicKey({ key: privateJwk, format: 'jwk' }).export({ format: 'jwk' }) as JWK;
const server = createTestEid({
	issuer,
	origin: config.origin,
	profile,
	clientId,
	clientJwk: { ...publicJwk, ...(privateJwk.kid === undefined ? {} : { kid: privateJwk.kid }) },
	people: [...Object.values(DEMO_EID), ...NYE_EID]
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0));
server.listen(Number(new URL(issuer).port), config.host ?? 'localhost', () => process.send?.('ready'));
