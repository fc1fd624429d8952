import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { inject } from 'vitest';
import { inProject, projectRoot } from '../../scripts/lib/paths.ts';
import { freePort } from '../../scripts/lib/ports.ts';
import { openRecord } from '../../scripts/lib/records.ts';
import { run } from '../../scripts/lib/run.ts';

/** One answer, with the body read. */
export interface Answer {
	status: number;
	headers: Headers;
	body: string;
	/** Set-Cookie headers, one string each. */
	setCookies: string[];
}

export interface Ask {
	method?: string;
	/** The session's token. */
	token?: string | undefined;
	/** Sent as `Origin`; the portal's own unless given; null sends none. */
	origin?: string | null;
	headers?: Record<string, string>;
	body?: string | URLSearchParams | FormData | Uint8Array<ArrayBuffer>;
}

/** The built web process, as operators run it. */
export interface BuiltWeb {
	origin: string;
	/** Where it really listens, and its process. */
	url: string;
	pid: number;
	ask(path: string, ask?: Ask): Promise<Answer>;
	/** Everything it has logged. */
	log(): string;
	stop(): Promise<void>;
}

/** For hooks that start it: it may have to be built first, on a machine that does other things too. Milliseconds. */
export const START_MS = 300_000;

/**
 * Starts the built web process on a database and a free port; builds it when the sources have changed. Requests come as
 * from a reverse proxy at `origin`. `settings` come on top of those that it needs.
 */
export async function startBuiltWeb(
	databaseUrl: string,
	origin = 'http://portal.test',
	settings: Record<string, string> = {}
): Promise<BuiltWeb> {
	await buildOnce();
	const [port, wsPort] = [await freePort(), await freePort()];
	const child = spawn(
		process.execPath,
		['--import', pathToFileURL(inProject('scripts/lib/die-with-parent.ts')).href, 'src/lib/server/web/main.ts'],
		{
			cwd: projectRoot,
			env: {
				...{ PATH: process.env['PATH'], HOME: process.env['HOME'], DATABASE_URL: databaseUrl, ORIGIN: origin },
				...{ HOST: '127.0.0.1', PORT: String(port), WS_PORT: String(wsPort), LOG_LEVEL: 'debug' },
				...settings
			},
			stdio: ['ignore', 'pipe', 'pipe', 'ipc']
		}
	);
	let log = '';
	const keep = openRecord('log', 'web');
	for (const stream of [child.stdout, child.stderr])
		stream?.setEncoding('utf8').on('data', (text: string) => {
			log += text;
			keep(text);
		});
	const ended = once(child, 'close');
	await Promise.race([
		once(child, 'message'),
		ended.then(() => Promise.reject(new Error(`The web process ended:\n${log}`)))
	]);

	return {
		origin,
		url: `http://127.0.0.1:${port}`,
		pid: child.pid ?? 0,
		log: () => log,
		ask: (path, request = {}) => ask(`http://127.0.0.1:${port}${path}`, origin, request),
		stop: async () => {
			child.kill('SIGTERM');
			await ended;
		}
	};
}

async function ask(url: string, own: string, { method = 'GET', token, origin = own, ...rest }: Ask): Promise<Answer> {
	const cookie = own.startsWith('https:') ? '__Host-okt' : 'okt';
	const response = await fetch(url, {
		method,
		redirect: 'manual',
		headers: {
			accept: 'text/html',
			...(origin === null ? {} : { origin }),
			...(token === undefined ? {} : { cookie: `${cookie}=${token}` }),
			...rest.headers
		},
		...(rest.body === undefined ? {} : { body: rest.body })
	});
	const { status, headers } = response;
	return { status, headers, body: await response.text(), setCookies: headers.getSetCookie() };
}

/** Test files run at once, and there is one build: whoever comes first makes it, under a lock in the run's cluster. */
async function buildOnce(): Promise<void> {
	const client = new pg.Client({ connectionString: inject('clusterUrl') });
	await client.connect();
	try {
		await client.query('select pg_advisory_lock(4242)');
		// Without the environment of the test runner, which tools of the build take for their own.
		const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
		await run(process.execPath, [inProject('scripts/build.ts')], { cwd: projectRoot, env });
	} finally {
		await client.end();
	}
}

/** What a routine look at a page may tell apart: request ids, nonces and times differ from one answer to the next. */
export function withoutIds(body: string): string {
	return body
		.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
		.replaceAll(/nonce="[^"]*"/g, 'nonce')
		.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
		.replaceAll(/oktIgjenMs(["\\]*):\d+/g, 'oktIgjenMs$1:<ms>');
}
