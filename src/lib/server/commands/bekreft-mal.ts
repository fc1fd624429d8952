import { AppError } from '#lib/domain/feil.ts';
import { overgang } from '#lib/domain/laering/mal.ts';
import type { Ctx } from '../ctx.ts';
import { updateMal } from '../queries/maloppnaelse.ts';
import { laasMal, noter, radId } from './lib/laering.ts';
import { varsleBekreftet } from './lib/mal-epost.ts';
import { krevHdirFor, paPlan, type SettKode } from './lib/plan.ts';

/**
 * «Helsedirektoratet har godkjent»: confirms goals of a shared plan, several at once: all or none; the LIS is told in one mail. Throws a conflict when one
 * is confirmed already, no longer approved, or has changed since it was seen.
 */
export function bekreftMal(ctx: Ctx, { planId, mal }: { planId: string; mal: SettKode[] }): Promise<void> {
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
				overgang({ status: rad.status, bekreftet: rad.bekreftetAt !== null }, 'bekreft');
				if (rad.versjon !== versjon) throw new AppError('conflict', { reason: 'godkjenning_konflikt_endret' });
				const objektId = radId(rad);
				await updateMal(trx, objektId, { bekreftet_at: ctx.now, bekreftet_av: ctx.actor.brukerId });
				await noter(trx, ctx, { type: 'mal.bekreftet', rolle, lisId, objektId, data: { kode, planId } });
			}
			await varsleBekreftet(trx, ctx, lisId, [...versjoner.keys()]);
		}
	);
}
