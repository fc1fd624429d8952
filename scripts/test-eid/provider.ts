import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import Provider, { interactionPolicy, type Configuration, type JWK } from 'oidc-provider';
import type { EidProfile } from '#lib/server/config-values.ts';
import type { TestPerson } from '#lib/server/demo/eid-personer.ts';
import { answerInteraction, type Chosen } from './interaction.ts';
import { logoutPage } from './pages.ts';

export interface TestEidOptions {
	/** Its own address, as browsers and the portal reach it. */
	issuer: string;
	/** The portal's address. */
	origin: string;
	profile: EidProfile;
	clientId: string;
	/** The public part of the portal's key. */
	clientJwk: JWK;
	/** Whom the page offers. */
	people: readonly TestPerson[];
}

/** Scopes of both providers, with the claims that they bring into the id_token. */
const claims: Record<string, string[]> = {
	openid: ['sub', 'pid'],
	profile: ['name', 'given_name', 'family_name'],
	'helseid://scopes/identity/pid': ['helseid://claims/identity/pid'],
	'helseid://scopes/identity/security_level': ['helseid://claims/identity/security_level'],
	'helseid://scopes/hpr/hpr_number': ['helseid://claims/hpr/hpr_number']
};

/**
 * A provider of electronic ID for one's own machine, with the claims, levels and demands of the real ones (PAR, PKCE,
 * private_key_jwt; DPoP with a nonce), and a page where one chooses whom to be. Nothing is kept: keys and sessions end with it.
 * @throws Error in production
 */
export function createTestEid(options: TestEidOptions): Server {
	if (process.env['NODE_ENV'] === 'production')
		throw new Error('The test provider of electronic ID lets anybody be anyone: it never runs in production.');
	const chosen = new Map<string, Chosen>();
	const provider = new Provider(options.issuer, configuration(options, chosen));
	// The session's name goes into every id_token, as with the real ones; the library gives it only to those with back-channel log-out.
	(provider.Client.prototype as unknown as { includeSid: () => boolean }).includeSid = () => true;
	const callback = provider.callback();
	return createServer((request, response) => {
		const uid = /^\/innlogging\/[\w-]+(?=\?|$)/.exec(request.url ?? '');
		if (request.url === '/favicon.ico') return void response.writeHead(204).end();
		// Whoever one was before in this browser would first ask to be logged out.
		if (request.url?.startsWith('/auth')) forgetSession(request);
		keepCookiesOnHttp(response);
		if (uid === null) return void callback(request, response);
		answerInteraction(provider, options, chosen, request, response).catch((error: unknown) => {
			response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' });
			response.end(error instanceof Error ? error.message : 'error');
		});
	});
}

function configuration(options: TestEidOptions, chosen: Map<string, Chosen>): Configuration {
	const { origin, clientId, clientJwk } = options;
	const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
	return {
		clients: [
			{
				client_id: clientId,
				redirect_uris: [`${origin}/eid/retur`],
				post_logout_redirect_uris: [`${origin}/logg-inn?ut=1`],
				response_types: ['code'],
				grant_types: ['authorization_code'],
				token_endpoint_auth_method: 'private_key_jwt',
				token_endpoint_auth_signing_alg: clientJwk.kty === 'EC' ? 'ES256' : 'PS256',
				id_token_signed_response_alg: 'PS256',
				dpop_bound_access_tokens: options.profile === 'helseid',
				jwks: { keys: [clientJwk] }
			}
		],
		jwks: { keys: [{ ...(key as JWK), kid: randomUUID(), alg: 'PS256', use: 'sig' }] },
		enabledJWA: { idTokenSigningAlgValues: ['PS256'] },
		claims,
		scopes: Object.keys(claims),
		conformIdTokenClaims: false,
		acrValues: ['Level4', 'idporten-loa-high', 'idporten-loa-substantial'],
		// The portal logs out by POST.
		enableHttpPostMethods: true,
		cookies: { keys: [randomBytes(32).toString('hex')], long: { sameSite: 'none' } },
		pkce: { required: () => true },
		clockTolerance: 10,
		features: {
			devInteractions: { enabled: false },
			pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
			dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true },
			rpInitiatedLogout: {
				enabled: true,
				logoutSource: (ctx, form) => void (ctx.body = logoutPage(form))
			}
		},
		interactions: { policy: alwaysAsk(), url: (_ctx, { uid }) => `/innlogging/${uid}` },
		findAccount: (_ctx, accountId) => {
			const who = chosen.get(accountId);
			return who && { accountId, claims: () => ({ sub: accountId, ...who }) };
		},
		// Nobody is asked for consent: the real ones do not.
		loadExistingGrant: async ({ oidc: { client, session, params, provider } }) => {
			if (client === undefined || session?.accountId === undefined) return undefined;
			const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
			grant.addOIDCScope(String(params?.['scope'] ?? 'openid'));
			await grant.save();
			return grant;
		}
	};
}

function forgetSession({ headers }: IncomingMessage): void {
	if (headers.cookie !== undefined) headers.cookie = headers.cookie.replace(/(^|; )_session(\.\w+)*=[^;]*/g, '');
}

/** Browsers take SameSite=None by https only. All that asks for the provider here is on localhost, which is one site: Lax will do. */
function keepCookiesOnHttp(response: ServerResponse): void {
	const setHeader = response.setHeader.bind(response);
	response.setHeader = (name, value) =>
		setHeader(name, Array.isArray(value) ? value.map((line) => line.replace(/samesite=none/i, 'samesite=lax')) : value);
}

/** One chooses anew each time, whoever one was before in this browser. */
function alwaysAsk(): interactionPolicy.DefaultPolicy {
	const policy = interactionPolicy.base();
	policy
		.get('login')
		?.checks.add(
			new interactionPolicy.Check('always', 'one chooses anew each time', (ctx) =>
				ctx.oidc.result?.login === undefined
					? interactionPolicy.Check.REQUEST_PROMPT
					: interactionPolicy.Check.NO_NEED_TO_PROMPT
			)
		);
	return policy;
}
