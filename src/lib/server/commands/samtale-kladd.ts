import { AppError } from '#lib/domain/feil.ts';
import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { transaction, type Db } from '../db/pool.ts';
import { findSamtale } from '../queries/samtale.ts';
import {
	deleteSamtaleKladd,
	insertSamtaleKladd,
	updateSamtaleKladd,
	type KladdEier,
	type KladdRad
} from '../queries/samtale-kladd.ts';

/**
 * A person's own note on a samtale. It leaves no event: it is nobody's record, and that it exists is its owner's alone.
 */

/**
 * Saves the note; an empty one is taken away. `versjon` 0: there is none yet. Returns the version that it then has. Throws a conflict when it was
 * changed elsewhere, the samtale is finished, or `hvem`, whose page it comes from, is not who is logged in now.
 */
export async function lagreSamtaleKladd(
	ctx: Ctx,
	{ samtaleId, hvem, tekst, versjon }: { samtaleId: string; hvem: string; tekst: string | null; versjon: number }
): Promise<{ versjon: number }> {
	authorize(ctx.actor, 'samtale.kladd', await findSamtale(ctx.db, samtaleId), ctx.now);
	if (hvem !== ctx.actor.brukerId) throw new AppError('conflict', { reason: 'aktivitet_konflikt_annen' });
	const eier = { samtaleId, brukerId: ctx.actor.brukerId };
	return transaction(ctx.db, async (trx) => {
		const ny =
			tekst === null ? await tom(trx, eier, versjon) : await skriv(trx, eier, { tekst, versjon, now: ctx.now });
		if (ny === undefined) throw new AppError('conflict', { reason: 'aktivitet_konflikt_endret' });
		return { versjon: ny };
	});
}

/** Takes one's own note away, also after the samtale is finished. */
export async function slettSamtaleKladd(ctx: Ctx, { samtaleId }: { samtaleId: string }): Promise<void> {
	authorize(ctx.actor, 'samtale.les', await findSamtale(ctx.db, samtaleId), ctx.now);
	await deleteSamtaleKladd(ctx.db, { samtaleId, brukerId: ctx.actor.brukerId });
}

async function tom(trx: Db, eier: KladdEier, versjon: number): Promise<number | undefined> {
	return versjon === 0 || (await deleteSamtaleKladd(trx, eier, versjon)) ? 0 : undefined;
}

async function skriv(trx: Db, eier: KladdEier, ny: KladdRad & { now: Date }): Promise<number | undefined> {
	const skrevet = ny.versjon === 0 ? await insertSamtaleKladd(trx, eier, ny) : await updateSamtaleKladd(trx, eier, ny);
	return skrevet ? ny.versjon + 1 : undefined;
}
