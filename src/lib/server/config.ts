import { resolve } from 'node:path';
import {
	isPlaceholder,
	MAKE_JWK,
	parseClamd,
	parseDatabaseUrl,
	parseDuration,
	parseEidProfile,
	parseFlag,
	parseHops,
	parseIssuer,
	parseKey,
	parseLogLevel,
	parseMailFrom,
	parseMonths,
	parseOrigin,
	parsePort,
	parsePrivateJwk,
	parseSize,
	parseSmtpUrl,
	parseWeeks,
	type Avsender,
	type Clamd,
	type EidProfile,
	type LogLevel,
	type PrivateJwk,
	type SmtpServer
} from './config-values.ts';

export type { Avsender, Clamd, LogLevel, SmtpServer } from './config-values.ts';

/** Everything that can be set from outside. Web, ws-server, worker and the command lines read the same one. */
export interface Config {
	/** NODE_ENV=production: what is missing is refused, nothing is seeded, the origin must be https. */
	readonly production: boolean;
	/** Port of the web process. */
	readonly port: number;
	/** Address that web and ws-server listen on; undefined = every one of the machine for web, the loopback for the other. */
	readonly host: string | undefined;
	/** The one address that browsers use, without a trailing slash. Links and Origin checks are built from it. */
	readonly origin: string;
	/** Undefined means the embedded PostgreSQL; the runner fills it in for its children. */
	readonly databaseUrl: string | undefined;
	/** Port of the ws-server; the one after `port` unless set. */
	readonly wsPort: number;
	/** Where metrics are to be served; undefined: nowhere. */
	readonly metricsPort: number | undefined;
	readonly logLevel: LogLevel;
	/** Password of the demo users and of the load world. */
	readonly demoPassword: string;
	/** How long a session lives without activity, in milliseconds. */
	readonly sessionIdleMs: number;
	/** 32 bytes: encrypts and looks up the pid of electronic ID, and seals what only a mail may hold. */
	readonly pidKey: Uint8Array;
	/** 32 bytes, the Ed25519 key that signs finished documents and the papers of them. */
	readonly signingKey: Uint8Array;
	/** Where mail is handed in; undefined means the local catcher, which the runner fills in for its children. */
	readonly smtp: SmtpServer | undefined;
	readonly mailFrom: Avsender;
	/** S19: months without a log-in after which somebody is deactivated. */
	readonly inactivityMonths: number;
	/** Weeks without a samtale after which the LIS and the veileder are told. */
	readonly samtaleWeeks: number;
	/** How large a file may be, and all the files of one LIS together, in bytes. */
	readonly filer: Filgrenser;
	/** The virus scanner that every file must pass before anybody opens it; undefined: none. */
	readonly clamd: Clamd | undefined;
	/** The provider of electronic ID; undefined: nobody can log in with it (`npm start` fills in a local test provider). */
	readonly eid: EidConfig | undefined;
	/** Whether signing and approving need a session that is proven by electronic ID. */
	readonly eidForSigning: boolean;
	/** How many reverse proxies in front may be believed about the client's address; 0 = none. */
	readonly trustProxy: number;
	/** Absolute path of the folder for the embedded database and the logs. */
	readonly dataDir: string;
}

/** In bytes. */
export interface Filgrenser {
	readonly maks: number;
	readonly kvote: number;
}

/** How this portal is known at a provider of electronic ID (OpenID Connect). */
export interface EidConfig {
	readonly issuer: string;
	readonly clientId: string;
	/** Signs what the portal says to the provider. Never logged, never printed. */
	readonly privateJwk: PrivateJwk;
	readonly profile: EidProfile;
}

export const defaultPort = 3000;
export const defaultDemoPassword = 'demo-passord-2026';
const defaultMailFrom = 'LIS Kommune <ikke-svar@lis-kommune.example>';
const defaultInactivityMonths = 12;
const defaultSamtaleWeeks = 6;
const defaultSessionIdle = '2h';
const defaultFilgrenser = { maks: '25MB', kvote: '500MB' };
/** Known to everybody: only for synthetic people on one's own machine. Production refuses to start without its own. */
const developmentPidKey = new Uint8Array(32).fill(1);
const developmentSigningKey = new Uint8Array(32).fill(2);

