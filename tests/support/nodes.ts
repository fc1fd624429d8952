import { afterAll, afterEach, beforeAll } from 'vitest';
import type { WsServer } from '../../ws-server/run.ts';
import { releaseHeld } from './held.ts';
import { startPgProxy, type PgProxy } from './pg-proxy.ts';
import { startWsServer, until } from './realtime.ts';
import { Listener } from './samtale-room.ts';
import { World, type Person } from './world.ts';

/** Two ws-servers on one database, each by a proxy of its own that can lose its hints. */
class Nodes {
	world!: World;
	cast!: Awaited<ReturnType<World['cast']>>;
	readonly proxies: PgProxy[] = [];
	readonly servers: WsServer[] = [];
	readonly #clients: Listener[] = [];

	async set(): Promise<void> {
		this.world = await World.create();
		this.cast = await this.world.cast();
		for (let node = 0; node < 2; node++) {
			const proxy = await startPgProxy(this.world.url);
			this.proxies.push(proxy);
			this.servers.push(await startWsServer(proxy.url));
		}
	}

	async strike(): Promise<void> {
		await Promise.all(this.servers.map((server) => server.stop()));
		await Promise.all(this.proxies.map((proxy) => proxy.stop()));
		await this.world.destroy();
	}

	port(node: number): number {
		return this.servers[node]?.port ?? 0;
	}

	loseHints(): void {
		for (const proxy of this.proxies) proxy.lose();
	}

	hearHints(): void {
		for (const proxy of this.proxies) proxy.hear();
	}

	/** Somebody who follows a document on one of the nodes, until the test ends. */
	async join(
		node: number,
		person: Person,
		docId: string,
		options: ConstructorParameters<typeof Listener>[3] = {}
	): Promise<Listener> {
		const token = await this.world.login(person);
		const client = new Listener(this.port(node), docId, token, { params: { lagret: '1', epoke: '1' }, ...options });
		this.#clients.push(client);
		return client;
	}

	/** A new samtale with the LIS on the first node and the veileder on the second, and «innledning» written by the LIS. */
	async two(): Promise<{ docId: string; lis: Listener; veileder: Listener }> {
		const docId = await this.world.samtale(this.cast.veileder, this.cast.lis);
		const [lis, veileder] = [await this.join(0, this.cast.lis, docId), await this.join(1, this.cast.veileder, docId)];
		await Promise.all([lis.synced(), veileder.synced()]);
		lis.write('innledning');
		await lis.committed();
		await until(() => veileder.text().includes('innledning'));
		return { docId, lis, veileder };
	}

	leaveAll(): void {
		for (const client of this.#clients.splice(0)) client.destroy();
	}
}

/** Two nodes for the tests of a file: after each, everybody leaves, hints are heard again and nothing is held. */
export function setNodes(): Nodes {
	const nodes = new Nodes();
	beforeAll(() => nodes.set());
	afterEach(async () => {
		nodes.leaveAll();
		nodes.hearHints();
		await releaseHeld();
	});
	afterAll(() => nodes.strike());
	return nodes;
}
