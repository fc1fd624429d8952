import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SKJEMA_TILLEGG } from '#lib/domain/fil/fil.ts';
import { loadConfig, localAddress, type Config } from '../config.ts';
import { createLogger } from '../log.ts';
import { reportReady, STOPPER, stopOnSignal } from '../process.ts';
import { createWebServer, type Handler } from './server.ts';

const config = loadConfig(process.env);
const log = createLogger('web', config.logLevel);
const { server, close } = createWebServer({
	handler: await loadHandler(config),
	origin: config.origin,
	ws: { host: localAddress(config.host), port: config.wsPort }
});

stopOnSignal(log, async () => {
	(process as NodeJS.EventEmitter).emit(STOPPER);
	await close();
	// As adapter-node's own server does, so that the application can end its pools; there is no type for such events.
	(process as NodeJS.EventEmitter).emit('sveltekit:shutdown', 'SIGTERM');
});

server.once('error', (error) => {
	log.fatal({ err: error }, 'the web server cannot listen');
	process.exit(1);
});
server.listen({ port: config.port, host: config.host }, () => {
	log.info({ port: config.port, origin: config.origin }, 'listening');
	reportReady();
});

/** The build reads its settings from the environment at import, in words of its own. */
async function loadHandler({ origin, trustProxy, filer }: Config): Promise<Handler> {
	process.env['ORIGIN'] = origin;
	// The largest that any address takes; all but one take far less (limits.ts).
	process.env['BODY_SIZE_LIMIT'] = String(filer.maks + SKJEMA_TILLEGG);
	if (trustProxy > 0) {
		process.env['ADDRESS_HEADER'] = 'x-forwarded-for';
		process.env['XFF_DEPTH'] = String(trustProxy);
	}
	const build = (await import(pathToFileURL(resolve('build/handler.js')).href)) as { handler: Handler };
	return build.handler;
}
