import { sql, type Db } from '../db/pool.ts';

/** A code for signing on the spot; of its token only the hash is kept. */
export type KodeRad = {
	aktivitetId: string;
	createdAt: Date;
	utloperAt: Date;
	bruktAt: Date | null;
	bruktAv: string | null;
	bruktNavn: string | null;
	bekreftetAt: Date | null;
	avvistAt: Date | null;
	/** Made before another one of the same aktivitet was used: it opens nothing any more. */
	forbigatt: boolean;
};

function koder(db: Db) {
	return db
		.selectFrom('signeringskode as k')
		.leftJoin('bruker as b', 'b.id', 'k.brukt_av')
		.select([
			...(['k.aktivitet_id as aktivitetId', 'k.created_at as createdAt', 'k.utloper_at as utloperAt'] as const),
			...(['k.brukt_at as bruktAt', 'k.brukt_av as bruktAv', 'b.navn as bruktNavn'] as const),
			...(['k.bekreftet_at as bekreftetAt', 'k.avvist_at as avvistAt'] as const),
			sql<boolean>`exists (select from signeringskode a
				where a.aktivitet_id = k.aktivitet_id and a.brukt_at >= k.created_at)`.as('forbigatt')
		]);
}

/** The code that a token opens, used or not. */
export function findKode(db: Db, tokenHash: Buffer): Promise<KodeRad | undefined> {
	return koder(db).where('k.token_hash', '=', tokenHash).executeTakeFirst();
}

/** The code by which an aktivitet was signed last. */
export function findBruktKode(db: Db, aktivitetId: string): Promise<KodeRad | undefined> {
	return koder(db)
		.where('k.aktivitet_id', '=', aktivitetId)
		.where('k.brukt_at', 'is not', null)
		.orderBy('k.brukt_at', 'desc')
		.limit(1)
		.executeTakeFirst();
}

export async function insertKode(
	trx: Db,
	kode: { tokenHash: Buffer; aktivitetId: string; now: Date; utloperAt: Date }
): Promise<void> {
	await trx
		.insertInto('signeringskode')
		.values({
			token_hash: kode.tokenHash,
			aktivitet_id: kode.aktivitetId,
			created_at: kode.now,
			utloper_at: kode.utloperAt
		})
		.execute();
}

/** Uses a code up. */
export async function updateKodeBrukt(
	trx: Db,
	{ tokenHash, av, now }: { tokenHash: Buffer; av: string; now: Date }
): Promise<void> {
	await trx
		.updateTable('signeringskode')
		.set({ brukt_at: now, brukt_av: av })
		.where('token_hash', '=', tokenHash)
		.execute();
}

/** What the LIS says about the person who signed by code; only where it has not been said. */
export async function updateKodeSvar(
	trx: Db,
	{ aktivitetId, svar, now }: { aktivitetId: string; svar: 'bekreftet_at' | 'avvist_at'; now: Date }
): Promise<void> {
	await trx
		.updateTable('signeringskode')
		.set({ [svar]: now })
		.where('aktivitet_id', '=', aktivitetId)
		.where('brukt_at', 'is not', null)
		.where('bekreftet_at', 'is', null)
		.where('avvist_at', 'is', null)
		.execute();
}
