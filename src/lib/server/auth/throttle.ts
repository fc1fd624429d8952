import { createHash } from 'node:crypto';
import { brems, VINDU_MS } from '#lib/domain/innlogging-brems.ts';
import { AppError } from '#lib/domain/feil.ts';
import type { Db } from '../db/pool.ts';
import { deleteForsok, insertForsok, listForsok } from '../queries/innloggingsforsok.ts';

/** Whose attempts are counted together: an account seen from anywhere, or from one device that has logged in to it before. */
export type ForsokNokkel = { brukernavn: string; enhet?: string | undefined };

function nokkelAv({ brukernavn, enhet }: ForsokNokkel): string {
	// Hashed, so that the table holds no mistyped password that was put into the wrong field.
	return createHash('sha256')
		.update(`${brukernavn}\n${enhet ?? ''}`)
		.digest('hex');
}

/**
 * Waits as long as earlier failures demand, then counts this attempt as failed until it succeeds (so that parallel
 * attempts are counted too). Throws `too_many` in a flood.
 */
export async function ventForForsok(
	db: Db,
	hvem: ForsokNokkel,
	now: Date,
	vent: (ms: number) => Promise<void>
): Promise<void> {
	const nokkel = nokkelAv(hvem);
	const feilede = await listForsok(db, nokkel, new Date(now.getTime() - VINDU_MS));
	const svar = brems(feilede, now);
	if ('avvist' in svar) throw new AppError('too_many', { retryAfterMs: svar.provIgjenMs });
	await insertForsok(db, [nokkel], now);
	if (svar.ventMs > 0) await vent(svar.ventMs);
}

/** Forgets the failures after a right password. */
export async function glemForsok(db: Db, hvem: ForsokNokkel): Promise<void> {
	await deleteForsok(db, [nokkelAv(hvem)]);
}
