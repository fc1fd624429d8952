import { AppError } from '#lib/domain/feil.ts';
import { overgang } from '#lib/domain/laering/mal.ts';
import type { Ctx } from '../ctx.ts';
import { updateMal } from '../queries/maloppnaelse.ts';
import { laasMal, noter, oppdaterPlaner, radId } from './lib/laering.ts';
import { varsleTrukket } from './lib/mal-epost.ts';
import { krevHdirFor, paPlan, type SettKode } from './lib/plan.ts';

/**
 * Helsedirektoratet withdraws goals of a shared plan, its own confirmation or a leder's approval, with a reason: all or none. The plan is then no longer
 * complete and shared; the LIS is told by mail and can send the goals anew. Throws a conflict when one is no longer approved or has changed.
 */
export function trekkBekreftelse(
	ctx: Ctx,
	{ planId, mal, grunn }: { planId: string; mal: SettKode[]; grunn: string }
): Promise<void> {
	if (mal.length === 0) throw new AppError('invalid', { fields: { mal: 'katalog_feil_velg_mal' } });
	return paPlan(
		ctx,
		planId,
		(_, { lisId, status }) => {
			krevHdirFor(ctx, lisId, status === 'delt');
			return 'hdir';
		},
		async (trx, { lisId }, rolle) => {
			const versjoner = new Map(mal.map(({ kode, versjon }) => [kode, versjon]));
			for (const [kode, versjon] of versjoner) {
				const rad = await laasMal(trx, ctx, { lisId, kode }, 'mal.bekreft');
				const bekreftet = rad.bekreftetAt !== null;
				const status = overgang({ status: rad.status, bekreftet }, bekreftet ? 'trekkBekreftelse' : 'trekkGodkjenning');
				if (rad.versjon !== versjon) throw new AppError('conflict', { reason: 'godkjenning_konflikt_endret' });
				const objektId = radId(rad);
				await updateMal(trx, objektId, {
					...{ status, grunn, bekreftet_at: null, bekreftet_av: null },
					...{ avgjort_at: ctx.now, avgjort_av: ctx.actor.brukerId, avgjort_rolle: 'hdir' }
				});
				const type = bekreftet ? 'mal.bekreftelse-trukket' : 'mal.godkjenning-trukket';
				const data = { kode, planId, fra: rad.status, avgjortAv: rad.avgjortAv, grunn };
				await noter(trx, ctx, { type, rolle, lisId, objektId, data });
				await varsleTrukket(trx, ctx, { lisId, kode }, 'hdir');
			}
			await oppdaterPlaner(trx, ctx, lisId, [...versjoner.keys()], rolle);
		}
	);
}
