import { loadConfig, requireDatabaseUrl } from '#lib/server/config.ts';
import { createLogger } from '#lib/server/log.ts';
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

let stopped: Promise<void> | undefined;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
	process.on(signal, () => {
		stopped ??= server.stop().finally(() => process.exit(0));
	});
}
