import { createHash, randomBytes } from 'node:crypto';

/** A new secret for a cookie or a link: 32 random bytes, base64url. */
export function newToken(): string {
	return randomBytes(32).toString('base64url');
}

/** What the database keeps of a token: its SHA-256, hex. */
export function hashToken(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}

/** What the database keeps of the token of an invitation's link: the same, as bytes. */
export function invitasjonTokenHash(token: string): Buffer {
	return Buffer.from(hashToken(token), 'hex');
}

/** What the database keeps of the token that turns off mail: the same. */
export const avmeldingTokenHash = invitasjonTokenHash;
