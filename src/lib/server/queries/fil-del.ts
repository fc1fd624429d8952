import { sql, type Db } from '../db/pool.ts';

/** The length of every piece of a file but its last, in bytes. */
export const BIT = 64 * 1024;

/** Adds the next piece of a file that is arriving. */
export async function insertBit(db: Db, filId: string, nr: number, innhold: Buffer): Promise<void> {
	await db.insertInto('fil_del').values({ fil_id: filId, nr, innhold }).execute();
}

/** A piece of a file; undefined behind its end. */
export async function findBit(db: Db, filId: string, nr: number): Promise<Buffer | undefined> {
	const rad = await db
		.selectFrom('fil_del')
		// Shorter on the way than the driver's own form, and half the garbage here.
		.select(sql<string>`encode(innhold, 'base64')`.as('innhold'))
		.where('fil_id', '=', filId)
		.where('nr', '=', nr)
		.executeTakeFirst();
	return rad && Buffer.from(rad.innhold, 'base64');
}

/** A part of a file; fewer bytes than asked for only at its end. */
export async function lesBytes(db: Db, filId: string, fra: number, antall: number): Promise<Buffer> {
	const biter: Buffer[] = [];
	const forste = Math.floor(fra / BIT);
	for (let nr = forste; nr * BIT < fra + antall; nr++) {
		const bit = await findBit(db, filId, nr);
		if (bit === undefined) break;
		biter.push(bit);
	}
	return Buffer.concat(biter).subarray(fra - forste * BIT, fra - forste * BIT + antall);
}

/**
 * The bytes of a file, a piece at a time, each with a query of its own: a slow reader holds no connection. Throws when a piece is gone,
 * as when the file is deleted meanwhile.
 */
export async function* lesBiter(db: Db, filId: string, storrelse: number): AsyncGenerator<Buffer> {
	for (let nr = 0; nr * BIT < storrelse; nr++) {
		const bit = await findBit(db, filId, nr);
		if (bit === undefined) throw new Error(`piece ${nr} of file ${filId} is gone`);
		yield bit;
	}
}
