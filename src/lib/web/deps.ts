import { setTimeout as sleep } from 'node:timers/promises';
import { EidKlient } from '#lib/server/auth/eid/klient.ts';
import { loadConfig, type Config } from '#lib/server/config.ts';
import { createDb, type Db } from '#lib/server/db/pool.ts';
import { Historikk } from '#lib/server/endringslogg/historikk.ts';
import { createLogger } from '#lib/server/log.ts';
import { STOPPER } from '#lib/server/process.ts';
import { lagSigneringsnokkel, type Signeringsnokkel } from '#lib/server/signatur/nokkel.ts';
import { Varsellytter } from '#lib/server/varsler/lytter.ts';

/** What the web process is made of. Made at first use: the build imports every server module. */
export type Deps = {
	config: Config;
	db: Db;
	log: ReturnType<typeof createLogger>;
	clock: () => Date;
	sleep: (ms: number) => Promise<void>;
	/** Signs what is finished. */
	nokkel: Signeringsnokkel;
	/** The provider of electronic ID; undefined when none is configured. */
	eid: EidKlient | undefined;
	/** The history thread; it starts with the first question. */
	historikk: Historikk;
	/** Wakes the open pages when there is something to tell; it starts with the first that waits. */
	varsellytter: Varsellytter;
};

const KEY = Symbol.for('lis-kommune.web.deps');
const store = globalThis as typeof globalThis & { [KEY]?: Deps };

/** The one set of dependencies of this process, also where its code exists twice (stack.md, «Traps»). */
export function deps(): Deps {
	return (store[KEY] ??= create());
}

function create(): Deps {
	const config = loadConfig(process.env);
	const log = createLogger('web', config.logLevel);
	if (!config.databaseUrl)
		throw new Error('DATABASE_URL is not set: start the portal with `npm start` or `npm run dev`');
	const { db } = createDb(config.databaseUrl, 'lisk_web', {
		onError: (error) => log.warn({ err: error }, 'database connection lost')
	});
	const varsellytter = new Varsellytter({ databaseUrl: config.databaseUrl, log });
	// Before the server closes: whoever waits for news would hold it up.
	(process as NodeJS.EventEmitter).once(STOPPER, () => void varsellytter.stop());
	return {
		config,
		db,
		log,
		clock: () => new Date(),
		sleep: (ms) => sleep(ms),
		nokkel: lagSigneringsnokkel(config.signingKey),
		eid: config.eid && new EidKlient(config.eid, config.origin),
		historikk: new Historikk({ databaseUrl: config.databaseUrl }),
		varsellytter
	};
}
