import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { findClusterHome, type ClusterHome } from './cluster-home.ts';
import { Postmaster } from './postmaster.ts';
import { freePort, isPortFree } from './ports.ts';
import { run } from './run.ts';
import { UserError } from './user-error.ts';

export interface ClusterOptions {
	/** Holds the data (`pg/`), the password and the port of the cluster; made when missing. */
	dir: string;
	/** Default: the port of last time when it is free, otherwise any free one. */
	port?: number;
	/** Default true. False is for throw-away test data only: a crash may lose or break it. */
	fsync?: boolean;
}

/** A PostgreSQL of our own on 127.0.0.1. */
export interface Cluster {
	readonly port: number;
	/** Process id of the postmaster; undefined while it is down. */
	readonly pid: number | undefined;
	/** True when the postmaster was found running, left by a runner that was killed. */
	readonly reused: boolean;
	/** Where the data is kept, and a remark for people when that is not where they asked for. */
	readonly home: ClusterHome;
	/** Address of one of its databases, for the owner. */
	url(database: string): string;
	/** Makes the database unless it is there. */
	ensureDatabase(database: string): Promise<void>;
	/** Starts it again after one of the stops. */
	start(): Promise<void>;
	/** Ends sessions, writes everything down, and waits until it is gone (3 s, then harder). */
	stop(): Promise<void>;
	/** `immediate` shutdown: what a power cut looks like to the data; recovery runs at the next start. */
	stopImmediate(): Promise<void>;
	/** SIGKILL to the postmaster; its sessions end by themselves. */
	kill9(): Promise<void>;
	/** stop() and start(). */
	restart(): Promise<void>;
	/** Resolves when the postmaster that runs now is gone, for whatever reason. */
	whenDown(): Promise<void>;
}

const superuser = 'postgres';

/**
 * Starts the cluster in `dir`, making it first when the folder is empty. A postmaster that still runs there is taken
 * over. It ends when this process does, even by kill -9.
 * @throws Error with PostgreSQL's own words when it does not come up
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
	const home = await findClusterHome(options.dir);
	const isNew = !existsSync(join(home.data, 'PG_VERSION'));
	if (!isNew && !existsSync(join(options.dir, 'pg-password'))) {
		throw new UserError(
			`The password of the database is gone (${join(options.dir, 'pg-password')}): restore that file.`
		);
	}
	const password = await readPassword(options.dir);
	if (isNew) await initialize(home, password);

	const url = (port: number, database: string): string =>
		`postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`;
	// Whoever was given the address keeps it over stops and starts.
	let chosen = options.port;
	const postmaster = new Postmaster({
		home,
		logFile: join(options.dir, 'pg.log'),
		settings: settings(options.fsync ?? true),
		choosePort: async () => (chosen ??= await choosePort(options.dir))
	});
	const start = async (): Promise<void> => {
		await postmaster.start((port) => canConnect(url(port, 'postgres')));
		chosen = postmaster.port;
		await writePort(options.dir, postmaster);
	};
	await start();

	return {
		home,
		reused: postmaster.reused,
		get port() {
			return postmaster.port;
		},
		get pid() {
			return postmaster.pid;
		},
		url: (database) => url(postmaster.port, database),
		ensureDatabase: (database) => ensureDatabase(url(postmaster.port, 'postgres'), database),
		start,
		stop: () => postmaster.stop('SIGINT'),
		stopImmediate: () => postmaster.stop('SIGQUIT'),
		kill9: () => postmaster.stop('SIGKILL'),
		restart: async () => {
			await postmaster.stop('SIGINT');
			await start();
		},
		whenDown: () => postmaster.whenDown()
	};
}

/**
 * The address of a cluster that another process has running in `dir`, or undefined when none answers there.
 * @param database name of the database in it
 */
export async function findRunningCluster(dir: string, database: string): Promise<string | undefined> {
	const portFile = join(dir, 'pg-port.json');
	if (!existsSync(portFile)) return undefined;
	const { port } = JSON.parse(await readFile(portFile, 'utf8')) as { port: number };
	const url = `postgres://${superuser}:${await readPassword(dir)}@127.0.0.1:${port}/${database}`;
	return (await canConnect(url)) === 'yes' ? url : undefined;
}

function settings(fsync: boolean): Record<string, string> {
	const durable = fsync ? 'on' : 'off';
	return {
		listen_addresses: '127.0.0.1',
		unix_socket_directories: '',
		max_connections: '200',
		fsync: durable,
		full_page_writes: durable,
		synchronous_commit: durable,
		timezone: 'UTC',
		log_timezone: 'UTC'
	};
}

/**
 * C.UTF-8 of PostgreSQL's own: the same order and upper/lower case on every machine, whatever its locales. People see
 * lists sorted by the application, in their language.
 */
async function initialize(home: ClusterHome, password: string): Promise<void> {
	await rm(home.data, { recursive: true, force: true });
	await mkdir(home.data, { mode: 0o700 });
	const passwordFile = join(home.data, '..', `pg-password-${process.pid}`);
	await writeFile(passwordFile, password, { mode: 0o600 });
	if (home.user !== undefined) {
		// Handing over ownership goes through the shell: initdb, as that user, must read the one and fill the other.
		await run('chown', [`${home.user.uid}:${home.user.gid}`, home.data, passwordFile]);
	}
	try {
		await run(
			join(home.native, 'bin/initdb'),
			[
				...['--pgdata', home.data, '--username', superuser, '--pwfile', passwordFile],
				...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C'],
				...['--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--no-instructions']
			],
			{ cwd: '/', env: { PATH: process.env['PATH'], LC_ALL: 'C' }, ...home.user }
		);
	} catch (error) {
		await rm(home.data, { recursive: true, force: true });
		throw error;
	} finally {
		await rm(passwordFile, { force: true });
	}
}

async function readPassword(dir: string): Promise<string> {
	await mkdir(dir, { recursive: true });
	const file = join(dir, 'pg-password');
	if (existsSync(file)) return (await readFile(file, 'utf8')).trim();
	const password = randomBytes(24).toString('hex');
	await writeFile(file, `${password}\n`, { mode: 0o600 });
	await chmod(file, 0o600);
	return password;
}

async function choosePort(dir: string): Promise<number> {
	const file = join(dir, 'pg-port.json');
	if (existsSync(file)) {
		const { port } = JSON.parse(await readFile(file, 'utf8')) as { port: number };
		if (await isPortFree(port, '127.0.0.1')) return port;
	}
	return freePort();
}

async function writePort(dir: string, postmaster: Postmaster): Promise<void> {
	await writeFile(join(dir, 'pg-port.json'), JSON.stringify({ port: postmaster.port, pid: postmaster.pid }));
}

/** `starting` also stands for shutting down and recovering: it will be over in a moment. */
async function canConnect(url: string): Promise<'yes' | 'starting' | 'no'> {
	const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
	client.on('error', () => undefined);
	try {
		await client.connect();
		return 'yes';
	} catch (error) {
		return (error as { code?: string }).code === '57P03' ? 'starting' : 'no';
	} finally {
		await client.end().catch(() => undefined);
	}
}

async function ensureDatabase(adminUrl: string, database: string): Promise<void> {
	const client = new pg.Client({ connectionString: adminUrl });
	await client.connect();
	try {
		const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
		if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(database)}`);
	} finally {
		await client.end();
	}
}
