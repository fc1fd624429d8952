import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { inProject, projectRoot } from '../../scripts/lib/paths.ts';
import { openRecord } from '../../scripts/lib/records.ts';
import { freePort } from './ports.ts';
import { ORIGIN, until } from './realtime.ts';
import type { Memory } from './tell-memory.ts';

/** A server that is told to end has ended by then. */
const MOST_MS = 10_000;

const preload = (path: string): string[] => ['--import', pathToFileURL(inProject(path)).href];

/** How a process ended: one of the two is set. */
export type Ending = { code: number | null; signal: NodeJS.Signals | null };

/** ws-server as `npm start` runs it: a process of its own, that can be killed. */
export interface WsProcess {
	readonly port: number;
	readonly pid: number;
	/** How it ended; undefined while it runs. */
	readonly ending: Ending | undefined;
	/** Warnings and errors that it has logged, and what Node itself has printed. */
	output(): string;
	/** kill -9; resolves when it is gone. */
	kill9(): Promise<void>;
	/** SIGTERM; resolves with how it ended and how long that took, in milliseconds. */
	terminate(): Promise<Ending & { milliseconds: number }>;
	/** SIGTERM; resolves with what is wrong unless it ends in good order, within 10 s. */
	end(): Promise<string[]>;
	/** Collects its garbage, and tells what memory it holds. */
	memory(): Promise<Memory>;
	/** What /readyz says. */
	readyz(): Promise<{ status: number; body: string }>;
}

/**
 * Starts ws-server on the given port, or a free one, and waits until it listens.
 * @throws Error with what it printed, when it ends before
 */
export async function startWsProcess(databaseUrl: string, port?: number): Promise<WsProcess> {
	const wsPort = port ?? (await freePort());
	const child = spawn(
		process.execPath,
		[
			...['scripts/lib/die-with-parent.ts', 'tests/support/tell-memory.ts'].flatMap(preload),
			inProject('ws-server/main.ts')
		],
		{
			cwd: projectRoot,
			env: {
				PATH: process.env['PATH'],
				DATABASE_URL: databaseUrl,
				ORIGIN,
				WS_PORT: String(wsPort),
				LOG_LEVEL: 'warn'
			},
			stdio: ['ignore', 'pipe', 'pipe', 'ipc']
		}
	);
	let printed = '';
	let ending: Ending | undefined;
	const keep = openRecord('log', 'ws-process');
	for (const stream of [child.stdout, child.stderr])
		stream?.setEncoding('utf8').on('data', (text: string) => {
			printed = (printed + text).slice(-20_000);
			keep(text);
		});
	const exited = once(child, 'exit').then(([code, signal]) => {
		ending = { code: code as number | null, signal: signal as NodeJS.Signals | null };
		return ending;
	});
	const url = `http://127.0.0.1:${wsPort}`;
	const answers = () =>
		fetch(`${url}/livez`).then(
			({ ok }) => ok,
			() => false
		);
	await until(async () => ending !== undefined || (await answers()));
	if (ending !== undefined) throw new Error(`ws-server ended at once:\n${printed}`);

	const terminate = async () => {
		const start = performance.now();
		child.kill('SIGTERM');
		return { ...(await exited), milliseconds: performance.now() - start };
	};
	return {
		port: wsPort,
		pid: child.pid ?? 0,
		get ending() {
			return ending;
		},
		output: () => printed,
		async kill9() {
			child.kill('SIGKILL');
			await exited;
		},
		terminate,
		async end() {
			const { code, signal, milliseconds } = await terminate();
			return [
				...(code === 0 ? [] : [`ws-server ended with ${signal ?? code}: ${printed}`]),
				...(milliseconds > MOST_MS ? [`ws-server took ${milliseconds} ms to end`] : [])
			];
		},
		async memory() {
			const told = once(child, 'message') as Promise<[Memory]>;
			child.send('memory');
			return (await told)[0];
		},
		async readyz() {
			const response = await fetch(`${url}/readyz`);
			return { status: response.status, body: await response.text() };
		}
	};
}
