import { describe, expect, test } from 'vitest';
import { generateKeyPairSync } from 'node:crypto';
import { ConfigError, loadConfig, requireDatabaseUrl } from './config.ts';

const jwk = (type: 'ec' | 'ec-384' | 'rsa') =>
	JSON.stringify(
		(type === 'rsa'
			? generateKeyPairSync('rsa', { modulusLength: 2048 })
			: generateKeyPairSync('ec', { namedCurve: type === 'ec' ? 'P-256' : 'P-384' })
		).privateKey.export({ format: 'jwk' })
	);
const eid = { EID_ISSUER: 'https://helseid-sts.nhn.no', EID_CLIENT_ID: 'lis', EID_PRIVATE_JWK: jwk('ec') };

const production = {
	...eid,
	NODE_ENV: 'production',
	ORIGIN: 'https://lis.kommune.no',
	DATABASE_URL: 'postgres://lisk:7f3a9c@db.intern/lisk',
	SMTP_URL: 'smtp://lisk:7f3a9c@smtp.intern',
	MAIL_FROM: 'LIS Kommune <lis@kommune.no>',
	PID_KEY: Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7)).toString('base64'),
	SIGNING_KEY: Buffer.from(Array.from({ length: 32 }, (_, i) => i * 5)).toString('base64')
};

/** The problems that an environment is refused for. */
function problemsOf(env: Record<string, string>): readonly string[] {
	try {
		loadConfig(env);
	} catch (error) {
		if (error instanceof ConfigError) return error.problems;
		throw error;
	}
	return [];
}

