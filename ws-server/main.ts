import v8 from 'node:v8';
import { loadConfig, requireDatabaseUrl } from '#lib/server/config.ts';
import { createLogger } from '#lib/server/log.ts';
import { stopOnSignal } from '#lib/server/process.ts';
import { cookieNames } from '#lib/server/auth/cookie-names.ts';
import { runWsServer } from './run.ts';

// Where many short-lived things have lived through one collection, V8 puts all of their kind among the long-lived ones from then on. With hundreds of open
// documents that takes all that each key leaves behind: the heap grew three times as large, and each collection held people up for longer.
v8.setFlagsFromString('--no-allocation-site-pretenuring');

const config = loadConfig(process.env);
const log = createLogger('ws-server', config.logLevel);
const server = await runWsServer({
	databaseUrl: requireDatabaseUrl(config),
	origin: config.origin,
	port: config.wsPort,
	host: config.host ?? '127.0.0.1',
	cookieName: cookieNames(config.origin).okt,
	log
});

stopOnSignal(log, () => server.stop());
