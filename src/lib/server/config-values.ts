import { erEpostadresse } from '#lib/domain/epostadresse.ts';

import { createPrivateKey, type JsonWebKey } from 'node:crypto';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Which provider of electronic ID it is: their claims and levels differ. */
export const eidProfiles = ['helseid', 'idporten'] as const;
export type EidProfile = (typeof eidProfiles)[number];
export type PrivateJwk = JsonWebKey & { kid?: string };

/** How the private key of the electronic ID is made. */
export const MAKE_JWK =
	"Make one with: node -p \"const{generateKeyPairSync:g,randomUUID:u}=require('crypto');JSON.stringify({...g('ec',{namedCurve:'P-256'}).privateKey.export({format:'jwk'}),kid:u()})\" and register its public part at the provider.";

const milliseconds = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/**
 * The parsers of single settings: each takes the text of an environment variable.
 * They throw an Error that continues the sentence «KEY …» and says how to mend it.
 */

/** @throws Error unless it is a port number from 1 to 65535 */
export function parsePort(text: string): number {
	const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
	if (port < 1 || port > 65_535) throw new Error(`is «${text}»: use a port number from 1 to 65535.`);
	return port;
}

/** @throws Error unless it is an http(s) address without path, query or fragment */
export function parseOrigin(text: string): string {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url === undefined || !/^https?:$/.test(url.protocol) || url.origin !== text.replace(/\/$/, '').toLowerCase()) {
		throw new Error(`is «${text}»: use scheme and host only, such as https://lis.kommune.no.`);
	}
	return url.origin;
}

/**
 * A length of time such as `90s`, `15m` or `2h`, in milliseconds.
 * @throws Error for anything else, and for more than 12 hours: a session never lives longer (absolute expiry)
 */
export function parseDuration(text: string): number {
	const [, amount, unit] = /^(\d{1,5})([smh])$/.exec(text) ?? [];
	const length = Number(amount ?? 0) * milliseconds[(unit ?? 's') as keyof typeof milliseconds];
	if (length < 1_000 || length > 12 * milliseconds.h) {
		throw new Error(`is «${text}»: use a length of time from 1s to 12h, such as 90s, 15m or 2h.`);
	}
	return length;
}

/** `true` or `false`. */
export function parseFlag(text: string): boolean {
	if (text !== 'true' && text !== 'false') throw new Error(`is «${text}»: use true or false.`);
	return text === 'true';
}

/** How many proxies may be believed: `false`, `true` (one) or a number up to 10. */
export function parseHops(text: string): number {
	if (text === 'false') return 0;
	if (text === 'true') return 1;
	if (!/^(\d|10)$/.test(text)) {
		throw new Error(`is «${text}»: use false, true (one proxy in front) or the number of proxies.`);
	}
	return Number(text);
}

/** A key of 32 bytes, written as base64. The text is not repeated in the error. */
export function parseKey(text: string): Uint8Array {
	const key = Buffer.from(text, 'base64');
	if (key.length !== 32 || !/^[A-Za-z0-9+/_-]{43}=?$/.test(text) || new Set(key).size < 8) {
		throw new Error('is not a key of 32 random bytes: make one with "openssl rand -base64 32".');
	}
	return key;
}

/**
 * A size such as `512KB`, `25MB` or `2GB` (1024 each), in bytes.
 * @throws Error for anything else, and for more than 10 GB
 */
export function parseSize(text: string): number {
	const [, amount = '', unit = ''] = /^(\d{1,5})(KB|MB|GB)$/i.exec(text) ?? [];
	const bytes = Number(amount) * 1024 ** (['KB', 'MB', 'GB'].indexOf(unit.toUpperCase()) + 1);
	if (unit === '' || bytes < 1024 || bytes > 10 * 1024 ** 3)
		throw new Error(`is «${text}»: use a size from 1KB to 10GB, such as 25MB.`);
	return bytes;
}

/** Where clamd listens: a socket file of this machine, or a port. */
export type Clamd = { readonly path: string } | { readonly host: string; readonly port: number };

/** @throws Error unless it is unix:/path/of/the/socket or host:port */
export function parseClamd(text: string): Clamd {
	const path = /^unix:(\/.+)$/.exec(text)?.[1];
	if (path !== undefined) return { path };
	const [, host, port = ''] = /^(?:tcp:\/\/)?(\[[0-9a-f:]+\]|[^:/\s]+):(\d{1,5})$/i.exec(text) ?? [];
	if (host === undefined)
		throw new Error(
			`is «${text}»: use unix:/run/clamav/clamd.ctl or the host and port of clamd, such as 127.0.0.1:3310.`
		);
	return { host: host.replace(/^\[|\]$/g, ''), port: parsePort(port) };
}