/** The configuration is wrong. The message lists every problem and how to mend it; it never repeats a secret. */
export class ConfigError extends Error {
	override readonly name = 'ConfigError';
	readonly problems: readonly string[];

	constructor(problems: readonly string[]) {
		super(['The configuration cannot be used:', ...problems.map((problem) => `  - ${problem}`)].join('\n'));
		this.problems = problems;
	}
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration. An empty value counts as unset.
 * @param env usually `process.env`; the keys are described in `.env.example`
 * @throws ConfigError naming every key that is missing or wrong, all at once
 */
export function loadConfig(env: Environment): Config {
	const problems: string[] = [];
	/** A wrong value is noted and replaced, so that one start shows the problems of all the keys. */
	const read = <T>(key: string, fallback: T, parse: (text: string) => T): T => {
		const text = valueOf(env, key);
		if (text === undefined) return fallback;
		try {
			return parse(text);
		} catch (error) {
			problems.push(`${key} ${(error as Error).message}`);
			return fallback;
		}
	};

	const port = read('PORT', defaultPort, parsePort);
	const config: Config = {
		production: valueOf(env, 'NODE_ENV') === 'production',
		port,
		host: valueOf(env, 'HOST'),
		origin: read('ORIGIN', `http://localhost:${port}`, parseOrigin),
		databaseUrl: read<string | undefined>('DATABASE_URL', undefined, parseDatabaseUrl),
		wsPort: read('WS_PORT', port < 65_535 ? port + 1 : port - 1, parsePort),
		metricsPort: read<number | undefined>('METRICS_PORT', undefined, parsePort),
		logLevel: read<LogLevel>('LOG_LEVEL', 'info', parseLogLevel),
		demoPassword: read('DEMO_PASSWORD', defaultDemoPassword, parseDemoPassword),
		sessionIdleMs: read('SESSION_IDLE', parseDuration(defaultSessionIdle), parseDuration),
		pidKey: read('PID_KEY', developmentPidKey, parseKey),
		signingKey: read('SIGNING_KEY', developmentSigningKey, parseKey),
		smtp: read<SmtpServer | undefined>('SMTP_URL', undefined, parseSmtpUrl),
		mailFrom: read('MAIL_FROM', parseMailFrom(defaultMailFrom), parseMailFrom),
		inactivityMonths: read('INACTIVITY_MONTHS', defaultInactivityMonths, parseMonths),
		samtaleWeeks: read('SAMTALE_REMINDER_WEEKS', defaultSamtaleWeeks, parseWeeks),
		filer: {
			maks: read('FIL_MAKS', parseSize(defaultFilgrenser.maks), parseSize),
			kvote: read('FIL_KVOTE', parseSize(defaultFilgrenser.kvote), parseSize)
		},
		clamd: read<Clamd | undefined>('CLAMD', undefined, parseClamd),
		eid: eidOf(
			read<string | undefined>('EID_ISSUER', undefined, parseIssuer),
			valueOf(env, 'EID_CLIENT_ID'),
			read<PrivateJwk | undefined>('EID_PRIVATE_JWK', undefined, parsePrivateJwk),
			read<EidProfile>('EID_PROFILE', 'helseid', parseEidProfile)
		),
		eidForSigning: read('EID_FOR_SIGNING', false, parseFlag),
		trustProxy: read('TRUST_PROXY', 0, parseHops),
		dataDir: resolve(valueOf(env, 'DATA_DIR') ?? '.data')
	};

	if (config.wsPort === config.port)
		problems.push('WS_PORT is the same as PORT: give the ws-server a port of its own.');
	if (config.filer.kvote < config.filer.maks)
		problems.push('FIL_KVOTE is smaller than FIL_MAKS: give a LIS room for at least one file of the largest size.');
	problems.push(...eidProblems(config, env));
	if (config.production) problems.push(...productionProblems(config, env));
	if (problems.length > 0) throw new ConfigError(problems);
	return config;
}

/**
 * The address of the database, for processes that cannot do without one.
 * @throws ConfigError when DATABASE_URL is not set
 */
export function requireDatabaseUrl(config: Config): string {
	if (config.databaseUrl !== undefined) return config.databaseUrl;
	throw new ConfigError([
		'DATABASE_URL is missing: start the portal with "npm start", which brings its own PostgreSQL, or set it to postgres://user:password@host:5432/database.'
	]);
}

/** The names of the machine itself, where no TLS is needed. */
export const localhostNavn: readonly string[] = ['localhost', '127.0.0.1', '::1'];

/** Where one process of a machine reaches another that listens on `host`. */
export function localAddress(host: string | undefined): string {
	return host === undefined || host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}

/** What may be left out on a developer's machine, but never where real people's records are kept. */
function productionProblems(config: Config, env: Environment): string[] {
	const problems: string[] = [];
	if (valueOf(env, 'ORIGIN') === undefined) {
		problems.push('ORIGIN is missing: set it to the address in the browser, such as https://lis.kommune.no.');
	} else if (!config.origin.startsWith('https://')) {
		problems.push('ORIGIN must begin with https:// in production: put the portal behind a proxy with a certificate.');
	}
	if (valueOf(env, 'DATABASE_URL') === undefined) {
		problems.push(
			'DATABASE_URL is missing: set it to postgres://user:password@host:5432/database of a PostgreSQL 16 or newer.'
		);
	} else if (config.databaseUrl !== undefined && isPlaceholder(config.databaseUrl)) {
		problems.push('DATABASE_URL holds a placeholder: make a password with "openssl rand -hex 24" and put it in.');
	}
	if (valueOf(env, 'PID_KEY') === undefined) {
		problems.push(
			'PID_KEY is missing: make one with "openssl rand -base64 32", and keep a copy of it apart from the backups.'
		);
	}
	if (valueOf(env, 'SIGNING_KEY') === undefined) {
		problems.push(
			'SIGNING_KEY is missing: make one with "openssl rand -base64 32". It signs what is finished; keep it apart from the backups.'
		);
	}
	const smtpUrl = valueOf(env, 'SMTP_URL');
	if (smtpUrl === undefined) {
		problems.push(
			'SMTP_URL is missing: set it to smtps://user:password@host:465 or smtp://user:password@host:587 of your mail server.'
		);
	} else if (isPlaceholder(smtpUrl)) {
		problems.push('SMTP_URL holds a placeholder: put in the password that your mail server knows.');
	}
	if (valueOf(env, 'MAIL_FROM') === undefined) {
		problems.push(
			'MAIL_FROM is missing: set it to the sender of all mail, such as LIS Kommune <lis@kommune.no>, which your mail server may send for.'
		);
	}
	if (valueOf(env, 'DEMO_PASSWORD') !== undefined) {
		problems.push('DEMO_PASSWORD is set: remove it, there are no demo users in production.');
	}
	return problems;
}

function eidOf(
	issuer: string | undefined,
	clientId: string | undefined,
	privateJwk: PrivateJwk | undefined,
	profile: EidProfile
): EidConfig | undefined {
	return issuer && clientId && privateJwk ? { issuer, clientId, privateJwk, profile } : undefined;
}

/** All three of them, or on a developer's machine none. */
function eidProblems({ production }: Config, env: Environment): string[] {
	const help = {
		EID_ISSUER: "set it to the provider's address, such as https://helseid-sts.nhn.no or https://idporten.no.",
		EID_CLIENT_ID: 'set it to the name under which the portal is registered at the provider.',
		EID_PRIVATE_JWK: MAKE_JWK
	};
	const missing = Object.entries(help).filter(([key]) => valueOf(env, key) === undefined);
	if (missing.length === 3 && !production) return [];
	const problems = missing.map(([key, text]) => `${key} is missing: ${text}`);
	if (production && valueOf(env, 'EID_ISSUER')?.startsWith('http:'))
		problems.push('EID_ISSUER must begin with https:// in production: the local test provider is not for real people.');
	return problems;
}

function parseDemoPassword(text: string): string {
	if (text.length < 12) throw new Error('is too short: use at least 12 characters, as for every password.');
	return text;
}

function valueOf(env: Environment, key: string): string | undefined {
	return env[key]?.trim() || undefined;
}
