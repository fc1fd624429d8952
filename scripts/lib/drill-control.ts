import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendSignal } from './processes.ts';
import type { Stack } from './stack.ts';

export interface DrillControl {
	url: string;
	close(): void;
}

/**
 * Lets browser tests, which run in processes of their own, do to a portal what fate does: kill a service, take the
 * database away and give it back. Only test-e2e opens it, on the loopback interface.
 */
export async function openDrillControl(stack: Stack): Promise<DrillControl> {
	const actions: Record<string, () => Promise<unknown>> = {
		'POST /database/stop': () => stack.stopDatabase(),
		'POST /database/start': () => stack.startDatabase(),
		'GET /pids': async () => pids(stack)
	};
	for (const { name } of stack.services) actions[`POST /kill/${name}`] = async () => kill(stack, name);

	const server = createServer((request, response) => {
		const action = actions[`${request.method} ${request.url}`];
		if (action === undefined) return response.writeHead(404).end();
		action().then(
			(result) => response.end(JSON.stringify(result ?? null)),
			(error: unknown) => response.writeHead(500).end(String(error))
		);
	});
	const port = await listen(server);
	return {
		url: `http://127.0.0.1:${port}`,
		close: () => {
			server.closeAllConnections();
			server.close();
		}
	};
}

function pids(stack: Stack): Record<string, number | undefined> {
	const services = stack.services.map(({ name, pid }) => [name, pid] as const);
	return Object.fromEntries([...services, ['postgres', stack.cluster?.pid] as const]);
}

function kill(stack: Stack, name: string): void {
	const pid = stack.services.find((service) => service.name === name)?.pid;
	if (pid !== undefined) sendSignal(pid, 'SIGKILL');
}

function listen(server: Server): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
	});
}
