import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCluster } from '../../scripts/lib/cluster.ts';
import { inProject } from '../../scripts/lib/paths.ts';
import { isAlive, waitForExit } from '../../scripts/lib/processes.ts';

let dir: string;

beforeAll(async () => {
	dir = await mkdtemp(join(tmpdir(), 'lis-kommune-cluster-'));
	await chmod(dir, 0o711);
});

afterAll(() => rm(dir, { recursive: true, force: true }));

async function query(url: string, statement: string): Promise<Record<string, unknown> | undefined> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	const { rows } = await client.query<Record<string, unknown>>(statement);
	await client.end();
	return rows[0];
}

/** Starts the cluster from another process and gives that and the postmaster. */
async function startElsewhere(): Promise<{ runner: number; postmaster: number; gone: Promise<unknown> }> {
	const script = `
		import { startCluster } from ${JSON.stringify(inProject('scripts/lib/cluster.ts'))};
		const cluster = await startCluster({ dir: ${JSON.stringify(dir)} });
		console.log(cluster.pid);
		setInterval(() => undefined, 1000);
	`;
	const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
		stdio: ['ignore', 'pipe', 'inherit']
	});
	const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
	return { runner: child.pid ?? 0, postmaster: Number(line), gone: once(child, 'exit') };
}

test('committed rows survive a power cut and kill -9; the address stays', async () => {
	const cluster = await startCluster({ dir });
	const url = cluster.url('postgres');
	await query(url, 'create table rad (n int)');
	for (const [n, end] of [cluster.stopImmediate, cluster.kill9, cluster.stop].entries()) {
		await query(url, `insert into rad values (${n})`);
		await end();
		expect(cluster.pid).toBeUndefined();
		await cluster.start();
		expect(await query(url, 'select count(*)::int as n from rad')).toEqual({ n: n + 1 });
	}
	expect(await query(url, "select setting from pg_settings where name = 'fsync'")).toEqual({ setting: 'on' });
	await cluster.stop();
});

test('it listens on the loopback interface only, and its password is for our eyes', async () => {
	const cluster = await startCluster({ dir });
	expect(await query(cluster.url('postgres'), 'show listen_addresses')).toEqual({ listen_addresses: '127.0.0.1' });
	const file = join(dir, 'pg-password');
	expect((await stat(file)).mode & 0o777).toBe(0o600);
	const password = (await readFile(file, 'utf8')).trim();
	await expect(query(cluster.url('postgres').replace(password, 'feil'), 'select 1')).rejects.toThrow(/password/);
	await cluster.stop();
});

test('it ends when its runner is killed, and can be started again at once', async () => {
	const { runner, postmaster, gone } = await startElsewhere();
	process.kill(runner, 'SIGKILL');
	await gone;
	const cluster = await startCluster({ dir });
	expect(await query(cluster.url('postgres'), 'select count(*)::int as n from rad')).toEqual({ n: 3 });
	await cluster.stop();
	expect(isAlive(postmaster)).toBe(false);
});

test('a postmaster that still runs is taken over and can be stopped', async () => {
	const { runner, postmaster, gone } = await startElsewhere();
	const cluster = await startCluster({ dir });
	expect(cluster).toMatchObject({ reused: true, pid: postmaster });
	await cluster.stop();
	expect(await waitForExit(postmaster, 0)).toBe(true);
	process.kill(runner, 'SIGKILL');
	await gone;
});
