/** For browser tests (`*.drill.spec.ts`) that break a portal started by scripts/test-e2e.ts. */

type ServiceName = 'web' | 'ws-server' | 'worker' | 'test-eid';

/** kill -9; the runner starts it again within 2 s. */
export async function killService(name: ServiceName): Promise<void> {
	await control('POST', `/kill/${name}`);
}

/** Stops PostgreSQL as a power cut would, until `startDatabase`. */
export async function stopDatabase(): Promise<void> {
	await control('POST', '/database/stop');
}

export async function startDatabase(): Promise<void> {
	await control('POST', '/database/start');
}

/** Process ids of now; undefined for what is down. */
export async function findPids(): Promise<Record<ServiceName | 'postgres', number | undefined>> {
	return (await control('GET', '/pids')) as Record<ServiceName | 'postgres', number | undefined>;
}

async function control(method: 'GET' | 'POST', path: string): Promise<unknown> {
	const base = process.env['E2E_CONTROL'];
	if (base === undefined) throw new Error('E2E_CONTROL is not set: run the browser tests with "npm run test:e2e".');
	const response = await fetch(base + path, { method });
	if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
	return response.json();
}
