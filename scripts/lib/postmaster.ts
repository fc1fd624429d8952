import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterHome } from './cluster-home.ts';
import { UserError } from './user-error.ts';
import { isAlive, sendSignal, until, waitForExit } from './processes.ts';

export interface PostmasterOptions {
	home: ClusterHome;
	logFile: string;
	settings: Record<string, string>;
	choosePort: () => Promise<number>;
}

type Probe = (port: number) => Promise<'yes' | 'starting' | 'no'>;

/** Crash recovery of a large database may take its time; a shutdown or a dying orphan may not. */
const recoveryMs = 60_000;
const orphanMs = 5_000;
const logLimit = 5 * 1024 * 1024;

/** The one server process of a cluster: started or taken over, watched, and stopped. */
export class Postmaster {
	#options: PostmasterOptions;
	#watcher: ChildProcess | undefined;
	#port = 0;
	#pid: number | undefined;
	reused = false;

	constructor(options: PostmasterOptions) {
		this.#options = options;
	}

	get port(): number {
		return this.#port;
	}

	get pid(): number | undefined {
		return this.#pid !== undefined && isAlive(this.#pid) ? this.#pid : undefined;
	}

	/**
	 * Takes over the postmaster that runs on the data already, or starts one.
	 * @throws Error with the end of PostgreSQL's log
	 */
	async start(probe: Probe): Promise<void> {
		this.reused = await this.#takeOver(probe);
		if (!this.reused) await this.#spawn(probe);
		this.#watch();
	}

	/** Stops by a signal: SIGINT (orderly), SIGQUIT (at once), SIGKILL. Harder ones follow when it does not obey. */
	async stop(signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): Promise<void> {
		const pid = this.pid;
		this.#unwatch();
		if (pid === undefined) return;
		for (const next of [signal, 'SIGQUIT', 'SIGKILL'] as const) {
			sendSignal(pid, next);
			if (await waitForExit(pid, 3_000)) return;
		}
	}

	async whenDown(): Promise<void> {
		while (this.pid !== undefined) await delay(100);
	}

	/** A runner that was killed leaves its postmaster behind, alive or about to end. */
	async #takeOver(probe: Probe): Promise<boolean> {
		const found = this.#readPidFile();
		if (found === undefined || !isAlive(found.pid) || !this.#isOurs(found.pid)) return false;
		let answer = 'no' as Awaited<ReturnType<Probe>>;
		const settled = await until(async () => {
			if (!isAlive(found.pid)) return true;
			answer = await probe(found.port);
			return answer === 'yes';
		}, orphanMs);
		if (!settled) {
			throw new UserError(
				`Another PostgreSQL (pid ${found.pid}) uses ${this.#options.home.data} and does not answer. Stop it with "kill ${found.pid}" and try again.`
			);
		}
		if (answer !== 'yes') return false;
		this.#pid = found.pid;
		this.#port = found.port;
		return true;
	}

	async #spawn(probe: Probe): Promise<void> {
		const { home, settings, logFile, choosePort } = this.#options;
		const end = performance.now() + orphanMs;
		for (;;) {
			this.#port = await choosePort();
			const log = openSync(logFile, existsSync(logFile) && statSync(logFile).size < logLimit ? 'a' : 'w');
			const logStart = statSync(logFile).size;
			const child = spawn(
				join(home.native, 'bin/postgres'),
				[
					...['-D', home.data, '-p', String(this.#port)],
					...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])
				],
				// A session of its own: Ctrl-C in the terminal must reach the runner only, which stops the database last.
				{ cwd: '/', env: { LC_ALL: 'C' }, stdio: ['ignore', log, log], detached: true, ...home.user }
			);
			closeSync(log);
			const failed = new Promise<Error>((resolve) => child.once('error', resolve));
			child.unref();
			if (child.pid === undefined) throw await failed;
			this.#pid = child.pid;
			let ready = false;
			const settled = await until(async () => {
				if (child.exitCode !== null || child.signalCode !== null) return true;
				ready = this.#readPidFile()?.pid === child.pid && (await probe(this.#port)) === 'yes';
				return ready;
			}, recoveryMs);
			if (ready) return;
			if (!settled) await this.stop('SIGQUIT');
			const words = readFileSync(logFile, 'utf8').slice(logStart).trim();
			// The sessions of a killed postmaster hold its shared memory for a moment longer than it lives.
			const passing = /shared memory block|lock file "postmaster.pid" already exists|could not bind/.test(words);
			if (!passing || performance.now() > end) throw new Error(`PostgreSQL did not start:\n${words}`);
			await delay(200);
		}
	}

	/**
	 * Ends the database when this process dies by kill -9 and can do nothing itself: a shell waits at the other end of a
	 * pipe, which the kernel closes with us.
	 */
	#watch(): void {
		this.#unwatch();
		const watcher = spawn('/bin/sh', ['-c', 'read _; kill -INT "$1"', 'pg-watch', String(this.#pid)], {
			cwd: '/',
			stdio: ['pipe', 'ignore', 'ignore'],
			detached: true
		});
		watcher.on('error', () => undefined);
		watcher.stdin.on('error', () => undefined);
		watcher.unref();
		// A pipe is a socket to Node, which would keep this process running.
		if (watcher.stdin instanceof Socket) watcher.stdin.unref();
		this.#watcher = watcher;
	}

	#unwatch(): void {
		this.#watcher?.kill('SIGKILL');
		this.#watcher = undefined;
	}

	/** Lines 1 and 4 of postmaster.pid: process id and port. */
	#readPidFile(): { pid: number; port: number } | undefined {
		try {
			const lines = readFileSync(join(this.#options.home.data, 'postmaster.pid'), 'utf8').split('\n');
			const [pid, port] = [Number(lines[0]), Number(lines[3])];
			return pid > 0 && port > 0 ? { pid, port } : undefined;
		} catch {
			return undefined;
		}
	}

	/** A process id is soon given to somebody else; where /proc tells, the command line must name our data. */
	#isOurs(pid: number): boolean {
		if (!existsSync('/proc/self/cmdline')) return true;
		try {
			return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(this.#options.home.data);
		} catch {
			return false;
		}
	}
}
