import { createHash, createHmac, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { freePort } from '../../scripts/lib/ports.ts';

type Claims = Record<string, unknown>;

/** What a provider that cannot be trusted does with the next log-in. Each is one fault in an otherwise right answer. */
export interface Mischief {
	claims?: (right: Claims) => Claims;
	header?: (right: Claims) => Claims;
	/** Signs with this in place of its key: nothing (`none`), or the public key as a shared secret (`HS256`). */
	alg?: 'none' | 'HS256' | 'other-key';
	/** Answers for the token endpoint. */
	token?: 'down' | 'slow' | 'no-id-token' | 'html';
	/** Answers for the pushed request, and so for the start. */
	par?: 'down' | 'slow';
	/** The keys are other ones from now on. */
	rotate?: 'announced' | 'hidden';
}

/** A provider that speaks just enough OpenID Connect to lie in every way. */
export async function startHostileEid() {
	const port = await freePort();
	const issuer = `http://localhost:${port}`;
	let key = newKey();
	let shown = [key];
	let mischief: Mischief = {};
	const nonces = new Map<string, string>();
	const redeemed = new Set<string>();
	const held = new Set<ServerResponse>();

	const token = (code: string): object | undefined => {
		const nonce = nonces.get(code);
		if (nonce === undefined || redeemed.has(code)) return undefined;
		redeemed.add(code);
		if (mischief.token === 'no-id-token') return { access_token: 'a', token_type: 'DPoP' };
		const now = Math.floor(Date.now() / 1000);
		const right = {
			...{ iss: issuer, aud: 'lis-kommune', sub: 's', nonce, iat: now, exp: now + 300, sid: 'sid-1' },
			...{ name: 'Ola Test', 'helseid://claims/identity/security_level': '4' },
			'helseid://claims/identity/pid': '12839610007'
		};
		const claims = mischief.claims?.(right) ?? right;
		return { access_token: 'a', token_type: 'DPoP', id_token: idToken(key, claims, mischief) };
	};

	const server = createServer((request, response) => {
		void answer(request, response);
	});
	const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const path = new URL(request.url ?? '', issuer).pathname;
		const json = (status: number, body: object): void => {
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(body));
		};
		const form = new URLSearchParams(await textOf(request));
		const fault = path === '/par' ? mischief.par : path === '/token' ? mischief.token : undefined;
		if (fault === 'down') return json(503, { error: 'server_error' });
		if (fault === 'slow') return void held.add(response);
		if (fault === 'html') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>hei</p>');
		if (path === '/.well-known/openid-configuration') return json(200, metadata(issuer));
		if (path === '/jwks') return json(200, { keys: shown.map(publicJwk) });
		if (path === '/par') {
			const code = randomUUID();
			nonces.set(code, form.get('nonce') ?? '');
			return json(201, { request_uri: `urn:${code}:${form.get('state')}`, expires_in: 60 });
		}
		if (path === '/token') {
			const body = token(form.get('code') ?? '');
			return body ? json(200, body) : json(400, { error: 'invalid_grant' });
		}
		json(404, {});
	};
	server.listen(port, 'localhost');
	await once(server, 'listening');
	return {
		issuer,
		/** What it does from now on. */
		become(next: Mischief): void {
			mischief = next;
			if (next.rotate === undefined) return;
			key = newKey();
			if (next.rotate === 'announced') shown = [key];
		},
		/** All its keys are announced again. */
		mend(): void {
			mischief = {};
			shown = [key];
		},
		/** The query with which it sends a browser back that came by this address. */
		back(address: string, changes: Record<string, string | undefined> = {}): string {
			const [, code = '', state = ''] = (new URL(address).searchParams.get('request_uri') ?? '').split(':');
			const all = { code, state, iss: issuer, ...changes };
			return `?${new URLSearchParams(Object.entries(all).filter((p): p is [string, string] => p[1] !== undefined)).toString()}`;
		},
		stop: async (): Promise<void> => {
			for (const response of held) response.destroy();
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		}
	};
}

const metadata = (issuer: string): object => ({
	issuer,
	authorization_endpoint: `${issuer}/auth`,
	pushed_authorization_request_endpoint: `${issuer}/par`,
	token_endpoint: `${issuer}/token`,
	jwks_uri: `${issuer}/jwks`,
	response_types_supported: ['code'],
	subject_types_supported: ['public'],
	// Also those that are never to be taken, so that it is not the metadata that refuses them.
	id_token_signing_alg_values_supported: ['RS256', 'none', 'HS256'],
	authorization_response_iss_parameter_supported: true,
	dpop_signing_alg_values_supported: ['ES256']
});

type Key = { kid: string; privateKey: KeyObject; publicKey: KeyObject };

function newKey(): Key {
	return { kid: randomUUID(), ...generateKeyPairSync('rsa', { modulusLength: 2048 }) };
}

function publicJwk({ kid, publicKey }: Key): object {
	return { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
}

function idToken(key: Key, claims: Claims, { alg, header }: Mischief): string {
	const right = { alg: alg === 'none' || alg === 'HS256' ? alg : 'RS256', kid: key.kid, typ: 'JWT' };
	const input = [header?.(right) ?? right, claims].map((part) => encode(JSON.stringify(part))).join('.');
	if (alg === 'none') return `${input}.`;
	if (alg === 'HS256') {
		const secret = createHash('sha256')
			.update(key.publicKey.export({ format: 'pem', type: 'spki' }))
			.digest();
		return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
	}
	return `${input}.${sign('sha256', Buffer.from(input), alg === 'other-key' ? newKey().privateKey : key.privateKey).toString('base64url')}`;
}

function encode(text: string): string {
	return Buffer.from(text).toString('base64url');
}

async function textOf(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const piece of request.setEncoding('utf8')) text += String(piece);
	return text;
}
