import { loadConfig, requireDatabaseUrl } from '#lib/server/config.ts';
import { createLogger } from '#lib/server/log.ts';
import { stopOnSignal } from '#lib/server/process.ts';
import { cookieNames } from '#lib/server/auth/cookie-names.ts';
import { runWsServer } from './run.ts';

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
