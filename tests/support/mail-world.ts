import { randomUUID } from 'node:crypto';
import { createDb, type Db } from '#lib/server/db/pool.ts';
import { createLogger } from '#lib/server/log.ts';
import { koEpost, type Epost, type Mottaker } from '#lib/server/mail/ko.ts';
import { sendNeste, type Sending } from '#lib/server/mail/send.ts';
import { smtpTransport } from '#lib/server/mail/transport.ts';
import { openRecord } from '../../scripts/lib/records.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { MailSink } from './mail-sink.ts';

/** 32 bytes of a test's own. */
export const pidKey = new Uint8Array(32).fill(7);
export const origin = 'https://lis.example.no';

/** An outbox, a mail server, and a worker's hand between them; the clock is the test's. */
export class MailWorld {
	readonly sink = new MailSink();
	readonly lines: string[] = [];
	readonly #keep = openRecord('log', 'worker');
	now = new Date('2026-11-22T11:00:00Z');
	readonly #database: TestDatabase;
	readonly owner: Db;
	readonly web: Db;
	readonly worker: Db;

	private constructor(database: TestDatabase) {
		this.#database = database;
		this.owner = createDb(database.url, undefined, { max: 3 }).db;
		this.web = createDb(database.url, 'lisk_web', { max: 3 }).db;
		this.worker = createDb(database.url, 'lisk_worker', { max: 5 }).db;
	}

	static async create(): Promise<MailWorld> {
		const world = new MailWorld(await createTestDatabase());
		await world.sink.start();
		return world;
	}

	get url(): string {
		return this.#database.url;
	}

	/** What one worker sends with. */
	get sending(): Sending {
		return {
			...{ db: this.worker, origin, pidKey, clock: () => this.now },
			log: createLogger('worker', 'debug', (line) => {
				this.lines.push(line);
				this.#keep(line);
			}),
			transport: smtpTransport(this.sink.address),
			avsender: { name: 'LIS Kommune', address: 'ikke-svar@lis.example.no' }
		};
	}

	/** Puts a mail into the outbox as the web process does. */
	queue(epost: Epost): Promise<string> {
		return this.web.transaction().execute((trx) => koEpost(trx, epost, this.now));
	}

	/** Sends until nothing is due, and says what became of each. */
	async sendAll(): Promise<string[]> {
		const utfall: string[] = [];
		for (let ett = await sendNeste(this.sending); ett !== undefined; ett = await sendNeste(this.sending))
			utfall.push(ett);
		return utfall;
	}

	row(id: string) {
		return this.owner.selectFrom('epost').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
	}

	later(minutes: number): void {
		this.now = new Date(this.now.getTime() + minutes * 60_000);
	}

	async destroy(): Promise<void> {
		await Promise.all([this.owner.destroy(), this.web.destroy(), this.worker.destroy(), this.sink.stop()]);
		await this.#database.drop();
	}
}

/** Somebody without a user. */
export function receiver(over: Partial<Mottaker> = {}): Mottaker {
	return { id: null, navn: 'Kari Nordby', epost: `kari-${randomUUID().slice(0, 8)}@example.no`, sprak: 'nb', ...over };
}

/** An invitation with a link of its own. */
export function invitation(mottaker = receiver(), lisNavn = 'Nora Haugen'): Epost {
	return {
		...{ mal: 'invitasjon', mottaker },
		data: { lisNavn, roller: ['veileder', 'leder'], frist: '2026-12-22' },
		lenke: { sti: `/invitasjon/${randomUUID()}`, nokkel: pidKey }
	};
}