describe('loadConfig', () => {
	test('an empty environment is a developer’s machine', () => {
		expect(loadConfig({})).toMatchObject({
			production: false,
			port: 3000,
			wsPort: 3001,
			host: undefined,
			origin: 'http://localhost:3000',
			databaseUrl: undefined,
			metricsPort: undefined,
			logLevel: 'info',
			sessionIdleMs: 7_200_000,
			smtp: undefined,
			mailFrom: { name: 'LIS Kommune', address: 'ikke-svar@lis-kommune.example' },
			inactivityMonths: 12,
			samtaleWeeks: 6,
			eidForSigning: false,
			trustProxy: 0,
			eid: undefined
		});
	});

	test('origin and ws port follow the port', () => {
		expect(loadConfig({ PORT: '8080' })).toMatchObject({ origin: 'http://localhost:8080', wsPort: 8081 });
	});

	test('an empty value counts as unset', () => {
		expect(loadConfig({ PORT: '', SESSION_IDLE: ' ' })).toEqual(loadConfig({}));
	});

	test.each([
		['90s', 90_000],
		['15m', 900_000],
		['12h', 43_200_000]
	])('SESSION_IDLE %s is %d ms', (text, milliseconds) => {
		expect(loadConfig({ SESSION_IDLE: text }).sessionIdleMs).toBe(milliseconds);
	});

	test('EID_FOR_SIGNING is true or false, nothing else', () => {
		expect(loadConfig({ EID_FOR_SIGNING: 'true' }).eidForSigning).toBe(true);
		expect(loadConfig({ EID_FOR_SIGNING: 'false' }).eidForSigning).toBe(false);
		expect(problemsOf({ EID_FOR_SIGNING: 'ja' })).toEqual(['EID_FOR_SIGNING is «ja»: use true or false.']);
	});

	test.each([
		['true', 1],
		['false', 0],
		['3', 3]
	])('TRUST_PROXY %s is %d proxies', (text, hops) => {
		expect(loadConfig({ TRUST_PROXY: text }).trustProxy).toBe(hops);
	});

	test.each([
		['smtp://localhost', { host: 'localhost', port: 587, secure: false, user: undefined, password: undefined }],
		['smtps://a%40b.no:p%3A%25@x.no', { host: 'x.no', port: 465, secure: true, user: 'a@b.no', password: 'p:%' }],
		['smtp://[::1]:25/', { host: '::1', port: 25, secure: false, user: undefined, password: undefined }]
	])('SMTP_URL %s is taken apart', (text, smtp) => {
		expect(loadConfig({ SMTP_URL: text }).smtp).toEqual(smtp);
	});

	test.each([
		['unix:/run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }],
		['127.0.0.1:3310', { host: '127.0.0.1', port: 3310 }],
		['tcp://[::1]:3310', { host: '::1', port: 3310 }]
	])('CLAMD %s is taken apart', (text, clamd) => {
		expect(loadConfig({ CLAMD: text }).clamd).toEqual(clamd);
	});

	test('sizes are read in kilo-, mega- and gigabytes of 1024', () => {
		expect(loadConfig({ FIL_MAKS: '512kb', FIL_KVOTE: '2GB' }).filer).toEqual({ maks: 524_288, kvote: 2_147_483_648 });
	});

	test.each([
		['LIS Kommune <lis@kommune.no>', { name: 'LIS Kommune', address: 'lis@kommune.no' }],
		['lis@kommune.no', { name: '', address: 'lis@kommune.no' }]
	])('MAIL_FROM %s is taken apart', (text, from) => {
		expect(loadConfig({ MAIL_FROM: text }).mailFrom).toEqual(from);
	});

	test.each([
		['SMTP_URL', 'https://smtp.kommune.no'],
		['SMTP_URL', 'smtp://'],
		['SMTP_URL', 'smtp://x.no/sti'],
		['SMTP_URL', 'smtp://a:100%@x.no'],
		['MAIL_FROM', 'LIS Kommune'],
		['MAIL_FROM', 'a@b.no, c@d.no'],
		['MAIL_FROM', 'LIS <a@b.no> <c@d.no>'],
		['FIL_MAKS', '25'],
		['FIL_MAKS', '11GB'],
		['FIL_KVOTE', '24MB'],
		['CLAMD', 'clamd'],
		['CLAMD', 'unix:clamd.ctl'],
		['CLAMD', '127.0.0.1:0'],
		['INACTIVITY_MONTHS', '1'],
		['INACTIVITY_MONTHS', 'tolv'],
		['SAMTALE_REMINDER_WEEKS', '1'],
		['SAMTALE_REMINDER_WEEKS', '27'],
		['PORT', '0'],
		['PORT', '65536'],
		['PORT', '80a'],
		['WS_PORT', '3000'],
		['ORIGIN', 'lis.kommune.no'],
		['ORIGIN', 'https://lis.kommune.no/portal'],
		['ORIGIN', 'ftp://lis.kommune.no'],
		['DATABASE_URL', 'mysql://a@b/c'],
		['LOG_LEVEL', 'loud'],
		['SESSION_IDLE', '13h'],
		['SESSION_IDLE', '2'],
		['TRUST_PROXY', 'yes'],
		['DEMO_PASSWORD', 'kort']
	])('%s=%s is refused by name', (key, value) => {
		expect(problemsOf({ [key]: value })).toEqual([expect.stringMatching(new RegExp(`^${key} .*: `))]);
	});

	test('all problems come in one message', () => {
		expect(problemsOf({ PORT: 'x', LOG_LEVEL: 'loud', SESSION_IDLE: 'long' })).toHaveLength(3);
	});

	test.each(['DATABASE_URL', 'SMTP_URL'])('a wrong %s is not repeated: it holds a password', (key) => {
		expect(() => loadConfig({ [key]: 'mysql://a:hemmelig@b/c' })).toThrow(/^(?!.*hemmelig)/s);
	});
});

describe('production', () => {
	test('is accepted when everything is there', () => {
		expect(loadConfig(production)).toMatchObject({ production: true, origin: 'https://lis.kommune.no' });
	});

	test('refuses what is missing, all at once', () => {
		expect(problemsOf({ NODE_ENV: 'production' })).toEqual([
			expect.stringContaining('EID_ISSUER is missing'),
			expect.stringContaining('EID_CLIENT_ID is missing'),
			expect.stringMatching(/^EID_PRIVATE_JWK is missing: Make one with: node -p /),
			expect.stringContaining('ORIGIN is missing'),
			expect.stringContaining('DATABASE_URL is missing'),
			expect.stringContaining('PID_KEY is missing'),
			expect.stringContaining('SIGNING_KEY is missing'),
			expect.stringContaining('SMTP_URL is missing'),
			expect.stringContaining('MAIL_FROM is missing')
		]);
	});

	test.each([
		['ORIGIN', 'http://lis.kommune.no'],
		['DATABASE_URL', 'postgres://user:password@host:5432/database'],
		['DATABASE_URL', 'postgres://lisk:change-me@host/lisk'],
		['DATABASE_URL', 'postgres://lisk:%3Chemmelig%3E@host/lisk'],
		['PID_KEY', 'change-me'],
		['SIGNING_KEY', 'change-me'],
		['PID_KEY', Buffer.alloc(32).toString('base64')],
		['SMTP_URL', 'smtp://user:password@smtp.kommune.no'],
		['EID_ISSUER', 'http://localhost:3002'],
		['EID_PROFILE', 'bankid'],
		['DEMO_PASSWORD', 'demo-passord-2026']
	])('refuses %s=%s', (key, value) => {
		expect(problemsOf({ ...production, [key]: value })).toEqual([expect.stringContaining(key)]);
	});
});

describe('electronic ID', () => {
	test.each(['ec', 'rsa'] as const)('takes a private key of %s', (type) => {
		const key = jwk(type);
		expect(loadConfig({ ...eid, EID_PRIVATE_JWK: key, EID_PROFILE: 'idporten' }).eid).toEqual({
			...{ issuer: eid.EID_ISSUER, clientId: 'lis', profile: 'idporten' },
			privateJwk: JSON.parse(key) as unknown
		});
	});

	test('is all of the three or nothing', () => {
		expect(problemsOf({ EID_ISSUER: eid.EID_ISSUER })).toEqual([
			expect.stringContaining('EID_CLIENT_ID is missing'),
			expect.stringContaining('EID_PRIVATE_JWK is missing')
		]);
	});

	test('a key that is none is refused without being repeated', () => {
		const { d, ...half } = JSON.parse(jwk('ec')) as Record<string, string>;
		for (const text of ['kanari', JSON.stringify(half), jwk('ec-384'), JSON.stringify({ ...half, d: 'kanari' })]) {
			const problems = problemsOf({ ...eid, EID_PRIVATE_JWK: text });
			expect(problems).toEqual([expect.stringMatching(/^EID_PRIVATE_JWK is not a private key/)]);
			expect(problems.join()).not.toMatch(new RegExp(`kanari|${d}`));
		}
	});
});

test('requireDatabaseUrl says how to get a database', () => {
	expect(() => requireDatabaseUrl(loadConfig({}))).toThrow(/npm start/);
	expect(requireDatabaseUrl(loadConfig(production))).toBe(production.DATABASE_URL);
});
