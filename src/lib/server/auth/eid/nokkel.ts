import type { PrivateKey } from 'openid-client';
import type { PrivateJwk } from '../../config-values.ts';

/** The client's key for signing: ES256 of an EC key, PS256 of an RSA key. */
export async function signingKey(jwk: PrivateJwk): Promise<PrivateKey> {
	const algoritme =
		jwk.kty === 'EC' ? { name: 'ECDSA', namedCurve: 'P-256' } : { name: 'RSA-PSS', hash: { name: 'SHA-256' } };
	// What the JWK says of its own use (alg RS256, key_ops) is not what it is used for here.
	const { alg: _alg, key_ops: _ops, use: _use, kid, ...material } = jwk;
	const key = await crypto.subtle.importKey('jwk', material, algoritme, false, ['sign']);
	return kid === undefined ? { key } : { key, kid };
}
