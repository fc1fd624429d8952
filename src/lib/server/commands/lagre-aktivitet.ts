import { randomUUID } from 'node:crypto';
import { overgang } from '#lib/domain/laering/aktivitet.ts';
import type { Kladd } from '#lib/domain/laering/skjema.ts';
import type { Ctx } from '../ctx.ts';
import { transaction } from '../db/pool.ts';
import { deleteAktivitet } from '../queries/laeringsaktivitet.ts';
import { lagreKladd, opprett } from './lib/kladd.ts';
import { noter, paAktivitet } from './lib/laering.ts';

/** Saves a draft, new or not; returns its version. Throws as `lagreKladd` does. */
export function lagreAktivitet(ctx: Ctx, kladd: Kladd): Promise<{ versjon: number }> {
	return transaction(ctx.db, async (trx) => {
		const { versjon } = await lagreKladd(trx, ctx, kladd);
		return { versjon };
	});
}

/** Deletes a draft. Throws a conflict for everything that is no draft. */
export function slettAktivitet(ctx: Ctx, { id }: { id: string }): Promise<void> {
	return paAktivitet(ctx, id, 'aktivitet.skriv', async (trx, aktivitet) => {
		overgang(aktivitet, 'slett');
		await deleteAktivitet(trx, id);
		const { lisId, kravId, koder } = aktivitet;
		await noter(trx, ctx, {
			...{ type: 'aktivitet.slettet', rolle: 'lis', lisId, objektId: id },
			data: { kravId, koder }
		});
	});
}

/** A new draft that says the same as one that was done before, without its day: that one is another. */
export function dupliserAktivitet(ctx: Ctx, { id }: { id: string }): Promise<{ id: string }> {
	return paAktivitet(ctx, id, 'aktivitet.skriv', async (trx, aktivitet) => {
		const ny = randomUUID();
		const { slag, kravId, kurs, sted, tekst, refleksjon, nivaa, supervisorId, invitasjonId, koder } = aktivitet;
		const innhold = { slag, kravId, kurs, sted, tekst, refleksjon, nivaa, supervisorId, invitasjonId, dato: null };
		await opprett(trx, ctx, ny, { innhold, koder });
		return { id: ny };
	});
}
