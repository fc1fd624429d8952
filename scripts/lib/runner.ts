import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '#lib/server/config.ts';
import { startCluster } from './cluster.ts';
import { fallbackHome } from './cluster-home.ts';
import { demoUsernames } from './demo-world.ts';
import { readConfig } from './environment.ts';
import { takeInstanceLock } from './instance.ts';
import { freePort, isPortFree } from './ports.ts';
import { isPrepared, prepareProject } from './prepare.ts';
import type { StackMode } from './services.ts';
import { Stack } from './stack.ts';
import { testEidKeyFile } from './test-eid.ts';
import { describeFailure } from './user-error.ts';
import { restartOnChange } from './watch.ts';

const out = (line: string): void => void process.stdout.write(`${line}\n`);

/** The services of a killed runner have this long to finish what they are at. */
const afterCrashMs = 10_000;

/**
 * `npm start` and `npm run dev`: everything in one terminal, until Ctrl-C, SIGTERM or SIGHUP.
 * Flags: `--reset` begins with an empty database.
 */
export async function runPortal(mode: StackMode): Promise<void> {
	// Whoever reads our lines may go away (a closed terminal, a killed pipe) without that being our end.
	process.stdout.on('error', () => undefined);
	process.stderr.on('error', () => undefined);
	const config = await chooseWsPort(readConfig());
	const stack = new Stack({ config, mode, env: process.env, out });
	let stopping = false;
	const stop = async (code: number): Promise<void> => {
		if (stopping) return;
		stopping = true;
		await stack.stop();
		process.exit(code);
	};
	const lock = await takeInstanceLock(config.dataDir, () => {
		if (isOrphaned()) void stop(0);
		return { pid: process.pid, address: config.origin, stopping };
	});
	if ('pid' in lock) {
		console.error(`LIS Kommune runs already in this folder (pid ${lock.pid}): ${lock.address}`);
		process.exit(1);
	}

	if (!(await isPrepared())) await prepareProject();
	if (process.argv.includes('--reset')) await reset(config);
	process.once('exit', lock.release);
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
	setInterval(() => isOrphaned() && void stop(0), 500).unref();

	try {
		await stack.start(lock.afterCrash ? afterCrashMs : 0);
	} catch (error) {
		if (stopping) return;
		console.error(describeFailure(error));
		return stop(1);
	}
	for (const { name, pid } of stack.services) out(`${name.padEnd(10)} pid ${pid}${portOf(name, config)}`);
	announce(config, stack);
	if (mode === 'dev') restartOnChange(stack.services);
}

function portOf(name: string, config: Config): string {
	if (name === 'web') return `, port ${config.port}`;
	return name === 'ws-server' ? `, port ${config.wsPort}` : '';
}

function announce(config: Config, { mailAddress, testEidAddress }: Stack): void {
	out(`\nLIS Kommune: ${config.origin}`);
	if (!config.production) {
		out(`Demo log-ins: ${demoUsernames.join(', ')}`);
		out(`Password:     ${config.demoPassword}`);
	}
	if (testEidAddress !== undefined) out(`Test eID:     ${testEidAddress} (HelseID/Ny bruker; synthetic people)`);
	if (mailAddress !== undefined) out(`Mail:         ${mailAddress} (all that the portal sends)`);
	out('Ctrl-C stops everything.\n');
}

/** Nobody needs to know the ws-server's port: unless it was set, any free one will do. */
async function chooseWsPort(config: Config): Promise<Config> {
	if (process.env['WS_PORT'] || (await isPortFree(config.wsPort, '127.0.0.1'))) return config;
	return { ...config, wsPort: await freePort() };
}

const parent = process.ppid;

/** npm was killed in a way that it could not pass on: nobody would ever stop us. */
function isOrphaned(): boolean {
	return process.env['npm_lifecycle_event'] !== undefined && process.ppid !== parent;
}

/** Removes what a runner keeps in the data folder, and nothing else that may be there. */
async function reset(config: Config): Promise<void> {
	if (config.databaseUrl !== undefined) {
		console.error('--reset only empties the embedded database; DATABASE_URL is set, so nothing was touched.');
		process.exit(1);
	}
	const homes = [config.dataDir, fallbackHome(config.dataDir)];
	if (homes.some((home) => existsSync(join(home, 'pg/postmaster.pid')))) {
		await (await startCluster({ dir: config.dataDir })).stop();
	}
	const ours = ['pg', 'pg-password', 'pg-port.json', 'pg.log', 'log', testEidKeyFile];
	for (const name of ours) await rm(join(config.dataDir, name), { recursive: true, force: true });
	await rm(fallbackHome(config.dataDir), { recursive: true, force: true });
	out('The database is emptied.');
}
