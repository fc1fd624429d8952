import { pino, type Logger } from 'pino';
import type { LogLevel } from './config-values.ts';
import { maskPids } from './log-pids.ts';

export type { Logger } from 'pino';

/** Fields that hold secrets, at the top of a log object and one level down (pino's wildcard is one level). */
const secretFields = ['cookie', 'set-cookie', 'authorization', 'password', 'passord', 'token', 'databaseUrl', 'pid'];
const secretPaths = secretFields.flatMap((field) => [`["${field}"]`, `*["${field}"]`, `*.headers["${field}"]`]);

/**
 * A logger that writes one JSON line per event to standard output. Cookies, passwords and tokens are replaced by their
 * field name, and whatever looks like a fødselsnummer or D-nummer is masked wherever it stands in the line.
 * @param name the service: `web`, `ws-server`, `worker`
 * @param write where the lines go; standard output unless given
 */
export function createLogger(name: string, level: LogLevel, write?: (line: string) => void): Logger {
	return pino(
		{
			level,
			base: { service: name },
			timestamp: pino.stdTimeFunctions.isoTime,
			formatters: { level: (label) => ({ level: label }) },
			redact: { paths: secretPaths, censor: '[skjult]' },
			hooks: { streamWrite: maskPids }
		},
		// Synchronous: the last line before a crash is the one that is needed.
		write === undefined ? pino.destination({ dest: 1, sync: true }) : { write }
	);
}
