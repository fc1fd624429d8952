import { AppError } from '#lib/domain/feil.ts';
import { overgang as overgangForAktivitet } from '#lib/domain/laering/aktivitet.ts';
import { overgang as overgangForMal } from '#lib/domain/laering/mal.ts';
import { krevPurres } from '#lib/domain/laering/purring.ts';
import type { Ctx } from '../ctx.ts';
import { listFolkRundtLis } from '../queries/lis.ts';
import { findPurret } from '../queries/purring.ts';
import { noter, paAktivitet, paMal, radId } from './lib/laering.ts';

/**
 * «Purr»: the LIS reminds the supervisør of an aktivitet that waits for them. Changes nothing else. Throws a conflict when it waits for nobody, or when
 * the LIS has done so in the last days; of several at once one counts.
 */
export function purrAktivitet(ctx: Ctx, { id }: { id: string }): Promise<void> {
	return paAktivitet(ctx, id, 'aktivitet.skriv', async (trx, aktivitet) => {
		// What can be recalled waits.
		overgangForAktivitet(aktivitet, 'trekk');
		const { lisId, supervisorId, sendtAt } = aktivitet;
		if (supervisorId === null || sendtAt === null) throw ingen();
		krevPurres(await findPurret(trx, { id, sendtAt }), ctx.now);
		const data = { personId: supervisorId };
		await noter(trx, ctx, { type: 'aktivitet.purret', rolle: 'lis', lisId, objektId: id, data });
	});
}

/** The same of a goal that waits for the leder. */
export function purrMal(ctx: Ctx, { kode }: { kode: string }): Promise<void> {
	const lisId = ctx.actor.brukerId;
	return paMal(ctx, { lisId, kode }, 'mal.send', async (trx, mal) => {
		overgangForMal({ status: mal.status, bekreftet: mal.bekreftetAt !== null }, 'trekk');
		const folk = await listFolkRundtLis(trx, lisId, ctx.now);
		if (mal.sendtAt === null || !folk.some(({ rolle }) => rolle === 'leder')) throw ingen();
		const objektId = radId(mal);
		krevPurres(await findPurret(trx, { id: objektId, sendtAt: mal.sendtAt }), ctx.now);
		await noter(trx, ctx, { type: 'mal.purret', rolle: 'lis', lisId, objektId, data: { kode } });
	});
}

const ingen = () => new AppError('conflict', { reason: 'laering_konflikt_purr_ingen' });