/** @throws Error unless it is one of pino's levels */
export function parseLogLevel(text: string): LogLevel {
	const level = logLevels.find((known) => known === text.toLowerCase());
	if (level === undefined) throw new Error(`is «${text}»: use one of ${logLevels.join(', ')}.`);
	return level;
}

/** The text is not repeated in the error, since it usually holds a password. */
export function parseDatabaseUrl(text: string): string {
	if (!URL.canParse(text) || !/^postgres(ql)?:$/.test(new URL(text).protocol)) {
		throw new Error(
			'is not the address of a PostgreSQL: use postgres://user:password@host:5432/database, special characters in the password percent-encoded.'
		);
	}
	return text;
}

/** Where mail is handed in. `secure`: TLS from the first byte (smtps); otherwise STARTTLS when the server offers it. */
export interface SmtpServer {
	readonly host: string;
	readonly port: number;
	readonly secure: boolean;
	readonly user: string | undefined;
	readonly password: string | undefined;
}

/** The text is not repeated in the error, since it usually holds a password. */
export function parseSmtpUrl(text: string): SmtpServer {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const rest = url ? url.pathname.replace(/^\/$/, '') + url.search + url.hash : '';
	if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '' || rest !== '') {
		throw new Error(
			'is not the address of a mail server: use smtp://user:password@host:587 or smtps://user:password@host:465, special characters in the password percent-encoded.'
		);
	}
	const secure = url.protocol === 'smtps:';
	try {
		return {
			host: url.hostname.replace(/^\[|\]$/g, ''),
			port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
			secure,
			user: decodeURIComponent(url.username) || undefined,
			password: decodeURIComponent(url.password) || undefined
		};
	} catch {
		throw new Error('has a % in its user or password that is not percent-encoded: write it as %25.');
	}
}

/** A sender as a mail shows it. Kept in parts, so that no name can ever become an address. */
export interface Avsender {
	readonly name: string;
	readonly address: string;
}

/** @throws Error unless it is «Name <address>» or an address alone */
export function parseMailFrom(text: string): Avsender {
	const [, name = '', address = text] = /^([^<>@"]+?)\s*<([^<>]+)>$/.exec(text) ?? [];
	if (!erEpostadresse(address)) {
		throw new Error(`is «${text}»: use a name and an address, such as LIS Kommune <lis@kommune.no>.`);
	}
	return { name, address };
}

/** A number of months from 2 (so that there is room for a warning 30 days before) to 60. */
export function parseMonths(text: string): number {
	const months = /^\d{1,2}$/.test(text) ? Number(text) : 0;
	if (months < 2 || months > 60) throw new Error(`is «${text}»: use a number of months from 2 to 60.`);
	return months;
}

/** @throws Error unless it is a number of weeks from 2 to 26, the length of the service */
export function parseWeeks(text: string): number {
	const weeks = /^\d{1,2}$/.test(text) ? Number(text) : 0;
	if (weeks < 2 || weeks > 26) throw new Error(`is «${text}»: use a number of weeks from 2 to 26.`);
	return weeks;
}

/** @throws Error unless it is the http(s) address of an OpenID Connect provider, as its metadata gives it */
export function parseIssuer(text: string): string {
	const url = URL.parse(text);
	if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '' || url.username !== '') {
		throw new Error(`is «${text}»: use the provider's address, such as https://helseid-sts.nhn.no.`);
	}
	return text;
}

/** @throws Error unless it is one of the two */
export function parseEidProfile(text: string): EidProfile {
	const profile = eidProfiles.find((known) => known === text);
	if (profile === undefined) throw new Error(`is «${text}»: use ${eidProfiles.join(' or ')}.`);
	return profile;
}

/** A private key as JWK: EC P-256 (ES256) or RSA (PS256). The text is not repeated in the error. */
export function parsePrivateJwk(text: string): PrivateJwk {
	try {
		const jwk = JSON.parse(text) as PrivateJwk;
		const ec = jwk.kty === 'EC' && jwk.crv === 'P-256' && Buffer.from(jwk.d ?? '', 'base64url').length === 32;
		const rsa = jwk.kty === 'RSA' && Buffer.from(jwk.n ?? '', 'base64url').length >= 256;
		if ((ec || rsa) && createPrivateKey({ key: jwk, format: 'jwk' }).type === 'private') return jwk;
	} catch {
		// What is wrong with it could repeat a part of the key.
	}
	throw new Error(`is not a private key: use one JWK on one line, EC P-256 or RSA of 2048 bits. ${MAKE_JWK}`);
}

/** True for the texts that examples and templates hold where a secret belongs. */
export function isPlaceholder(text: string): boolean {
	return /change[-_ ]?me|endre[-_ ]?meg|placeholder|your[-_ ]|:password@|:passord@|:secret@|<[^>]+>|%3C/i.test(text);
}
