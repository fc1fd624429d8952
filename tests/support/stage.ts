import { afterAll, afterEach, beforeAll } from 'vitest';
import type { WsServer } from '../../ws-server/run.ts';
import { releaseHeld } from './held.ts';
import { startPgProxy, type PgProxy } from './pg-proxy.ts';
import { startWsServer, until } from './realtime.ts';
import { Listener } from './samtale-room.ts';
import { World, type Person } from './world.ts';

type Options = {
	/** Puts `proxy` between the ws-server and the database. */
	proxied?: boolean;
	prepare?: (world: World) => Promise<void>;
};

/** One ws-server, its database, and people who come and go. */
class Stage {
	world!: World;
	cast!: Awaited<ReturnType<World['cast']>>;
	proxy!: PgProxy;
	server!: WsServer;
	readonly #clients: Listener[] = [];

	async set({ proxied = false, prepare }: Options): Promise<void> {
		this.world = await World.create();
		this.cast = await this.world.cast();
		await prepare?.(this.world);
		if (proxied) this.proxy = await startPgProxy(this.world.url);
		this.server = await startWsServer(proxied ? this.proxy.url : this.world.url);
	}

	async strike(): Promise<void> {
		await this.server.stop();
		// Only where there is one.
		await (this.proxy as PgProxy | undefined)?.stop();
		await this.world.destroy();
	}

	/** Somebody who follows a document, until the test ends. */
	async join(person: Person, docId: string, connect = true): Promise<Listener> {
		const token = await this.world.login(person);
		const client = new Listener(this.server.port, docId, token, { params: { lagret: '1' }, connect });
		this.#clients.push(client);
		return client;
	}

	leaveAll(): void {
		for (const client of this.#clients.splice(0)) client.destroy();
	}

	/** A new samtale with both in its room, and «innledning» written by the LIS. */
	async two(): Promise<{ docId: string; lis: Listener; veileder: Listener }> {
		const docId = await this.world.samtale(this.cast.veileder, this.cast.lis);
		const [lis, veileder] = [await this.join(this.cast.lis, docId), await this.join(this.cast.veileder, docId)];
		await Promise.all([lis.synced(), veileder.synced()]);
		lis.write('innledning');
		await lis.committed();
		await until(() => veileder.text().includes('innledning'));
		return { docId, lis, veileder };
	}
}

/** A stage for the tests of a file: set before them, struck after them; after each, everybody leaves and nothing is held. */
export function setStage(options: Options = {}): Stage {
	const stage = new Stage();
	beforeAll(() => stage.set(options));
	afterEach(async () => {
		stage.leaveAll();
		await releaseHeld();
	});
	afterAll(() => stage.strike());
	return stage;
}
