import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';

/** RFC 8410: what stands before the 32 bytes of an Ed25519 key in DER. */
const PRIVATE_DER = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_DER = Buffer.from('302a300506032b6570032100', 'hex');
const ID_CHARS = 16;

/** The portal's key for what it signs (`SIGNING_KEY`). */
export type Signeringsnokkel = {
	/** The first 16 hex digits of the SHA-256 of the public key. */
	readonly id: string;
	/** 32 bytes. */
	readonly offentlig: Buffer;
	/** An Ed25519 signature (RFC 8032), 64 bytes: the same message gives the same one. */
	readonly signer: (melding: string) => Buffer;
};

/** Makes the key of its 32 random bytes. */
export function lagSigneringsnokkel(fro: Uint8Array): Signeringsnokkel {
	const privat = createPrivateKey({ key: Buffer.concat([PRIVATE_DER, fro]), format: 'der', type: 'pkcs8' });
	const offentlig = createPublicKey(privat).export({ format: 'der', type: 'spki' }).subarray(PUBLIC_DER.length);
	return { id: nokkelId(offentlig), offentlig, signer: (melding) => sign(null, Buffer.from(melding), privat) };
}

/** The name of a public key. */
export function nokkelId(offentlig: Uint8Array): string {
	return createHash('sha256').update(offentlig).digest('hex').slice(0, ID_CHARS);
}

/** Whether this is the key's signature of the message. */
export function holder(offentlig: Uint8Array, melding: string, signatur: Uint8Array): boolean {
	const key = createPublicKey({ key: Buffer.concat([PUBLIC_DER, offentlig]), format: 'der', type: 'spki' });
	return verify(null, Buffer.from(melding), key, signatur);
}
