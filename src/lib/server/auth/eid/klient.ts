import * as oidc from 'openid-client';
import type { Sprak } from '#lib/domain/actor.ts';
import type { EidFormal } from '#lib/domain/eid.ts';
import type { EidConfig } from '../../config.ts';
import { EidFeil, eidFeil } from './feil.ts';
import { signingKey } from './nokkel.ts';
import { personAv, PROFILER, UI_LOCALES, type EidPerson } from './profil.ts';

/** How long the provider may take to answer one question, in seconds. */
const TIMEOUT_S = 5;
/** The provider's metadata are asked for anew after this, in milliseconds. */
const METADATA_MS = 60 * 60 * 1000;
/** How far the provider's clock may be from ours, in seconds. */
const SLINGRING_S = 10;

/** What binds an answer of the provider to one attempt. */
export type Binding = { state: string; nonce: string; verifier: string };
/** Where a browser logs out at the provider, by POST: in an address the id_token would lay the pid open. */
export type Utlogging = { adresse: string; felter: Record<string, string> };

/** The portal's side of OpenID Connect: code with PAR, PKCE S256, private_key_jwt, nonce, state and iss (trust.md, T14). */
export class EidKlient {
	readonly issuer: string;
	readonly #eid: EidConfig;
	readonly #origin: string;
	#metadata: { at: number; value: Promise<oidc.ServerMetadata> } | undefined;

	constructor(eid: EidConfig, origin: string) {
		this.issuer = eid.issuer;
		this.#eid = eid;
		this.#origin = origin;
	}

	/** Idle time that the provider's terms allow a session, in milliseconds. */
	get idleMs(): number | undefined {
		return PROFILER[this.#eid.profile].idleMs;
	}

	/** A binding for one attempt, made of random bytes. */
	nyBinding(): Binding {
		return { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
	}

	/**
	 * Tells the provider of an attempt and returns the address to send the browser to. For `bekreft` the person must identify
	 * anew, whatever session they have there.
	 * @throws EidFeil
	 */
	async start(
		binding: Binding,
		{ sprak, formal, now }: { sprak: Sprak; formal: EidFormal; now: Date }
	): Promise<string> {
		return this.#tolk(async () => {
			const adresse = await oidc.buildAuthorizationUrlWithPAR(await this.#config(now), {
				...PROFILER[this.#eid.profile].parametre,
				redirect_uri: `${this.#origin}/eid/retur`,
				response_type: 'code',
				state: binding.state,
				nonce: binding.nonce,
				code_challenge: await oidc.calculatePKCECodeChallenge(binding.verifier),
				code_challenge_method: 'S256',
				ui_locales: UI_LOCALES[sprak],
				...(formal === 'bekreft' ? { prompt: 'login', max_age: '0' } : {})
			});
			return adresse.href;
		});
	}

	/**
	 * Redeems what the browser came back with.
	 * @param query the query of the callback's address
	 * @param maksAlderS for `bekreft`: how long ago the person may have identified, in seconds
	 * @throws EidFeil when anything does not hold
	 */
	async innlos(
		query: string,
		binding: Binding,
		{ maksAlderS, now }: { maksAlderS: number | undefined; now: Date }
	): Promise<EidPerson & { idToken: string }> {
		return this.#tolk(async () => {
			const config = await this.#config(now);
			const svar = await oidc.authorizationCodeGrant(
				config,
				new URL(`/eid/retur${query}`, this.#origin),
				{
					expectedState: binding.state,
					expectedNonce: binding.nonce,
					pkceCodeVerifier: binding.verifier,
					idTokenExpected: true,
					...(maksAlderS === undefined ? {} : { maxAge: maksAlderS })
				},
				undefined,
				await this.#dpop(config)
			);
			const claims = svar.claims();
			if (!claims || svar.id_token === undefined) throw new EidFeil('ugyldig', 'no_id_token');
			return { ...personAv(this.#eid.profile, claims), idToken: svar.id_token };
		});
	}

	/**
	 * How this browser logs out at the provider; undefined when that has no such page.
	 * @throws EidFeil while the provider is away
	 */
	async utlogging(idToken: string, now: Date): Promise<Utlogging | undefined> {
		return this.#tolk(async () => {
			const adresse = (await this.#hentMetadata(now)).end_session_endpoint;
			if (adresse === undefined) return undefined;
			return {
				adresse,
				felter: {
					id_token_hint: idToken,
					client_id: this.#eid.clientId,
					post_logout_redirect_uri: `${this.#origin}/logg-inn?ut=1`
				}
			};
		});
	}

	/** A new configuration each time: with it the provider's keys are fetched anew, so that a key that it has withdrawn is none here. */
	async #config(now: Date): Promise<oidc.Configuration> {
		const { assertionTyp } = PROFILER[this.#eid.profile];
		const auth = oidc.PrivateKeyJwt(await signingKey(this.#eid.privateJwk), {
			[oidc.modifyAssertion]: (header) => {
				if (assertionTyp !== undefined) header['typ'] = assertionTyp;
			}
		});
		const metadata = await this.#hentMetadata(now);
		const config = new oidc.Configuration(metadata, this.#eid.clientId, { [oidc.clockTolerance]: SLINGRING_S }, auth);
		config.timeout = TIMEOUT_S;
		if (this.#usikret) oidc.allowInsecureRequests(config);
		// Without this the library trusts the connection to the provider and leaves the id_token's signature unread.
		oidc.enableNonRepudiationChecks(config);
		return config;
	}

	async #dpop(config: oidc.Configuration): Promise<oidc.DPoPOptions> {
		const kreves = PROFILER[this.#eid.profile].dpop;
		if (!kreves && !config.serverMetadata().dpop_signing_alg_values_supported?.includes('ES256')) return {};
		return { DPoP: oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair('ES256')) };
	}

	/** The provider's metadata; while it is away those that were had last. */
	async #hentMetadata(now: Date): Promise<oidc.ServerMetadata> {
		const kjent = this.#metadata;
		if (kjent && now.getTime() - kjent.at < METADATA_MS) return kjent.value;
		const value = this.#discover();
		const ny = { at: now.getTime(), value };
		this.#metadata = ny;
		return value.catch((error: unknown) => {
			// At the next attempt it is asked again.
			if (this.#metadata === ny) this.#metadata = kjent;
			if (kjent) return kjent.value;
			throw error;
		});
	}

	async #discover(): Promise<oidc.ServerMetadata> {
		const config = await oidc.discovery(new URL(this.issuer), this.#eid.clientId, undefined, oidc.None(), {
			timeout: TIMEOUT_S,
			...(this.#usikret ? { execute: [oidc.allowInsecureRequests] } : {})
		});
		const { supportsPKCE: _, ...metadata } = config.serverMetadata();
		// To the letter, which the library's comparison of addresses is not: this is what answers and tokens are held against.
		if (metadata.issuer.replace(/\/$/, '') !== this.issuer.replace(/\/$/, ''))
			throw new EidFeil('utilgjengelig', 'issuer');
		return metadata;
	}

	/** The test provider of one's own machine; production refuses such an issuer (config.ts). */
	get #usikret(): boolean {
		return this.issuer.startsWith('http:');
	}

	async #tolk<T>(arbeid: () => Promise<T>): Promise<T> {
		try {
			return await arbeid();
		} catch (error) {
			const feil = eidFeil(error);
			// The keys may have moved.
			if (feil.kode === 'OAUTH_KEY_SELECTION_FAILED') this.#metadata = undefined;
			throw feil;
		}
	}
}
