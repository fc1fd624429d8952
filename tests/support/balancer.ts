import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands before several ws-servers at one address, as a load balancer does: no sticky sessions, and who is down is passed by. */
export interface Balancer {
	readonly port: number;
	/** Whether a node has two connections more than another. */
	readonly uneven: boolean;
	/** Breaks every connection. */
	cut(): void;
	stop(): Promise<void>;
}

/** Starts a balancer for the nodes that listen at these ports, or will again. Each connection goes to the node that has fewest. */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
	/** The sockets of clients that each node has now. */
	const busy = new Map<number, Set<Socket>>(ports.map((port) => [port, new Set()]));
	const load = (port: number) => busy.get(port)?.size ?? 0;

	function route(client: Socket, left: readonly number[]): void {
		const [port, ...others] = left.toSorted((a, b) => load(a) - load(b));
		if (port === undefined || client.destroyed) return void client.destroy();
		const node = connect(port, '127.0.0.1').setNoDelay(true);
		const refused = () => route(client, others);
		node.once('error', refused);
		node.once('connect', () => {
			node.off('error', refused).on('error', () => client.destroy());
			if (client.destroyed) return void node.destroy();
			busy.get(port)?.add(client);
			client.once('close', () => {
				busy.get(port)?.delete(client);
				node.destroy();
			});
			// What a node has said before it went is still delivered.
			client.pipe(node).pipe(client);
		});
	}

	const clients = new Set<Socket>();
	const server = createServer((client) => {
		clients.add(client.setNoDelay(true));
		client.on('error', () => client.destroy());
		client.once('close', () => clients.delete(client));
		route(client, ports);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const cut = (): void => {
		for (const client of clients) client.destroy();
	};
	return {
		port: (server.address() as AddressInfo).port,
		get uneven() {
			const loads = ports.map(load);
			return Math.max(...loads) - Math.min(...loads) >= 2;
		},
		cut,
		async stop() {
			cut();
			server.close();
			await once(server, 'close');
		}
	};
}
