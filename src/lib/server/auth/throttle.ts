import { createHash } from 'node:crypto';
import { brems, ventTilPlass, VINDU_MS, type Grense } from '#lib/domain/innlogging-brems.ts';
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

/** Who is counted where there is no account to count by: a session, and an address where a trusted proxy tells it. */
export type Avsender = { okt: string | undefined; adresse: string | undefined };
type Slag = 'eid-start' | 'eid-feil';

/** A person tries a few times; a hospital is one address (trust.md, «Throttling»). */
const GRENSER: Record<keyof Avsender, Grense> = {
	okt: { antall: 10, vinduMs: 5 * 60_000 },
	adresse: { antall: 100, vinduMs: 60_000 }
};

function noklerAv(slag: Slag, avsender: Avsender): [keyof Avsender, string][] {
	return (['okt', 'adresse'] as const).flatMap((hva) => {
		const hvem = avsender[hva];
		return hvem === undefined ? [] : [[hva, nokkelAv({ brukernavn: `${slag}\n${hva}`, enhet: hvem })]];
	});
}

/** Throws `too_many` when whoever asks has done this too often of late. What is refused does not count. */
export async function krevPlass(db: Db, slag: Slag, avsender: Avsender, now: Date): Promise<void> {
	for (const [hva, nokkel] of noklerAv(slag, avsender)) {
		const { vinduMs } = GRENSER[hva];
		const forsok = await listForsok(db, nokkel, new Date(now.getTime() - vinduMs));
		const retryAfterMs = ventTilPlass(forsok, GRENSER[hva], now);
		if (retryAfterMs > 0) throw new AppError('too_many', { retryAfterMs });
	}
}

/** Counts one. */
export async function tellForsok(db: Db, slag: Slag, avsender: Avsender, now: Date): Promise<void> {
	const nokler = noklerAv(slag, avsender).map(([, nokkel]) => nokkel);
	if (nokler.length > 0) await insertForsok(db, nokler, now);
}
