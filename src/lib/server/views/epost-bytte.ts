import { hashToken } from '../auth/token.ts';
import type { Db } from '../db/pool.ts';
import { findEpostBytte } from '../queries/epost-bytte.ts';

/** What the link of a new address asks; null when it cannot be used. The address is known to whoever got the mail. */
export async function hentEpostBytte(
	{ db, now }: { db: Db; now: Date },
	token: string
): Promise<{ epost: string } | null> {
	const bytte = await findEpostBytte(db, hashToken(token), now);
	return bytte ? { epost: bytte.nyEpost } : null;
}
