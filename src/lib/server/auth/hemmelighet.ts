import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** What a secret is for. Each purpose has a key of its own, so that what was sealed for one cannot be opened as another. */
export type Formal = 'pid' | 'id-token' | 'epost-lenke';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals a text with AES-256-GCM: nonce, tag and what was sealed, in one.
 * @param key the configuration's `pidKey`
 * @param eier what it belongs to (an id): sealed for one row, it cannot be opened in another
 */
export function forsegl(key: Uint8Array, formal: Formal, eier: string, text: string): Buffer {
	const nonce = randomBytes(NONCE_BYTES);
	const cipher = createCipheriv('aes-256-gcm', keyFor(key, formal), nonce);
	cipher.setAAD(Buffer.from(eier));
	const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
	return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/**
 * Opens what `forsegl` has sealed with the same key, purpose and owner.
 * @throws Error when anything of it differs
 */
export function apneForsegling(key: Uint8Array, formal: Formal, eier: string, sealed: Uint8Array): string {
	const nonce = sealed.subarray(0, NONCE_BYTES);
	const decipher = createDecipheriv('aes-256-gcm', keyFor(key, formal), nonce);
	decipher.setAAD(Buffer.from(eier));
	decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
	return decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}

/** The keyed hash by which a pid is looked up: without the key nobody can try the few million that there are. */
export function pidHash(key: Uint8Array, pid: string): Buffer {
	return createHmac('sha256', derive(key, 'pid-hash')).update(pid).digest();
}

/** The token that turns off mail of the kind of this one; made anew for a mail that is sent twice, it is the same. */
export function avmeldingstoken(key: Uint8Array, epostId: string): string {
	return createHmac('sha256', derive(key, 'avmelding')).update(epostId).digest('base64url');
}

function keyFor(key: Uint8Array, formal: Formal): Buffer {
	return derive(key, `forsegling:${formal}`);
}

function derive(key: Uint8Array, info: string): Buffer {
	return Buffer.from(hkdfSync('sha256', key, new Uint8Array(), info, 32));
}
