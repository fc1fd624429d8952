import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { isAlive, sendSignal } from '../../scripts/lib/processes.ts';
import { startPortal, type StartedPortal } from '../support/portal.ts';
import { freePort } from '../support/ports.ts';

let dataDir: string;
let port: number;
let started: StartedPortal[] = [];

const ready = 'Ctrl-C stops everything.';

test.beforeAll(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'lis-kommune-start-'));
	await chmod(dataDir, 0o711);
	port = await freePort();
});

test.afterEach(async () => {
	for (const portal of started) portal.signal('SIGTERM');
	await Promise.all(started.map((portal) => portal.ended));
	started = [];
});

test.afterAll(() => rm(dataDir, { recursive: true, force: true }));

function start(env: Record<string, string> = {}): StartedPortal {
	const portal = startPortal(dataDir, { PORT: String(port), ...env });
	started.push(portal);
	return portal;
}

async function isUp(): Promise<boolean> {
	return fetch(`http://localhost:${port}/livez`).then(
		(response) => response.ok,
		() => false
	);
}

test('one command brings up the portal with demo people, and SIGTERM leaves nothing', async () => {
	const portal = start();
	await portal.printed(ready);
	expect(portal.output()).toContain(`http://localhost:${port}`);
	expect(portal.output()).toContain('lis, lis2, veileder, leder, supervisor, hdir, drift');
	expect(portal.output()).toContain('demo-passord-2026');
	expect(await isUp()).toBe(true);
	const pids = Object.values(await portal.pids());
	expect(pids.every(isAlive)).toBe(true);

	const before = performance.now();
	portal.signal('SIGTERM');
	expect(await portal.ended).toBe(0);
	expect(performance.now() - before).toBeLessThan(10_000);
	expect(pids.filter(isAlive)).toEqual([]);
});

test('the second start keeps the data, and takes less than 10 s', async () => {
	const before = performance.now();
	const portal = start();
	await portal.printed(ready);
	expect(performance.now() - before).toBeLessThan(10_000);
	expect(portal.output()).not.toContain('demo world made');
});

test('what is killed is started again within 2 s; a second start in the same folder is told', async () => {
	const portal = start();
	await portal.printed(ready);
	const pids = await portal.pids();
	for (const name of ['web', 'ws-server', 'worker', 'postgres'] as const) {
		const before = performance.now();
		sendSignal(pids[name], 'SIGKILL');
		await portal.printed(new RegExp(`^${name} +pid \\d+ \\(started again\\)`, 'm'));
		// The database says so only when it has recovered and answers.
		if (name !== 'postgres') expect(performance.now() - before).toBeLessThan(2_000);
		expect((await portal.pids())[name]).not.toBe(pids[name]);
	}
	await expect.poll(isUp, { timeout: 30_000 }).toBe(true);

	const second = start();
	expect(await second.ended).toBe(1);
	expect(second.output()).toMatch(/already in this folder .*http:\/\/localhost/);
});

test('after kill -9 of the runner nothing lives on, and it starts again at once', async () => {
	const killed = start();
	await killed.printed(ready);
	const pids = Object.values(await killed.pids());
	killed.signal('SIGKILL');
	const portal = start();
	await portal.printed(ready);
	expect(pids.filter(isAlive)).toEqual([]);
	expect(await isUp()).toBe(true);
});

test('a taken port is named, with the way to another', async () => {
	const other = createServer().listen(0, '127.0.0.1');
	await once(other, 'listening');
	const taken = String((other.address() as AddressInfo).port);
	for (const key of ['PORT', 'WS_PORT']) {
		const portal = start({ [key]: taken });
		expect(await portal.ended).toBe(1);
		expect(portal.output()).toContain(`Port ${taken} is taken`);
		expect(portal.output()).toContain(`${key}=`);
	}
	other.close();
});

test('wrong settings are all named', async () => {
	const portal = start({ PORT: 'x', SESSION_IDLE: 'lenge' });
	expect(await portal.ended).toBe(1);
	expect(portal.output()).toMatch(/PORT is «x».*SESSION_IDLE is «lenge»/s);
});
