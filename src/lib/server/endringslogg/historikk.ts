import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '#lib/domain/feil.ts';
import type { Answers, FromThread, Question, ToThread } from './protocol.ts';

/** Longest time for one answer, milliseconds; then the thread is ended and the asker told. */
const LIMIT_MS = 5_000;
/** Questions that may wait; more are told at once that it is too much. */
const MAX_WAITING = 200;
/** Memory of the thread, MiB; when it runs out, the thread ends and the portal does not. */
const HEAP_MIB = 384;

type Ask<Q extends Question> = Answers[Q['what']] | undefined;
type Waiting = { message: ToThread; resolve: (answer: never) => void; reject: (error: Error) => void };

/**
 * Asks the history thread, one question at a time. Throws `unavailable` when an answer takes too long or the thread breaks,
 * and errors like the database's when that is away.
 */
export class Historikk {
	private readonly databaseUrl: string;
	private readonly limitMs: number;
	private thread: Worker | undefined;
	private waiting: Waiting[] = [];
	private running: Waiting | undefined;
	private timer: NodeJS.Timeout | undefined;
	private next = 0;

	constructor(options: { databaseUrl: string; limitMs?: number }) {
		this.databaseUrl = options.databaseUrl;
		this.limitMs = options.limitMs ?? LIMIT_MS;
	}

	/** The answer; undefined when the log has no such document, row or entry. */
	ask<Q extends Question>(question: Q): Promise<Ask<Q>> {
		if (this.waiting.length >= MAX_WAITING) return Promise.reject(tooMuch());
		return new Promise<Ask<Q>>((resolve, reject) => {
			this.waiting.push({
				message: { id: this.next++, question },
				resolve: resolve as (answer: never) => void,
				reject
			});
			this.go();
		});
	}

	/** Ends the thread; whoever waits is told. */
	async close(): Promise<void> {
		const waiting = this.waiting.splice(0);
		for (const { reject } of waiting) reject(tooMuch());
		await this.end(tooMuch());
	}

	private go(): void {
		if (this.running !== undefined) return;
		this.running = this.waiting.shift();
		if (this.running === undefined) return;
		this.timer = setTimeout(() => void this.end(tooMuch()), this.limitMs);
		this.thread ??= this.start();
		this.thread.postMessage(this.running.message);
	}

	private start(): Worker {
		const thread = new Worker(threadFile(), {
			workerData: { databaseUrl: this.databaseUrl },
			resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB },
			execArgv: []
		});
		// An idle thread does not keep the process alive.
		thread.unref();
		thread.on('message', (message: FromThread) => this.thread === thread && this.settle(message));
		thread.on('error', (error) => this.thread === thread && void this.end(tooMuch(error)));
		thread.on('exit', () => this.thread === thread && void this.end(tooMuch()));
		return thread;
	}

	private settle(message: FromThread): void {
		const { running } = this;
		if (running?.message.id !== message.id) return;
		clearTimeout(this.timer);
		this.running = undefined;
		if (message.ok) running.resolve(message.answer as never);
		else running.reject(Object.assign(new Error(message.message), message.code ? { code: message.code } : {}));
		this.go();
	}

	/** Ends the thread and the question that it was at; the others get a new one. */
	private async end(error: Error): Promise<void> {
		const { thread, running } = this;
		clearTimeout(this.timer);
		this.thread = undefined;
		this.running = undefined;
		running?.reject(error);
		this.go();
		await thread?.terminate();
	}
}

function tooMuch(cause?: unknown): AppError {
	return Object.assign(new AppError('unavailable', { reason: 'endringslogg_feil_for_tung' }), { cause });
}

/**
 * The thread's own source file, which Node runs as it is. Found from here upwards: a bundle stands in another folder, and knows no
 * files of the source.
 */
function threadFile(): string {
	const relative = join('src', 'lib', 'server', 'endringslogg', 'thread.ts');
	for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
		const file = join(folder, relative);
		if (existsSync(file)) return file;
		if (folder === dirname(folder)) throw new Error(`${relative} is missing`);
	}
}
