import { randomUUID } from 'node:crypto';
import type { Actor, FastRolle, RelasjonRolle } from '#lib/domain/actor.ts';
import type { Tidspunkt } from '#lib/domain/samtale/samtale.ts';
import { lesOktByHash, opprettOkt, type Okt } from '#lib/server/auth/okter.ts';
import { hashToken } from '#lib/server/auth/token.ts';
import { opprettSamtale } from '#lib/server/commands/opprett-samtale.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { createDb, type Db, type DbRole } from '#lib/server/db/pool.ts';
import { insertBrukere, insertFasteRoller, insertLis, insertRelasjoner } from '#lib/server/queries/synthetic-people.ts';
import { createTestDatabase } from './database.ts';

/** A person of a test world. */
export type Person = { id: string; brukernavn: string; navn: string };

const IDLE_MS = 2 * 60 * 60 * 1000;
const INGEN_TID: Tidspunkt = { dato: null, fra: null, til: null, sted: null };

/**
 * A database with the roles of product.md around two LIS. `rand` (in «fremmed…») are people of another LIS, who must never
 * learn anything of the first one's samtaler.
 */
export class World {
	readonly url: string;
	/** The owner's connection: makes what no process may make. */
	readonly owner: Db;
	/** The web process' connection. */
	readonly web: Db;
	readonly now: Date;
	private readonly pools: { end(): Promise<void> }[] = [];
	private readonly dropDatabase: () => Promise<void>;
	private wsDb: Db | undefined;

	private constructor(url: string, drop: () => Promise<void>, now: Date) {
		this.url = url;
		this.dropDatabase = drop;
		this.now = now;
		this.owner = this.connect(undefined);
		this.web = this.connect('lisk_web');
	}

	/** A world in a fresh copy of the template database, or in the database at `url`. */
	static async create(options: { now?: Date; url?: string } = {}): Promise<World> {
		const database =
			options.url === undefined ? await createTestDatabase() : { url: options.url, drop: () => Promise.resolve() };
		return new World(database.url, database.drop, options.now ?? new Date());
	}

	/** The ws-server's connection, made when it is first asked for. */
	get ws(): Db {
		return (this.wsDb ??= this.connect('lisk_ws'));
	}

	connect(role: DbRole | undefined): Db {
		const { db, pool } = createDb(this.url, role, { max: 10 });
		this.pools.push(pool);
		return db;
	}

	async destroy(): Promise<void> {
		await Promise.all(this.pools.map((pool) => pool.end()));
		await this.dropDatabase();
	}

	async person(
		brukernavn: string,
		options: { passordHash?: string; fast?: FastRolle; lis?: boolean; status?: 'aktiv' | 'deaktivert' } = {}
	): Promise<Person> {
		const person = {
			id: randomUUID(),
			brukernavn: `${brukernavn}-${randomUUID().slice(0, 8)}`,
			navn: `Navn ${brukernavn}`
		};
		const { passordHash, status } = options;
		await insertBrukere(
			this.owner,
			[{ ...person, farge: 0, ...(passordHash ? { passordHash } : {}), ...(status ? { status } : {}) }],
			this.now
		);
		if (options.lis)
			await insertLis(this.owner, [{ brukerId: person.id, arbeidsstedId: null, startDato: null }], this.now);
		if (options.fast)
			await insertFasteRoller(this.owner, [{ brukerId: person.id, rolle: options.fast, fra: this.past(1) }]);
		return person;
	}

	/** A relation from an hour ago; `til` ends it. */
	async relate(lis: Person, person: Person, rolle: RelasjonRolle, til?: Date): Promise<void> {
		await insertRelasjoner(this.owner, [
			{ id: randomUUID(), lisId: lis.id, personId: person.id, rolle, fra: this.past(60), ...(til ? { til } : {}) }
		]);
	}

	past(minutes: number): Date {
		return new Date(this.now.getTime() - minutes * 60_000);
	}

	/** Opens a session; returns the cookie's token. */
	async login(person: Person, now = this.now): Promise<string> {
		const { token } = await opprettOkt(this.web, { brukerId: person.id, fellesMaskin: false, idleMs: IDLE_MS, now });
		return token;
	}

	/** A fresh session of a person, as the portal knows it. */
	async okt(person: Person): Promise<Okt> {
		const okt = await lesOktByHash(this.web, hashToken(await this.login(person)), this.now);
		if (!okt) throw new Error(`${person.brukernavn} cannot log in`);
		return okt;
	}

	async actor(person: Person): Promise<Actor> {
		return (await this.okt(person)).actor;
	}

	/** The context of a person at the world's own time. */
	async ctx(person: Person): Promise<Ctx> {
		return { db: this.web, actor: await this.actor(person), now: this.now, requestId: randomUUID(), manglerEid: false };
	}

	/** A samtale made by the veileder, as in life. */
	async samtale(veileder: Person, lis: Person, tid: Partial<Tidspunkt> = {}): Promise<string> {
		const { id } = await opprettSamtale(await this.ctx(veileder), { lisId: lis.id, ...INGEN_TID, ...tid });
		return id;
	}

	/** One LIS with all the roles around, and strangers of each kind. */
	async cast() {
		const [lis, veileder, leder, supervisor, hdir, drift, annenLis, annenVeileder] = await Promise.all([
			this.person('lis', { lis: true }),
			this.person('veileder'),
			this.person('leder'),
			this.person('supervisor'),
			this.person('hdir', { fast: 'hdir' }),
			this.person('drift', { fast: 'drift' }),
			this.person('annen-lis', { lis: true }),
			this.person('annen-veileder')
		]);
		await this.relate(lis, veileder, 'veileder');
		await this.relate(lis, leder, 'leder');
		await this.relate(lis, supervisor, 'supervisor');
		await this.relate(annenLis, annenVeileder, 'veileder');
		return { lis, veileder, leder, supervisor, hdir, drift, annenLis, annenVeileder };
	}
}
