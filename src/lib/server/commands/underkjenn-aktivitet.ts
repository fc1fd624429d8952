import { AppError } from '#lib/domain/feil.ts';
import { overgang } from '#lib/domain/laering/aktivitet.ts';
import type { Ctx } from '../ctx.ts';
import { updateAktivitet } from '../queries/laeringsaktivitet.ts';
import { noter, paAktivitet } from './lib/laering.ts';

/** S13: «Underkjenn», with the reason that the LIS is told. Throws a conflict when it has changed since the supervisør saw it. */
export function underkjennAktivitet(
	ctx: Ctx,
	{ id, versjon, grunn }: { id: string; versjon: number; grunn: string }
): Promise<void> {
	return paAktivitet(ctx, id, 'aktivitet.vurder', async (trx, aktivitet) => {
		const status = overgang(aktivitet, 'underkjenn');
		if (aktivitet.versjon !== versjon) throw new AppError('conflict', { reason: 'signering_konflikt_endret' });
		await updateAktivitet(trx, id, { status, avgjort_at: ctx.now, avgjort_av: ctx.actor.brukerId, grunn });
		await noter(trx, ctx, {
			...{ type: 'aktivitet.underkjent', rolle: 'supervisor', lisId: aktivitet.lisId, objektId: id },
			data: { grunn, fra: aktivitet.status }
		});
	});
}
