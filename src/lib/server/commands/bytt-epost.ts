import { randomUUID } from 'node:crypto';
import { dagINorge } from '#lib/domain/dager.ts';
import { erBekreftet } from '#lib/domain/eid.ts';
import { AppError } from '#lib/domain/feil.ts';
import { BEKREFTET_MS } from '#lib/domain/konto/innlogging.ts';
import type { Okt } from '../auth/okter.ts';
import { hashToken, newToken } from '../auth/token.ts';
import type { Ctx } from '../ctx.ts';
import { transaction, type Db } from '../db/pool.ts';
import { koEpost } from '../mail/ko.ts';
import { countEpostBytter, findEpostBytte, insertEpostBytte, setEpostBytteBrukt } from '../queries/epost-bytte.ts';
import { insertHendelse } from '../varsler/hendelse.ts';
import { findKonto } from '../queries/konto.ts';
import { updateEpost } from '../queries/drift.ts';

const DOGN_MS = 24 * 60 * 60 * 1000;
/** Wishes that a person may have in a day: each is a mail to an address that may be another's. */
const MAKS = 5;

/**
 * Asks for another address: a link goes to the new one, and nothing changes before it is confirmed. Asks for step-up (trust.md). Throws a
 * conflict when the session is not proven, `invalid` when it is the same, and `too_many`.
 */
export async function byttEpost(
	ctx: Ctx,
	okt: Okt,
	{ epost, pidKey }: { epost: string; pidKey: Uint8Array }
): Promise<void> {
	if (!erBekreftet(okt, ctx.now, BEKREFTET_MS)) throw new AppError('conflict', { reason: 'konto_feil_ma_bekreftes' });
	const { brukerId } = ctx.actor;
	const token = newToken();
	const utloper = new Date(ctx.now.getTime() + DOGN_MS);
	await transaction(ctx.db, async (trx) => {
		const konto = await findKonto(trx, brukerId);
		if (!konto) throw new AppError('not_found');
		if (konto.epost.toLowerCase() === epost.toLowerCase())
			throw new AppError('invalid', { fields: { epost: 'konto_feil_samme_epost' } });
		if ((await countEpostBytter(trx, brukerId, new Date(ctx.now.getTime() - DOGN_MS))) >= MAKS)
			throw new AppError('too_many', { reason: 'konto_feil_mange_bytter' });
		const bytte = { id: randomUUID(), brukerId, nyEpost: epost, tokenHash: hashToken(token), now: ctx.now, utloper };
		await insertEpostBytte(trx, bytte);
		await noter(trx, ctx, 'bruker.epost-bedt-om', brukerId);
		await koEpost(
			trx,
			{
				mal: 'epost_bekreft',
				mottaker: { id: null, navn: konto.navn, epost, sprak: konto.sprak },
				data: { frist: dagINorge(utloper) },
				lenke: { sti: `/epost/${token}`, nokkel: pidKey }
			},
			ctx.now
		);
	});
}

/** Whoever has the link says that the address is theirs; the old one is told. False when the link cannot be used. */
export async function bekreftEpost(ctx: { db: Db; now: Date; requestId: string }, token: string): Promise<boolean> {
	return transaction(ctx.db, async (trx) => {
		const bytte = await findEpostBytte(trx, hashToken(token), ctx.now, { forUpdate: true });
		if (!bytte) return false;
		await setEpostBytteBrukt(trx, bytte.id, ctx.now);
		await updateEpost(trx, bytte.brukerId, bytte.nyEpost);
		await noter(trx, ctx, 'bruker.epost-byttet', bytte.brukerId);
		await koEpost(
			trx,
			{
				mal: 'epost_endret',
				mottaker: { id: bytte.brukerId, navn: bytte.navn, epost: bytte.gammel, sprak: bytte.sprak },
				data: { tidspunkt: ctx.now.toISOString() }
			},
			ctx.now
		);
		return true;
	});
}

function noter(
	trx: Db,
	{ now, requestId }: { now: Date; requestId: string },
	type: 'bruker.epost-bedt-om' | 'bruker.epost-byttet',
	brukerId: string
): Promise<void> {
	return insertHendelse(trx, { type, at: now, aktorId: brukerId, aktorRolle: null, objektId: brukerId, requestId });
}
