import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addCounts, readPlaywrightCounts, readVitestCounts } from './test-counts.ts';

let dir: string;

beforeAll(async () => {
	dir = await mkdtemp(join(tmpdir(), 'lis-kommune-counts-'));
});

afterAll(() => rm(dir, { recursive: true, force: true }));

async function report(content: object): Promise<string> {
	const file = join(dir, 'report.json');
	await writeFile(file, JSON.stringify(content));
	return file;
}

test('vitest’s pending and todo count as skipped', async () => {
	const file = await report({ numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 });
	expect(await readVitestCounts(file)).toEqual({ passed: 5, failed: 1, skipped: 3 });
});

test('a flaky browser test has failed', async () => {
	const file = await report({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 } });
	expect(await readPlaywrightCounts(file)).toEqual({ passed: 5, failed: 2, skipped: 2 });
});

test('no report is no counts', async () => {
	expect(await readVitestCounts(join(dir, 'missing.json'))).toBeUndefined();
});

test('counts add up', () => {
	const one = { passed: 1, failed: 2, skipped: 3 };
	expect(addCounts(one, one)).toEqual({ passed: 2, failed: 4, skipped: 6 });
});
