import { createHash } from 'node:crypto';
import { frossenJson, type FrossenSamtale } from '#lib/collab/frozen.ts';
import { toJson } from '#lib/collab/render.ts';
import { gjelder } from '#lib/domain/actor.ts';
import { AppError } from '#lib/domain/feil.ts';
import { CLOSING_MS } from '#lib/domain/samtale/ferdigstilling.ts';
import { ferdigstill } from '#lib/domain/samtale/samtale.ts';
import type { SignertFil } from '#lib/domain/fil/signert.ts';
import { authorize } from '../authz/index.ts';
import { loadDoc, type LoadedDoc } from '../collab-state.ts';
import type { Ctx } from '../ctx.ts';
import { filerTilSignering, filsum } from '../fil/signert.ts';
import { beginClosing, cancelClosing, finalizeCollabDoc } from '../queries/collab.ts';
import { closeForslag } from '../queries/forslag.ts';
import { beholdDeltakere, findSamtale, updateFerdigstilt, type SamtaleRad } from '../queries/samtale.ts';
import { noterNokkel } from '../queries/signatur.ts';
import type { Signeringsnokkel } from '../signatur/nokkel.ts';
import { signerSamtale } from '../signatur/samtale.ts';
import { endreSamtale } from './lib/endre-samtale.ts';

/** S9: «Ferdigstill». Everybody's editor becomes read-only; nothing is frozen yet. Throws a conflict when it has begun already. */
export function begynnFerdigstilling(ctx: Ctx, { samtaleId }: { samtaleId: string }): Promise<void> {
	return endreSamtale(ctx, samtaleId, 'samtale.ferdigstill', 'samtale.ferdigstilling-begynt', async (trx, samtale) => {
		ferdigstill(samtale);
		const until = new Date(ctx.now.getTime() + CLOSING_MS);
		if (!(await beginClosing(trx, samtale.id, ctx.now, until)))
			throw new AppError('conflict', { reason: 'samtale_konflikt_ferdigstilles' });
		return { til: until.toISOString() };
	});
}

/** Cancels a begun ferdigstilling: what was held is applied, and people write on. */
export function avbrytFerdigstilling(ctx: Ctx, { samtaleId }: { samtaleId: string }): Promise<void> {
	return endreSamtale(ctx, samtaleId, 'samtale.ferdigstill', 'samtale.ferdigstilling-avbrutt', async (trx, samtale) => {
		if (!(await cancelClosing(trx, samtale.id)))
			throw new AppError('conflict', { reason: 'samtale_konflikt_ferdigstilles_ikke' });
		return {};
	});
}

/** What the veileder was shown: the log's position and hash, the version of date, time and place, and the sum of the files. */
export type Vist = { seq: number; hash: string; versjon: number; filer: string };

/**
 * S9: «Bekreft ferdigstilling». Freezes exactly what was shown, or throws a conflict and changes nothing. The frozen JSON is
 * made before the transaction; the transaction compares, under the document's row lock. Signed with `nokkel` in the same transaction; without one the
 * worker signs it later.
 */
export async function bekreftFerdigstilling(
	ctx: Ctx,
	{ samtaleId, vist, nokkel }: { samtaleId: string; vist: Vist; nokkel?: Signeringsnokkel }
): Promise<void> {
	const sett = await findSamtale(ctx.db, samtaleId);
	authorize(ctx.actor, 'samtale.ferdigstill', sett, ctx.now);
	const loaded = await loadDoc(ctx.db, samtaleId);
	const sted = { lisId: sett.lisId, kobling: { slag: 'samtale', id: samtaleId } } as const;
	const filer = await filerTilSignering(ctx.db, sted);
	if (
		!loaded ||
		loaded.head.headSeq !== vist.seq ||
		loaded.head.headHash.toString('hex') !== vist.hash ||
		sett.versjon !== vist.versjon ||
		filsum(filer) !== vist.filer
	)
		throw endret();
	const json = frossenJson(frys(ctx, sett, loaded, filer));

	await endreSamtale(ctx, samtaleId, 'samtale.ferdigstill', 'samtale.ferdigstilt', async (trx, samtale) => {
		ferdigstill(samtale);
		if (samtale.versjon !== vist.versjon) throw endret();
		// The row is locked: no file comes or goes any more.
		if (filsum(await filerTilSignering(trx, sted)) !== vist.filer) throw endret();
		const { headSeq, headHash, epoch } = loaded.head;
		const frozen = { id: samtale.id, seq: headSeq, headHash, epoch, json, userId: ctx.actor.brukerId, now: ctx.now };
		if (!(await finalizeCollabDoc(trx, frozen))) throw endret();
		if (nokkel) {
			const jsonSha256 = createHash('sha256').update(json).digest('hex');
			await noterNokkel(trx, nokkel, ctx.now);
			await signerSamtale(trx, nokkel, { docId: samtale.id, jsonSha256, now: ctx.now });
		}
		await closeForslag(trx, samtale.id, 'avvist', ctx.now);
		await beholdDeltakere(trx, samtale.id, ctx.now);
		await updateFerdigstilt(trx, samtale.id, ctx.actor.brukerId, ctx.now);
		return { seq: headSeq, kjede: vist.hash, ...(nokkel ? { nokkel: nokkel.id } : {}) };
	});
}

function endret(): AppError {
	return new AppError('conflict', { reason: 'samtale_konflikt_ikke_det_viste' });
}

function frys(ctx: Ctx, samtale: SamtaleRad, { doc, head }: LoadedDoc, filer: SignertFil[]): FrossenSamtale {
	const deltakere = samtale.deltakere
		.filter((deltaker) => gjelder(deltaker, ctx.now))
		.map(({ personId, navn, rolle }) => ({ id: personId, navn, rolle }));
	const lis = samtale.deltakere.find((deltaker) => deltaker.personId === samtale.lisId);
	return {
		format: 'lis-kommune/samtale/2',
		id: samtale.id,
		lis: { id: samtale.lisId, navn: lis?.navn ?? '' },
		deltakere,
		dato: samtale.dato,
		fra: samtale.fra,
		til: samtale.til,
		sted: samtale.sted,
		ferdigstiltAv: { id: ctx.actor.brukerId, navn: ctx.actor.navn },
		ferdigstiltAt: ctx.now.toISOString(),
		epoke: head.epoch,
		seq: head.headSeq,
		kjede: head.headHash.toString('hex'),
		forberedelse: toJson(doc, 'forberedelse'),
		referat: toJson(doc, 'referat'),
		filer
	};
}
