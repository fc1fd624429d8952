import { randomUUID } from 'node:crypto';
import { dagINorge } from '#lib/domain/dager.ts';
import { AppError } from '#lib/domain/feil.ts';
import { overgang } from '#lib/domain/laering/mal.ts';
import type { Ctx } from '../ctx.ts';
import { insertSendt, updateMal } from '../queries/maloppnaelse.ts';
import { begynnPlaner, noter, paMal, radId } from './lib/laering.ts';

/** The LIS' own goal. */
type EgetMal = { kode: string };

/**
 * S14: the LIS sends a goal to the leder, with the day on which it was reached and perhaps a word; again after it was sent back,
 * underkjent or withdrawn. Without a leder it waits for the one who comes. Throws `invalid` for a day to come, a conflict when its
 * state does not allow it.
 */
export function sendMal(
	ctx: Ctx,
	{ kode, dato, kommentar }: EgetMal & { dato: string; kommentar: string | null }
): Promise<void> {
	const lisId = ctx.actor.brukerId;
	return paMal(ctx, { lisId, kode }, 'mal.send', async (trx, mal) => {
		if (dato > dagINorge(ctx.now)) throw new AppError('invalid', { fields: { dato: 'aktivitet_feil_dato_framtid' } });
		const status = overgang({ status: mal.status, bekreftet: mal.bekreftetAt !== null }, 'send');
		const id = mal.id ?? randomUUID();
		const nyVurdering = mal.status === 'underkjent';
		if (mal.id === null) {
			const ny = { id, lisId, kode, katalogId: mal.katalogId, fullfortDato: dato, kommentar, now: ctx.now };
			if (!(await insertSendt(trx, ny))) throw new AppError('conflict', { reason: 'laering_konflikt_mal_sendt' });
		} else
			await updateMal(trx, id, {
				...{ status, fullfort_dato: dato, kommentar, ny_vurdering: nyVurdering, sendt_at: ctx.now },
				...{ avgjort_at: null, avgjort_av: null, avgjort_rolle: null, grunn: null, uten: null, uten_tekst: null }
			});
		await noter(trx, ctx, {
			...{ type: 'mal.sendt', rolle: 'lis', lisId, objektId: id },
			data: { kode, dato, kommentar, fra: mal.status, nyVurdering }
		});
		await begynnPlaner(trx, ctx, lisId, [kode]);
	});
}

/** «Trekk tilbake»: as long as the leder has not decided. */
export function trekkMal(ctx: Ctx, { kode }: EgetMal): Promise<void> {
	const lisId = ctx.actor.brukerId;
	return paMal(ctx, { lisId, kode }, 'mal.send', async (trx, mal) => {
		const status = overgang({ status: mal.status, bekreftet: mal.bekreftetAt !== null }, 'trekk');
		await updateMal(trx, radId(mal), { status, sendt_at: null, ny_vurdering: false });
		await noter(trx, ctx, { type: 'mal.trukket', rolle: 'lis', lisId, objektId: radId(mal), data: { kode } });
	});
}
