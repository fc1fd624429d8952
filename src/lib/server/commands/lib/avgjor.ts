import { createHash } from 'node:crypto';
import { canonicalJson } from '#lib/collab/canonical-json.ts';
import { AppError } from '#lib/domain/feil.ts';
import { overgang, type MalHandling } from '#lib/domain/laering/mal.ts';
import type { GodkjentMal } from '#lib/domain/laering/signert.ts';
import type { Ctx } from '../../ctx.ts';
import type { Db } from '../../db/pool.ts';
import type { HendelseType } from '#lib/domain/hendelse.ts';
import { updateMal, type MalEndring, type MalRad } from '../../queries/maloppnaelse.ts';
import { noter, radId } from './laering.ts';

/** A goal of a LIS in the version in which the leder saw it. */
export type SettMal = { lisId: string; kode: string; versjon: number };

const HENDELSE = {
	godkjenn: 'mal.godkjent',
	sendTilbake: 'mal.sendt-tilbake',
	underkjenn: 'mal.underkjent',
	trekkGodkjenning: 'mal.godkjenning-trukket'
} as const satisfies Partial<Record<MalHandling, HendelseType>>;

/** `godkjent`: what is approved, kept in the event and hashed in the row. */
type Avgjorelse = {
	versjon: number;
	handling: keyof typeof HENDELSE;
	endring: MalEndring;
	godkjent?: () => Promise<GodkjentMal>;
};

/**
 * A leder's decision on a goal that is locked and authorized. Throws a conflict when its state does not allow it, or when the LIS has changed it since
 * the leder saw it.
 */
export async function avgjor(
	trx: Db,
	ctx: Ctx,
	mal: MalRad,
	{ versjon, handling, endring, godkjent }: Avgjorelse
): Promise<void> {
	const status = overgang({ status: mal.status, bekreftet: mal.bekreftetAt !== null }, handling);
	if (mal.versjon !== versjon) throw new AppError('conflict', { reason: 'godkjenning_konflikt_endret' });
	const { lisId, kode } = mal;
	const objektId = radId(mal);
	const hvem = { avgjort_at: ctx.now, avgjort_av: ctx.actor.brukerId, avgjort_rolle: 'leder' } as const;
	const innhold = await godkjent?.();
	const hash = innhold && createHash('sha256').update(canonicalJson(innhold)).digest();
	await updateMal(trx, objektId, { status, ...hvem, ...endring, ...(hash ? { godkjent_hash: hash } : {}) });
	await noter(trx, ctx, {
		...{ type: HENDELSE[handling], rolle: 'leder', lisId, objektId },
		data: {
			kode,
			fra: mal.status,
			katalogId: mal.katalogId,
			mangler: mal.mangler,
			...endring,
			...(innhold ? { godkjent: innhold } : {})
		}
	});
}
