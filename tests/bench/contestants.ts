import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { inProject } from '../../scripts/lib/paths.ts';
import { freePort } from '../../scripts/lib/ports.ts';
import type { Dialect } from './editor.ts';
import type { Job } from './load.ts';
import { startOurs, type OurPortal } from './ours.ts';
import { pin, SERVER_CORE } from './processes.ts';

/** A server that is up, pinned to its core. */
export type Running = {
	dialect: Dialect;
	documents: Job['documents'];
	asksSaved: boolean;
	/** The processes of the server itself, those of the rest of the product, and PostgreSQL's first one. */
	server: number[];
	rest: number[];
	postgres: number | undefined;
	stop: () => Promise<void>;
};

export type Contestant = { name: string; what: string; start: (documents: number) => Promise<Running> };

/** All that are measured, in the order of the table. */
export function contestants(ours: OurPortal): Contestant[] {
	return [
		{ name: 'relay', what: 'bare relay, no Yjs (the floor)', start: (n) => startPeer('relay', 'peers/relay.js', n) },
		{
			name: 'y-websocket',
			what: '@y/websocket-server 0.1.1, in memory',
			start: (n) => startPeer('y', 'peers/node_modules/@y/websocket-server/src/server.js', n)
		},
		{
			name: 'hocuspocus',
			what: 'Hocuspocus 4.7, Database extension on the same PostgreSQL',
			start: (n) => startPeer('hocuspocus', 'peers/hocuspocus.js', n, ours)
		},
		{ name: 'ours-1', what: 'LIS Kommune, one node', start: (n) => startOurs(ours, n, 1) },
		{ name: 'ours-2', what: 'LIS Kommune, two nodes', start: (n) => startOurs(ours, n, 2) }
	];
}

async function startPeer(dialect: Dialect, script: string, documents: number, ours?: OurPortal): Promise<Running> {
	const port = await freePort();
	const child = spawn(process.execPath, [inProject('tests/bench', script)], {
		env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: String(port), DATABASE_URL: ours?.databaseUrl },
		stdio: ['ignore', 'ignore', 'inherit']
	});
	await listens(port, child);
	const pid = child.pid ?? 0;
	pin(pid, SERVER_CORE);
	return {
		dialect,
		documents: Array.from({ length: documents }, (_, i) => {
			const seat = { url: `ws://127.0.0.1:${port}/bench-${i}`, headers: {} };
			return { name: `bench-${port}-${i}`, seats: [seat, seat] };
		}),
		...{ asksSaved: false, server: [pid], rest: [], postgres: ours?.postgres() },
		stop: () => end(child)
	};
}

/** Waits until somebody listens there. */
export async function listens(port: number, child: ChildProcess): Promise<void> {
	for (;;) {
		if (child.exitCode !== null) throw new Error(`A server ended at once (${child.spawnargs.join(' ')}).`);
		const socket = connect({ port, host: '127.0.0.1' });
		const found = await Promise.race([
			once(socket, 'connect').then(
				() => true,
				() => false
			)
		]);
		socket.destroy();
		if (found) return;
		await sleep(50);
	}
}

export async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	child.kill('SIGKILL');
	await once(child, 'exit');
}
