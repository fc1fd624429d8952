import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { inProject, projectRoot } from './paths.ts';
import { until, waitForExit } from './processes.ts';
import { createLineSplitter, formatLogLine } from './service-log.ts';

export interface ServiceOptions {
	name: string;
	/** What Node runs, with its arguments. */
	script: string[];
	env: NodeJS.ProcessEnv;
	/** All its output goes here; warnings and errors also to `out`. */
	logFile: string;
	out: (line: string) => void;
	/** Answers whether the service does its work, for those that do not report it themselves. */
	probe?: () => Promise<boolean>;
}

const firstDelayMs = 100;
/** Contract: what dies is started again within 2 s, however often it dies. */
const longestDelayMs = 1_500;
const steadyAfterMs = 10_000;
const lastWordsMs = 1_000;

/** One child process that is started again whenever it dies, until it is stopped. */
export class Service {
	readonly name: string;
	#options: ServiceOptions;
	#child: ChildProcess | undefined;
	#log: WriteStream;
	#wanted = false;
	#ended = false;
	/** Resolves when all that the process said has been read. */
	#silent: Promise<void> = Promise.resolve();
	#delayMs = firstDelayMs;
	#timer: NodeJS.Timeout | undefined;
	#onReady: (() => void) | undefined;
	#onChange: (() => void) | undefined;

	constructor(options: ServiceOptions) {
		this.name = options.name;
		this.#options = options;
		this.#log = createWriteStream(options.logFile, { flags: 'w' });
	}

	/** Undefined while it is down. */
	get pid(): number | undefined {
		return this.#child?.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined;
	}

	/** Told whenever the process id changes. */
	onChange(listener: () => void): void {
		this.#onChange = listener;
	}

	/**
	 * Starts it and resolves when it does its work. It may die on the way: then it is started again.
	 * @throws Error when it is not ready after `milliseconds`
	 */
	start(milliseconds: number): Promise<void> {
		this.#wanted = true;
		return new Promise((resolve, reject) => {
			const late = setTimeout(
				() => reject(new Error(`${this.name} is not ready after ${milliseconds} ms.`)),
				milliseconds
			);
			this.#onReady = () => {
				clearTimeout(late);
				resolve();
			};
			this.#spawn();
			if (this.#options.probe !== undefined) void until(this.#options.probe, milliseconds).then(this.#onReady);
		});
	}

	/** Ends the process that runs now; a new one follows at once. For changed sources. */
	restart(): void {
		this.#delayMs = firstDelayMs;
		this.#child?.kill('SIGTERM');
	}

	/** Tells it to stop, and kills it when it has not obeyed after `milliseconds`. */
	async stop(milliseconds: number): Promise<void> {
		this.#wanted = false;
		clearTimeout(this.#timer);
		const { pid } = this;
		if (pid !== undefined) {
			this.#child?.kill('SIGTERM');
			if (!(await waitForExit(pid, milliseconds))) this.#child?.kill('SIGKILL');
			// Its last words may still be on their way; something that it started may hold the pipe for ever.
			await Promise.race([this.#silent, delay(lastWordsMs, undefined, { ref: false })]);
		}
		this.#ended = true;
		this.#log.end();
	}

	#spawn(): void {
		const startedAt = performance.now();
		const child = spawn(
			process.execPath,
			['--import', pathToFileURL(inProject('scripts/lib/die-with-parent.ts')).href, ...this.#options.script],
			// A session of its own: Ctrl-C reaches the runner only, which stops the services in good order.
			{ cwd: projectRoot, env: this.#options.env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true }
		);
		this.#child = child;
		for (const stream of [child.stdout, child.stderr]) {
			stream?.setEncoding('utf8').on(
				'data',
				createLineSplitter((line) => this.#write(line))
			);
		}
		this.#silent = new Promise((resolve) => child.once('close', () => resolve()));
		child.once('message', () => this.#onReady?.());
		child.once('error', (error) => this.#options.out(`${this.name} cannot be started: ${error.message}`));
		child.once('exit', (code, signal) => {
			this.#onChange?.();
			if (!this.#wanted) return;
			if (performance.now() - startedAt > steadyAfterMs) this.#delayMs = firstDelayMs;
			this.#options.out(`${this.name} ended (${signal ?? `code ${code}`})`);
			this.#timer = setTimeout(() => {
				this.#spawn();
				this.#options.out(`${this.name.padEnd(10)} pid ${this.pid} (started again)`);
			}, this.#delayMs);
			this.#delayMs = Math.min(this.#delayMs * 2, longestDelayMs);
		});
		this.#onChange?.();
	}

	#write(line: string): void {
		if (this.#ended) return;
		this.#log.write(`${line}\n`);
		const shown = formatLogLine(line);
		if (shown !== undefined) this.#options.out(`${this.name}: ${shown}`);
	}
}
