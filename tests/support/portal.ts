import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inProject, projectRoot } from '../../scripts/lib/paths.ts';
import { sendSignal } from '../../scripts/lib/processes.ts';
import { keepLogs } from '../../scripts/lib/records.ts';

/** `npm start` as a person runs it, with its words. */
export interface StartedPortal {
	/** Everything it has printed. */
	output(): string;
	/** Resolves when it has printed this; rejects when it ends before. */
	printed(text: string | RegExp): Promise<void>;
	/** Process ids of the services and the database, as printed or written down; the newest of each. */
	pids(): Promise<Record<'web' | 'ws-server' | 'worker' | 'postgres', number>>;
	/** Signals the runner, not npm. */
	signal(signal: NodeJS.Signals): void;
	/** The exit code. */
	ended: Promise<number>;
}

/** Starts the portal on a data folder of the test's own. */
export function startPortal(dataDir: string, env: Record<string, string>): StartedPortal {
	const child = spawn(process.execPath, [inProject('scripts/start.ts')], {
		cwd: projectRoot,
		env: { PATH: process.env['PATH'], HOME: process.env['HOME'], DATA_DIR: dataDir, ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (text: string) => (output += text));
	const ended = once(child, 'close').then(async ([code]) => {
		await keepLogs(join(dataDir, 'log'), 'start');
		return (code as number | null) ?? -1;
	});

	const printed = async (text: string | RegExp): Promise<void> => {
		const found = (): boolean => (typeof text === 'string' ? output.includes(text) : text.test(output));
		let over = false;
		void ended.then(() => (over = true));
		while (!found()) {
			if (over) throw new Error(`It ended without printing ${text}:\n${output}`);
			await Promise.race([once(child.stdout, 'data'), ended]);
		}
	};
	const pids = async (): ReturnType<StartedPortal['pids']> => {
		const of = (name: string): number =>
			Number([...output.matchAll(new RegExp(`^${name} +pid (\\d+)`, 'gm'))].at(-1)?.[1]);
		const { pid } = JSON.parse(await readFile(join(dataDir, 'pg-port.json'), 'utf8')) as { pid: number };
		return { web: of('web'), 'ws-server': of('ws-server'), worker: of('worker'), postgres: pid };
	};
	return { output: () => output, printed, pids, ended, signal: (signal) => sendSignal(child.pid ?? 0, signal) };
}
