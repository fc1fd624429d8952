import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '#lib/server/config.ts';
import { migrate } from '#lib/server/db/migrate.ts';
import { isUnavailable } from '#lib/server/db/pool.ts';
import { buildIfStale } from './build.ts';
import { startCluster, type Cluster } from './cluster.ts';
import { databaseName } from './database.ts';
import { seedWhenEmpty } from './demo-world.ts';
import { freePort, isPortFree } from './ports.ts';
import { until } from './processes.ts';
import { createServices, type MailPorts, type StackMode } from './services.ts';
import type { Service } from './service.ts';
import { prepareTestEid, type TestEid } from './test-eid.ts';
import { UserError } from './user-error.ts';

export interface StackOptions {
	config: Config;
	/** `built`: the built application; `dev`: Vite with hot reload. */
	mode: StackMode;
	/** What the services inherit; the settings of `config` come on top. */
	env: NodeJS.ProcessEnv;
	/** Where lines for people go. */
	out: (line: string) => void;
}

const readyMs = 60_000;
const serviceStopMs = 6_500;

/** Everything of one portal: database, web, ws-server, worker. Started in order, kept alive, stopped in good order. */
export class Stack {
	readonly services: Service[] = [];
	#options: StackOptions;
	#cluster: Cluster | undefined;
	#mail: MailPorts | undefined;
	#testEid: TestEid | undefined;
	#databaseWanted = true;
	#stopped: Promise<void> | undefined;

	constructor(options: StackOptions) {
		this.#options = options;
	}

	/** The embedded cluster; undefined when DATABASE_URL names another one. */
	get cluster(): Cluster | undefined {
		return this.#cluster;
	}

	/** Where caught mail is read, once it is started; undefined when there is a mail server. */
	get mailAddress(): string | undefined {
		return this.#mail && `http://localhost:${this.#mail.web}`;
	}

	/** The local test provider of electronic ID, once it is started; undefined when a real one is set. */
	get testEidAddress(): string | undefined {
		return this.#testEid?.issuer;
	}

	/**
	 * Brings everything up.
	 * @param portWaitMs how long a taken port may take to become free
	 * @throws Error for people: a taken port, a build or a migration that fails, a service that does not come up
	 */
	async start(portWaitMs = 0): Promise<void> {
		const { config, mode, env, out } = this.#options;
		await requireFreePort('PORT', config.port, config.host, portWaitMs);
		await requireFreePort('WS_PORT', config.wsPort, config.host ?? '127.0.0.1', portWaitMs);
		if (mode === 'built') await this.#step(buildIfStale(() => out('building (some 10 s) …')));

		await mkdir(join(config.dataDir, 'log'), { recursive: true });
		const databaseUrl = config.databaseUrl ?? (await this.#step(this.#startCluster()));
		const migrated = await this.#step(migrateDatabase(databaseUrl));
		if (migrated.length > 0) out(`database: ${migrated.length} migrations run`);
		if (await this.#step(seedWhenEmpty(config, databaseUrl))) out('database: demo world made');

		if (config.smtp === undefined && !config.production) this.#mail = await chooseMailPorts(config);
		this.#testEid = await prepareTestEid(config);
		const standIns = { mail: this.#mail, testEid: this.#testEid };
		this.services.push(...createServices({ config, mode, env, out, databaseUrl, ...standIns }));
		await this.#step(Promise.all(this.services.map((service) => service.start(readyMs))));
	}

	/** Stops the services together, then the database; within 10 s. A second call waits for the first. */
	stop(): Promise<void> {
		this.#stopped ??= (async () => {
			await Promise.all(this.services.map((service) => service.stop(serviceStopMs)));
			await this.#cluster?.stop();
		})();
		return this.#stopped;
	}

	/** Takes the embedded database away (as by a power cut) until it is started again. For drills. */
	async stopDatabase(): Promise<void> {
		this.#databaseWanted = false;
		await this.#cluster?.stopImmediate();
	}

	async startDatabase(): Promise<void> {
		await this.#cluster?.start();
		this.#databaseWanted = true;
	}

	async #startCluster(): Promise<string> {
		const { config, out } = this.#options;
		const cluster = await startCluster({ dir: config.dataDir });
		this.#cluster = cluster;
		if (cluster.home.notice !== undefined) out(cluster.home.notice);
		out(`postgres   port ${cluster.port}, data in ${cluster.home.data}${cluster.reused ? ' (found running)' : ''}`);
		void this.#keepDatabase(cluster);
		await cluster.ensureDatabase(databaseName);
		return cluster.url(databaseName);
	}

	/** Starts the database again whenever it ends without having been told to. */
	async #keepDatabase(cluster: Cluster): Promise<void> {
		while (this.#stopped === undefined) {
			await cluster.whenDown();
			await new Promise((resolve) => setTimeout(resolve, 100));
			if (this.#stopped !== undefined || !this.#databaseWanted) continue;
			this.#options.out('postgres ended');
			await cluster.start().then(
				() => this.#options.out(`postgres   pid ${cluster.pid} (started again)`),
				(error: Error) => this.#options.out(error.message)
			);
		}
	}

	/** A stop may come while something is being started: what is started then must not be left behind. */
	async #step<T>(work: Promise<T>): Promise<T> {
		const result = await work;
		if (this.#stopped === undefined) return result;
		await this.#stopped;
		await this.#cluster?.stop();
		throw new Error('Stopped while starting.');
	}
}

/** People find the page beside the portal, if that is free; nobody needs to know the other one. */
async function chooseMailPorts(config: Config): Promise<MailPorts> {
	const beside = config.port + 2;
	const web = beside < 65_536 && beside !== config.wsPort && (await isPortFree(beside, '127.0.0.1'));
	return { smtp: await freePort(), web: web ? beside : await freePort() };
}

/** @throws UserError when the database does not answer: with an address of one's own that is the likeliest fault */
async function migrateDatabase(url: string): Promise<string[]> {
	try {
		return await migrate(url);
	} catch (error) {
		if (!isUnavailable(error)) throw error;
		const { host, pathname } = new URL(url);
		throw new UserError(
			`The database ${pathname.slice(1)} at ${host} cannot be reached. Is DATABASE_URL right, and is it running?`
		);
	}
}

async function requireFreePort(
	key: 'PORT' | 'WS_PORT',
	port: number,
	host: string | undefined,
	waitMs: number
): Promise<void> {
	if (await until(() => isPortFree(port, host), waitMs)) return;
	throw new UserError(
		`Port ${port} is taken by another program. Choose another one: ${key}=${port + 10} npm start (or set ${key} in .env).`
	);
}
