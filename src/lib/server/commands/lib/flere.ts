import { AppError } from '#lib/domain/feil.ts';
import { authorize } from '../../authz/index.ts';
import type { Ctx } from '../../ctx.ts';
import { transaction, type Db } from '../../db/pool.ts';
import { findAktivitet, type AktivitetRad } from '../../queries/laeringsaktivitet.ts';
import { lockLaering } from '../../queries/maloppnaelse.ts';
import { paAktivitet } from './laering.ts';

/** A thing in the version in which the one who acts saw it. */
export type Sett = { id: string; versjon: number };

/** More than fit into a page that somebody has read. */
const MAKS = 100;

/**
 * An act on several aktiviteter, of several LIS perhaps: all or none. The LIS are locked in one order everywhere, so that two who act on the same
 * ones never wait for each other. Throws `invalid` for none, and for more than a page holds.
 */
export async function paAktiviteter(
	ctx: Ctx,
	sett: Sett[],
	action: 'aktivitet.vurder',
	work: (trx: Db, aktivitet: AktivitetRad, versjon: number) => Promise<void>
): Promise<void> {
	const versjoner = new Map(sett.map(({ id, versjon }) => [id, versjon]));
	if (versjoner.size === 0 || versjoner.size > MAKS)
		throw new AppError('invalid', { fields: { aktivitet: 'signering_feil_velg' } });
	await transaction(ctx.db, async (trx) => {
		const lisIder = new Set<string>();
		for (const id of versjoner.keys()) {
			const aktivitet = await findAktivitet(trx, id);
			authorize(ctx.actor, action, aktivitet, ctx.now);
			lisIder.add(aktivitet.lisId);
		}
		for (const lisId of [...lisIder].sort()) await lockLaering(trx, lisId);
		for (const [id, versjon] of versjoner)
			await paAktivitet({ ...ctx, db: trx }, id, action, (_, aktivitet) => work(trx, aktivitet, versjon));
	});
}
