import { randomUUID } from 'node:crypto';
import type { ArbeidsstedSlag } from '#lib/domain/arbeidssted.ts';
import { AppError } from '#lib/domain/feil.ts';
import { authorize } from '../../authz/index.ts';
import type { Ctx } from '../../ctx.ts';
import { transaction, type Db } from '../../db/pool.ts';
import { finnesKommune, insertArbeidssted, insertKommune } from '../../queries/drift.ts';
import { insertHendelse } from '../../varsler/hendelse.ts';

/** Adds a kommune. Throws `invalid` when its number is there already. */
export async function nyKommune(ctx: Ctx, kommune: { nummer: string; navn: string }): Promise<void> {
	await endre(ctx, async (trx) => {
		if (!(await insertKommune(trx, kommune)))
			throw new AppError('invalid', { fields: { nummer: 'drift_feil_kommune_finnes' } });
		return { kommune: kommune.nummer };
	});
}

/** Adds a place of work to a kommune. Throws `invalid` when there is no such kommune. */
export async function nyttArbeidssted(
	ctx: Ctx,
	sted: { kommune: string; navn: string; slag: ArbeidsstedSlag }
): Promise<void> {
	await endre(ctx, async (trx) => {
		if (!(await finnesKommune(trx, sted.kommune)))
			throw new AppError('invalid', { fields: { kommune: 'felles_feil_ma_fylles' } });
		const id = randomUUID();
		await insertArbeidssted(trx, { id, kommuneNummer: sted.kommune, navn: sted.navn, slag: sted.slag });
		return { arbeidssted: id, kommune: sted.kommune };
	});
}

function endre(ctx: Ctx, work: (trx: Db) => Promise<Record<string, unknown>>): Promise<void> {
	authorize(ctx.actor, 'portal.drift', { portal: true }, ctx.now);
	return transaction(ctx.db, async (trx) => {
		const data = await work(trx);
		await insertHendelse(trx, {
			type: 'sted.opprettet',
			at: ctx.now,
			aktorId: ctx.actor.brukerId,
			aktorRolle: 'drift',
			data,
			requestId: ctx.requestId
		});
	});
}
