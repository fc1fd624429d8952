import * as Y from 'yjs';
import { begynnFerdigstilling, bekreftFerdigstilling, type Vist } from '#lib/server/commands/ferdigstill-samtale.ts';
import { filerTilSignering, filsum } from '#lib/server/fil/signert.ts';
import { loadDoc } from '#lib/server/collab-state.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { skrivTekst } from '#lib/server/demo/skriv.ts';
import { putSnapshot } from '#lib/server/queries/collab.ts';
import { findSamtale } from '#lib/server/queries/samtale.ts';
import { GRACE_MS } from '#lib/domain/samtale/ferdigstilling.ts';
import type { Person, World } from './world.ts';

/** `ms` after the given context. */
export function later(ctx: Ctx, ms: number): Ctx {
	return { ...ctx, now: new Date(ctx.now.getTime() + ms) };
}

/** What the dialog shows and «Bekreft ferdigstilling» gives back. */
export async function shown(ctx: Ctx, samtaleId: string): Promise<Vist> {
	const loaded = await loadDoc(ctx.db, samtaleId);
	const samtale = await findSamtale(ctx.db, samtaleId);
	if (!loaded || !samtale) throw new Error('no such samtale');
	const { headSeq: seq, headHash } = loaded.head;
	const filer = await filerTilSignering(ctx.db, { lisId: samtale.lisId, kobling: { slag: 'samtale', id: samtaleId } });
	return { seq, hash: headHash.toString('hex'), versjon: samtale.versjon, filer: filsum(filer) };
}

/** Begins and confirms, as the veileder does, with the second of grace in between. */
export async function finalize(ctx: Ctx, samtaleId: string): Promise<void> {
	await begynnFerdigstilling(ctx, { samtaleId });
	const then = later(ctx, GRACE_MS + 1);
	await bekreftFerdigstilling(then, { samtaleId, vist: await shown(then, samtaleId) });
}

/** A samtale with words by both, and a snapshot on its second-last row. */
export async function writtenSamtale(
	world: World,
	{ lis, veileder }: { lis: Person; veileder: Person }
): Promise<string> {
	const id = await world.samtale(veileder, lis, {
		dato: '2026-11-24',
		fra: '14:30',
		til: '15:15',
		sted: 'Legekontoret'
	});
	const at = world.now;
	await skrivTekst(world.owner, id, [
		{ userId: lis.id, fragment: 'forberedelse', avsnitt: ['Vil snakke om prioritering.'], at },
		{ userId: veileder.id, fragment: 'referat', avsnitt: ['Gikk gjennom to forløp.', 'Trygg på ABCDE.'], at }
	]);
	const loaded = await loadDoc(world.owner, id);
	if (!loaded) throw new Error('no document');
	await putSnapshot(world.ws, {
		docId: id,
		seq: loaded.head.headSeq,
		epoch: loaded.head.epoch,
		stateV2: Y.encodeStateAsUpdateV2(loaded.doc),
		sv: Y.encodeStateVector(loaded.doc)
	});
	await skrivTekst(world.owner, id, [{ userId: lis.id, fragment: 'referat', avsnitt: ['La stillheten vare.'], at }]);
	return id;
}
