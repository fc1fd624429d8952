import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEMO_EID } from '#lib/server/demo/eid-personer.ts';
import { findLeaks } from './leaks.ts';
import type { RecordKind } from './records.ts';

const { pid } = DEMO_EID.lis;
const token = 'a'.repeat(43);
let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'lis-kommune-leaks-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function keep(kind: RecordKind, text: string): Promise<void> {
	await mkdir(join(folder, 'e2e', kind), { recursive: true });
	await writeFile(join(folder, 'e2e', kind, 'x.txt'), `first line\n${text}\nlast line\n`);
}

test.each<[string, RecordKind, string]>([
	['in a log line', 'log', `{"level":"info","msg":"log-in of ${pid}"}`],
	['parted by a space', 'log', `fnr ${pid.slice(0, 6)} ${pid.slice(6)}`],
	['in a mail', 'mail', `Subject: Til ${pid}`],
	['within another word', 'mail', `x${pid}y`],
	['in an address', 'log', `GET /eid?pid=${pid}&x=1`],
	['in a database’s bytes', 'database', `(1,"\\\\x00${Buffer.from(pid).toString('hex')}")`],
	['that no test has told of', 'log', '"name":"21868100033"'],
	['that is a D-nummer', 'log', 'user 61868100027']
])('a fødselsnummer %s is found, and not repeated', async (_name, kind, text) => {
	await keep(kind, text);
	expect((await findLeaks(folder, [pid])).leaks).toEqual([`e2e/${kind}/x.txt:2: a fødselsnummer`]);
});

test('one that a test made up is found even where its digits could be chance', async () => {
	await keep('pid', '99999999999');
	await keep('log', 'f99999999999a');
	expect((await findLeaks(folder, [])).leaks).toEqual(['e2e/log/x.txt:2: a fødselsnummer']);
});

test.each<[RecordKind, string, string]>([
	['log', `"url":"/invitasjon/${token}"`, 'the link of an invitation'],
	['database', `(https://x.no/invitasjon/${token})`, 'the link of an invitation'],
	['log', 'id_token=eyJhbGciOiJQUzI1NiJ9.eyJzdWIiOiIxMjMifQ.c2ln', 'a signed token']
])('what opens the portal is found in a %s', async (kind, text, what) => {
	await keep(kind, text);
	expect((await findLeaks(folder, [])).leaks).toEqual([`e2e/${kind}/x.txt:2: ${what}`]);
});

test('ids, hashes, times, phone numbers and links in mails are no leaks', async () => {
	await keep(
		'log',
		`"requestId":"0a1b2c3d-0000-4000-8000-a21868100033","ms":0.21868100033,"route":"/invitasjon/[token]"`
	);
	await keep('mail', `+47 99 88 77 66 https://x.no/invitasjon/${token} 21868100034`);
	await keep('database', `(\\x21868100033a, 2026-11-22 11:00:00.123456+00)`);
	expect(await findLeaks(folder, [pid])).toEqual({ kept: ['e2e/database', 'e2e/log', 'e2e/mail'], leaks: [] });
});

test('a record with nothing in it is none, and neither is a folder that is not there', async () => {
	await mkdir(join(folder, 'e2e', 'log'), { recursive: true });
	await writeFile(join(folder, 'e2e', 'log', 'x.txt'), '');
	expect(await findLeaks(folder, [])).toEqual({ kept: [], leaks: [] });
	expect(await findLeaks(join(folder, 'nowhere'), [])).toEqual({ kept: [], leaks: [] });
});
