import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './processes.ts';

/** What a runner tells another one that wants to run in the same folder. */
export interface InstanceInfo {
	pid: number;
	address: string;
	/** It is on its way out: worth waiting for. */
	stopping: boolean;
}

export interface InstanceLock {
	/** The last runner was killed: what it started may take some seconds to end. */
	afterCrash: boolean;
	/** Removes the socket; synchronous, so that it can be done at exit. */
	release(): void;
}

/** The kernel's limit for the path of a socket is 104–108 bytes. */
const longestPath = 100;

/**
 * One runner per data folder. The lock is a socket that only a living process answers on, so nothing has to be cleaned
 * up after kill -9 and no process id can be mistaken.
 * @returns the lock, or what the runner that has it says
 */
export async function takeInstanceLock(
	dataDir: string,
	info: () => InstanceInfo,
	waitMs = 12_000
): Promise<InstanceLock | InstanceInfo> {
	await mkdir(dataDir, { recursive: true });
	const path = socketPath(dataDir);
	let other = await askInstance(path);
	if (other?.stopping) {
		await until(async () => (other = await askInstance(path)) === undefined, waitMs);
	}
	if (other !== undefined) return other;
	const afterCrash = existsSync(path);
	if (afterCrash) await rm(path, { force: true });
	const server = createServer((socket) => {
		socket.on('error', () => undefined);
		socket.end(JSON.stringify(info()));
	});
	await listen(server, path);
	server.unref();
	return { afterCrash, release: () => rmSync(path, { force: true }) };
}

function socketPath(dataDir: string): string {
	const path = join(dataDir, 'runner.sock');
	if (path.length <= longestPath) return path;
	return join(tmpdir(), `lis-kommune-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}.sock`);
}

function askInstance(path: string): Promise<InstanceInfo | undefined> {
	return new Promise((resolve) => {
		const socket = connect(path);
		let text = '';
		socket.setEncoding('utf8').on('data', (piece: string) => (text += piece));
		socket.on('error', () => resolve(undefined));
		socket.on('close', () => {
			try {
				resolve(JSON.parse(text) as InstanceInfo);
			} catch {
				resolve(undefined);
			}
		});
	});
}

function listen(server: Server, path: string): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(path, resolve);
	});
}
