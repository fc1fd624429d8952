import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the range that Linux (32768…) and macOS (49152…) take outgoing ports from: a service that is down for a moment
 * must not find its port used by somebody's connection when it comes back.
 */
const lowest = 20_000;
const highest = 32_000;

/** True when a server can listen on this port of the given address now; undefined = all addresses of the machine. */
export function isPortFree(port: number, host: string | undefined): Promise<boolean> {
	return new Promise((resolve) => {
		const probe = createServer();
		probe.once('error', () => resolve(false));
		probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
	});
}

/**
 * A random port that is free on the loopback interface.
 * @throws Error when a hundred tries found none
 */
export async function freePort(): Promise<number> {
	for (let tries = 0; tries < 100; tries++) {
		const port = randomInt(lowest, highest);
		if (await isPortFree(port, '127.0.0.1')) return port;
	}
	throw new Error(`No free port was found between ${lowest} and ${highest}.`);
}
