import { parentPort, workerData } from 'node:worker_threads';
import { createDb } from '../db/pool.ts';
import { answer } from './answer.ts';
import { Archive } from './archive.ts';
import type { FromThread, ToThread } from './protocol.ts';

/**
 * The history thread: replays logs and tells differences, off the event loop that serves pages. It reads the database itself,
 * with the web process' rights, so that no log passes through that loop. Whoever started it ends it when an answer takes too long.
 */

const { databaseUrl } = workerData as { databaseUrl: string };
const { db } = createDb(databaseUrl, 'lisk_web', { max: 1 });
const archive = new Archive(db);

parentPort?.on('message', ({ id, question }: ToThread) => {
	reply(id, question).then(
		(message) => parentPort?.postMessage(message),
		(error: unknown) => parentPort?.postMessage(failed(id, error))
	);
});

async function reply(id: number, question: ToThread['question']): Promise<FromThread> {
	const record = await archive.open(question.docId);
	return { id, ok: true, answer: record && answer(record, question) };
}

function failed(id: number, error: unknown): FromThread {
	const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
	return { id, ok: false, message: error instanceof Error ? error.message : String(error), code };
}
