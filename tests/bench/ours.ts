import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SCHEMA_FINGERPRINT } from '#lib/collab/fingerprint.ts';
import { loadConfig } from '#lib/server/config.ts';
import { createDb, sql, type Db } from '#lib/server/db/pool.ts';
import { openSessions, seedLoadWorld } from '#lib/server/demo/load-world.ts';
import { rydd } from '#lib/server/queries/synthetic-people.ts';
import { fallbackHome } from '../../scripts/lib/cluster-home.ts';
import { databaseName } from '../../scripts/lib/database.ts';
import { inProject, projectRoot } from '../../scripts/lib/paths.ts';
import { freePort } from '../../scripts/lib/ports.ts';
import { Stack } from '../../scripts/lib/stack.ts';
import { end, listens, type Running } from './contestants.ts';
import { pin, SERVER_CORE } from './processes.ts';

/** One samtale of the load world with the cookies of its two. */
type Samtale = { id: string; cookies: [string, string] };

/** The whole portal as `npm start` runs it, with the load world in it. */
export type OurPortal = {
	databaseUrl: string;
	db: Db;
	postgres: () => number | undefined;
	/** The ws-server, and the other processes of the portal. */
	wsServer: () => number;
	others: () => number[];
	origin: string;
	wsPort: number;
	samtaler: Samtale[];
	stop: () => Promise<void>;
};

/** Starts it on free ports, with a database of its own. */
export async function startPortal(lis: number): Promise<OurPortal> {
	const dataDir = await mkdtemp(join(tmpdir(), 'lis-kommune-bench-'));
	await chmod(dataDir, 0o711);
	const config = loadConfig({ PORT: String(await freePort()), WS_PORT: String(await freePort()), DATA_DIR: dataDir });
	const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], LOG_LEVEL: 'warn' };
	const stack = new Stack({ config, mode: 'built', env, out: (line) => console.error(line) });
	await stack.start();
	const databaseUrl = stack.cluster?.url(databaseName) ?? '';
	const { db } = createDb(databaseUrl, undefined, { max: 2 });
	const pidOf = (name: string) => stack.services.find((service) => service.name === name)?.pid ?? 0;
	return {
		...{ databaseUrl, db, origin: config.origin, wsPort: config.wsPort },
		samtaler: await fill(db, lis, config),
		postgres: () => stack.cluster?.pid,
		wsServer: () => pidOf('ws-server'),
		others: () => stack.services.filter(({ name }) => name !== 'ws-server').map(({ name }) => pidOf(name)),
		async stop() {
			await db.destroy();
			await stack.stop();
			await rm(dataDir, { recursive: true, force: true });
			await rm(fallbackHome(dataDir), { recursive: true, force: true });
		}
	};
}

async function fill(
	db: Db,
	lis: number,
	{ sessionIdleMs, origin, demoPassword }: { sessionIdleMs: number; origin: string; demoPassword: string }
): Promise<Samtale[]> {
	const now = new Date();
	const world = await seedLoadWorld(db, { lis, now, password: demoPassword });
	const sessions = await openSessions(db, [...world.lis, ...world.andre], { now, idleMs: sessionIdleMs, origin });
	// Else the first rounds would measure what making so many people leaves to be done.
	await rydd(db);
	await sql`checkpoint`.execute(db);
	const cookies = new Map(sessions.map(({ username, cookie }) => [username, cookie]));
	const { rows } = await sql<{ id: string; lis: string; veileder: string }>`
		select s.id, l.brukernavn as lis, v.brukernavn as veileder
		from samtale s
		join bruker l on l.id = s.lis_id
		join relasjon r on r.lis_id = s.lis_id and r.rolle = 'veileder' and r.til is null
		join bruker v on v.id = r.person_id
		where s.status = 'aktiv' and l.brukernavn like 'last-lis-%'
		order by l.brukernavn`.execute(db);
	return rows.map((row) => ({ id: row.id, cookies: [cookies.get(row.lis) ?? '', cookies.get(row.veileder) ?? ''] }));
}

/** The address of a samtale at a ws-server, as the page of the portal opens it. */
export function address(port: number, id: string): string {
	return `ws://127.0.0.1:${port}/samarbeid/${id}?lagret=1&epoke=1&skjema=${SCHEMA_FINGERPRINT}`;
}

/** The portal as a contestant: with two nodes, the two of a samtale are at one each. */
export async function startOurs(portal: OurPortal, documents: number, nodes: 1 | 2): Promise<Running> {
	pin(portal.wsServer(), SERVER_CORE);
	const second = nodes === 2 ? await startNode(portal) : undefined;
	const ports = [portal.wsPort, second?.port ?? portal.wsPort] as const;
	return {
		dialect: 'y',
		documents: portal.samtaler.slice(0, documents).map(({ id, cookies: [lis, veileder] }) => ({
			name: id,
			seats: [
				{ url: address(ports[0], id), headers: { cookie: lis, origin: portal.origin } },
				{ url: address(ports[1], id), headers: { cookie: veileder, origin: portal.origin } }
			]
		})),
		asksSaved: true,
		server: [portal.wsServer(), ...(second ? [second.pid] : [])],
		rest: portal.others(),
		postgres: portal.postgres(),
		stop: async () => {
			await second?.stop();
			// The next one begins with rooms that are closed and written down.
			await sql`checkpoint`.execute(portal.db);
		}
	};
}

async function startNode({
	databaseUrl,
	origin
}: OurPortal): Promise<{ port: number; pid: number; stop: () => Promise<void> }> {
	const port = await freePort();
	const child = spawn(
		process.execPath,
		['--import', pathToFileURL(inProject('scripts/lib/die-with-parent.ts')).href, inProject('ws-server/main.ts')],
		{
			cwd: projectRoot,
			env: {
				PATH: process.env['PATH'],
				DATABASE_URL: databaseUrl,
				ORIGIN: origin,
				WS_PORT: String(port),
				LOG_LEVEL: 'warn'
			},
			stdio: ['ignore', 'ignore', 'inherit', 'ipc']
		}
	);
	await listens(port, child);
	const pid = child.pid ?? 0;
	pin(pid, SERVER_CORE);
	return { port, pid, stop: () => end(child) };
}
