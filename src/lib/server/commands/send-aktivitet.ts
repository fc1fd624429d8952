import { dagINorge } from '#lib/domain/dager.ts';
import { AppError } from '#lib/domain/feil.ts';
import { overgang } from '#lib/domain/laering/aktivitet.ts';
import { mangler, type Kladd } from '#lib/domain/laering/skjema.ts';
import type { Ctx } from '../ctx.ts';
import { transaction } from '../db/pool.ts';
import { updateAktivitet } from '../queries/laeringsaktivitet.ts';
import { krevSupervisor, lagreKladd } from './lib/kladd.ts';
import { begynnPlaner, noter, paAktivitet } from './lib/laering.ts';

/**
 * S13, S16: the LIS sends what stands in the form to a supervisør, or registers it where nobody signs. What is sent to somebody
 * invited waits for them. Throws `invalid` for what is missing, a conflict when it has been sent or changed meanwhile.
 */
export function sendAktivitet(ctx: Ctx, kladd: Kladd): Promise<{ status: 'sendt' | 'registrert' }> {
	return transaction(ctx.db, async (trx) => {
		const aktivitet = await lagreKladd(trx, ctx, kladd);
		const signeres = aktivitet.slag === 'signeres';
		const feil = mangler(kladd, { signeres, iDag: dagINorge(ctx.now) });
		if (Object.keys(feil).length > 0) throw new AppError('invalid', { fields: feil });
		if (signeres && kladd.mottaker) await krevSupervisor(trx, ctx, kladd.mottaker);

		const { id, lisId, koder, kravId, supervisorId, invitasjonId } = aktivitet;
		const status = overgang(aktivitet, signeres ? 'send' : 'registrer');
		await updateAktivitet(trx, id, { status, sendt_at: signeres ? ctx.now : null });
		await noter(trx, ctx, {
			...{ type: signeres ? 'aktivitet.sendt' : 'aktivitet.registrert', rolle: 'lis', lisId, objektId: id },
			data: { slag: aktivitet.slag, kravId, koder, supervisorId, invitasjonId }
		});
		await begynnPlaner(trx, ctx, lisId, koder);
		return { status: signeres ? 'sendt' : 'registrert' };
	});
}

/** «Trekk tilbake»: as long as nobody has acted on it, it is a draft again. */
export function trekkAktivitet(ctx: Ctx, { id }: { id: string }): Promise<void> {
	return tilKladd(ctx, id, 'trekk');
}

/** What was underkjent, or registered by the LIS, becomes a draft again, to be mended; why it was refused stays in the events. */
export function angreAktivitet(ctx: Ctx, { id }: { id: string }): Promise<void> {
	return tilKladd(ctx, id, 'angre');
}

function tilKladd(ctx: Ctx, id: string, handling: 'trekk' | 'angre'): Promise<void> {
	return paAktivitet(ctx, id, 'aktivitet.skriv', async (trx, aktivitet) => {
		const status = overgang(aktivitet, handling);
		const { lisId, kravId, koder } = aktivitet;
		await updateAktivitet(trx, id, { status, sendt_at: null, avgjort_at: null, avgjort_av: null, grunn: null });
		await noter(trx, ctx, {
			...{ type: handling === 'trekk' ? 'aktivitet.trukket' : 'aktivitet.angret', rolle: 'lis', lisId, objektId: id },
			data: { fra: aktivitet.status, kravId, koder }
		});
	});
}
