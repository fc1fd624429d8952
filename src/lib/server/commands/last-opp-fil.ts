import type { Filregler } from '#lib/domain/fil/fil.ts';
import { createHash, randomUUID } from 'node:crypto';
import { AppError } from '#lib/domain/feil.ts';
import type { FilOpplysninger } from '#lib/domain/fil/skjema.ts';
import type { FilKobling } from '../authz/actions.ts';
import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { transaction } from '../db/pool.ts';
import { iBiter } from '../fil/biter.ts';
import { medRydding } from '../fil/minne.ts';
import { sjekkType } from '../fil/type.ts';
import { insertBit, lesBytes } from '../queries/fil-del.ts';
import { findKobling, lockKobling } from '../queries/fil-kobling.ts';
import { deleteUferdig, insertFil, lockFiler, sumStorrelse, updateFilMottatt } from '../queries/fil.ts';
import { noter } from './lib/laering.ts';

/** A file that arrives. `storrelse`: how long the sender says that it is, in bytes; null: unknown. */
export type NyOpplasting = FilOpplysninger & {
	lisId: string;
	storrelse: number | null;
	innhold: AsyncIterable<Uint8Array>;
};

/**
 * S12: takes a file in, piece by piece, and never holds more than one. Room for it is kept from the beginning; it is not one transaction, since
 * a slow sender would hold a connection for minutes, but nobody sees it before it has arrived whole, and when it does not, nothing of it is left.
 * Throws `invalid` with the reason for what is too large, empty, or not what its name says; a conflict when there is no room, or what it
 * belongs to is settled.
 */
export async function lastOppFil(ctx: Ctx, regler: Filregler, ny: NyOpplasting): Promise<{ id: string }> {
	const { lisId, kobling } = ny;
	const id = randomUUID();
	const type = sjekkType(ny.navn);
	const plass = Math.min(ny.storrelse ?? regler.maks, regler.maks);
	const krevTilgang = (sted: FilKobling | undefined) =>
		authorize(ctx.actor, 'fil.lastOpp', sted && { lisId, kobling: sted }, ctx.now);
	krevTilgang(await findKobling(ctx.db, lisId, kobling));
	if ((ny.storrelse ?? 0) > regler.maks) throw new AppError('invalid', { reason: 'fil_feil_for_stor' });
	if (plass === 0) throw new AppError('invalid', { reason: 'fil_feil_tom' });
	await transaction(ctx.db, async (trx) => {
		await lockFiler(trx, lisId);
		krevTilgang(await lockKobling(trx, lisId, kobling));
		if ((await sumStorrelse(trx, lisId)) + plass > regler.kvote)
			throw new AppError('conflict', { reason: 'fil_konflikt_kvote' });
		const { navn, kategori, beskrivelse } = ny;
		const fil = { id, lisId, navn, kategori, beskrivelse, kobling, storrelse: plass };
		await insertFil(trx, { ...fil, opplastetAv: ctx.actor.brukerId, now: ctx.now });
	});
	try {
		const hash = createHash('sha256');
		let storrelse = 0;
		let nr = 0;
		for await (const bit of iBiter(medRydding(ny.innhold))) {
			storrelse += bit.length;
			if (storrelse > plass) throw new AppError('invalid', { reason: 'fil_feil_for_stor' });
			await type.del(bit);
			hash.update(bit);
			await insertBit(ctx.db, id, nr++, bit);
		}
		if (storrelse === 0) throw new AppError('invalid', { reason: 'fil_feil_tom' });
		const mottatt = {
			type: await type.slutt(storrelse, (fra, antall) => lesBytes(ctx.db, id, fra, antall)),
			...{ storrelse, sha256: hash.digest(), status: regler.sjekkes ? ('sjekkes' as const) : ('klar' as const) }
		};
		await transaction(ctx.db, async (trx) => {
			// Between its beginning and its end it may have been sent, signed or finished.
			krevTilgang(await lockKobling(trx, lisId, kobling));
			await updateFilMottatt(trx, id, mottatt);
			await noter(trx, ctx, {
				...{ type: 'fil.lastet-opp', rolle: rolleAv(ctx, lisId), lisId, objektId: id },
				// No name: people write names of patients in them.
				data: { slag: mottatt.type, storrelse, kobling }
			});
		});
		return { id };
	} catch (error) {
		// With the database away the worker does it later.
		await deleteUferdig(ctx.db, id).catch(() => undefined);
		throw error;
	}
}

/** Only the LIS and the veileder add files. */
function rolleAv({ actor }: Ctx, lisId: string): 'lis' | 'veileder' {
	return actor.brukerId === lisId ? 'lis' : 'veileder';
}
