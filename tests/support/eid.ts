import { createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { JWK } from 'oidc-provider';
import type { EidProfile } from '#lib/server/config-values.ts';
import { DEMO_EID, NYE_EID } from '#lib/server/demo/eid-personer.ts';
import { freePort } from '../../scripts/lib/ports.ts';
import { createTestEid } from '../../scripts/test-eid/provider.ts';
import type { Answer, BuiltWeb } from './built-web.ts';

/** The portal's settings for a provider at `issuer`, with a key of their own. */
export function eidSettings(issuer: string, profile: EidProfile = 'helseid'): Record<string, string> {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	return {
		EID_ISSUER: issuer,
		EID_CLIENT_ID: 'lis-kommune',
		EID_PRIVATE_JWK: JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: randomUUID() }),
		EID_PROFILE: profile
	};
}

/** The test provider of `npm start`, on a free port. */
export async function startTestEid(origin: string, profile: EidProfile = 'helseid') {
	const port = await freePort();
	const issuer = `http://localhost:${port}`;
	const settings = eidSettings(issuer, profile);
	const jwk = JSON.parse(settings['EID_PRIVATE_JWK'] ?? '') as JWK & { d: string };
	const publicJwk = createPublicKey({ key: jwk as never, format: 'jwk' }).export({ format: 'jwk' });
	const server = createTestEid({
		...{ issuer, origin, profile, clientId: 'lis-kommune' },
		clientJwk: { ...(publicJwk as JWK), kid: jwk.kid ?? '' },
		people: [...Object.values(DEMO_EID), ...NYE_EID]
	});
	server.listen(port, 'localhost');
	await once(server, 'listening');
	return {
		settings,
		stop: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		}
	};
}

/** A browser without scripts that goes between the portal and a provider, with cookies for each. */
export class EidBrowser {
	readonly web: BuiltWeb;
	readonly #jars = new Map<string, Map<string, string>>();

	constructor(web: BuiltWeb) {
		this.web = web;
	}

	/** A cookie of the portal, or '' when there is none. */
	cookie(name: string): string {
		return this.#jar(this.web.origin).get(name) ?? '';
	}

	setCookie(name: string, value: string): void {
		this.#jar(this.web.origin).set(name, value);
	}

	/** Asks once, without following. */
	async ask(address: string, form?: Record<string, string>): Promise<Answer> {
		const url = new URL(address, this.web.origin);
		const jar = this.#jar(url.origin);
		const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
		const method = form === undefined ? 'GET' : 'POST';
		const body = form === undefined ? {} : { body: new URLSearchParams(form) };
		const headers: Record<string, string> = { accept: 'text/html', ...(cookie === '' ? {} : { cookie }) };
		let answer: Answer;
		if (url.origin === this.web.origin) {
			answer = await this.web.ask(url.pathname + url.search, { method, headers, ...body });
		} else {
			const response = await fetch(url, { method, headers, redirect: 'manual', ...body });
			const setCookies = response.headers.getSetCookie();
			answer = { status: response.status, headers: response.headers, body: await response.text(), setCookies };
		}
		for (const line of answer.setCookies) {
			const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
			if (value === '' || /max-age=0/i.test(line)) jar.delete(name);
			else jar.set(name, value);
		}
		return answer;
	}

	/** Begins on the portal; returns where the provider is to be asked. */
	async start(form: Record<string, string> = {}): Promise<string> {
		const answer = await this.ask('/eid/start', form);
		const address = /^0; url=(.+)$/.exec(answer.headers.get('refresh') ?? '')?.[1];
		if (address === undefined) throw new Error(`No way to the provider: ${answer.status} ${locationOf(answer)}`);
		return address;
	}

	/** Goes through the test provider's pages; returns the callback's address, not yet asked for. */
	async identify(address: string, choice: Record<string, string>): Promise<string> {
		const page = new URL(onward(await this.ask(address)), address);
		await this.ask(page.href);
		const chosen = await this.ask(page.href, { valg: 'logg-inn', niva: 'hoyt', ...choice });
		let next = onward(chosen);
		while (!next.startsWith(this.web.origin)) next = onward(await this.ask(new URL(next, address).href));
		return next;
	}

	/** The whole way: from the portal by the provider back to the portal, whose answer is given. */
	async logIn(choice: Record<string, string>, form: Record<string, string> = {}): Promise<Answer> {
		return this.ask(await this.identify(await this.start(form), choice));
	}

	#jar(origin: string): Map<string, string> {
		const jar = this.#jars.get(origin) ?? new Map<string, string>();
		this.#jars.set(origin, jar);
		return jar;
	}
}

/** Where an answer leads, which must lead somewhere. */
function onward(answer: Answer): string {
	const location = locationOf(answer);
	if (location === '') throw new Error(`It leads nowhere: ${answer.status} ${answer.body}`);
	return location;
}

export function locationOf(answer: Answer): string {
	return answer.headers.get('location') ?? '';
}
