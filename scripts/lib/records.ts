import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Logs of servers, mails as they arrived, dumps of databases; and the fødselsnumre that a test made up for itself. */
export type RecordKind = 'log' | 'mail' | 'database' | 'pid';

/** Where a run of all tests (scripts/test.ts) has this suite keep what it looks through at its end; unset when tests run alone. */
const folder = process.env['TEST_RECORDS'];

/**
 * Opens a record of this run.
 * @param source where the text comes from, for whoever reads of a leak there
 * @returns takes pieces of text as they come; does nothing when nobody will look
 */
export function openRecord(kind: RecordKind, source: string): (text: string) => void {
	if (folder === undefined) return () => undefined;
	const file = join(folder, kind, `${source}-${randomUUID().slice(0, 8)}.txt`);
	mkdirSync(join(folder, kind), { recursive: true });
	return (text) => appendFileSync(file, text);
}

/** Keeps what the services of a portal have logged: the folder with their files goes with the portal's data. */
export async function keepLogs(logFolder: string, source: string): Promise<void> {
	if (folder === undefined || !existsSync(logFolder)) return;
	for (const name of await readdir(logFolder))
		openRecord('log', `${source}-${name}`)(await readFile(join(logFolder, name), 'utf8'));
}
