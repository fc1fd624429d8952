import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { AppError } from '#lib/domain/feil.ts';
import { GRACE_MS } from '#lib/domain/samtale/ferdigstilling.ts';
import { loadDoc } from '#lib/server/collab-state.ts';
import { avlysSamtale } from '#lib/server/commands/avlys-samtale.ts';
import {
	avbrytFerdigstilling,
	begynnFerdigstilling,
	bekreftFerdigstilling
} from '#lib/server/commands/ferdigstill-samtale.ts';
import { settTidOgSted } from '#lib/server/commands/sett-tid-og-sted.ts';
import type { Db } from '#lib/server/db/pool.ts';
import { appendBatches } from '#lib/server/queries/collab-append.ts';
import { findCollabDoc, findFinal, lapseClosing } from '#lib/server/queries/collab.ts';
import { findSamtale } from '#lib/server/queries/samtale.ts';
import { verifyAll } from '#lib/server/verify/index.ts';
import { later, shown, writtenSamtale } from '../support/finished.ts';
import { World } from '../support/world.ts';

/** R05. The long run has its own command; both race the same things. */
const ROUNDS = Number(process.env['RACE_ROUNDS'] ?? 60);

let world: World;
let ws: Db;
let cast: Awaited<ReturnType<World['cast']>>;

beforeAll(async () => {
	// An hour ago, so that a ferdigstilling can have begun before now.
	world = await World.create({ now: new Date(Date.now() - 3_600_000) });
	ws = world.ws;
	cast = await world.cast();
});
afterAll(() => world.destroy());

/** One more word by the LIS, as a ws-server would append it; the outcome, or `nothing` when the document is not there to read. */
async function append(id: string, at: Date): Promise<string> {
	const loaded = await loadDoc(ws, id);
	if (!loaded) return 'nothing';
	const client = new Y.Doc();
	Y.applyUpdate(client, Y.encodeStateAsUpdate(loaded.doc));
	const before = Y.encodeStateVector(client);
	client.getXmlFragment('referat').push([new Y.XmlElement('paragraph')]);
	const row = {
		userId: cast.lis.id,
		sessionId: randomUUID(),
		connId: randomUUID(),
		access: loaded.head.accessVersion,
		kind: 'edit' as const,
		upd: Y.encodeStateAsUpdate(client, before),
		clients: [client.clientID]
	};
	const { headSeq, epoch } = loaded.head;
	const [answer] = await appendBatches(ws, [{ id, head: headSeq, epoch, rows: [row] }], at.getTime() * 1000);
	return answer?.outcome ?? 'nothing';
}

/** This document, if it lapsed; those of earlier rounds lapse with it. */
async function lapsed(id: string, now: Date): Promise<string[]> {
	return (await lapseClosing(ws, now)).filter((each) => each === id);
}

/** `ok`, or the reason why not; anything but a conflict is a fault. */
async function outcome(work: Promise<unknown>): Promise<string> {
	try {
		await work;
		return 'ok';
	} catch (error) {
		if (error instanceof AppError && error.code === 'conflict') return 'conflict';
		throw error;
	}
}

test(
	`${ROUNDS} races: exactly one final or a conflict with nothing changed, and no row after final`,
	{ timeout: 1_800_000 },
	async () => {
		const seen = new Map<string, number>();
		for (let round = 0; round < ROUNDS; round++) {
			const id = await writtenSamtale(world, cast);
			// Real time, since the database judges the grace by its own clock too; begun so long ago that the grace has passed.
			const begun = {
				...(await world.ctx(cast.veileder)),
				now: new Date(Date.now() - GRACE_MS - (round % 3 === 0 ? -900 : 100))
			};
			await begynnFerdigstilling(begun, { samtaleId: id });
			const ctx = later(begun, GRACE_MS + 50);
			const vist = await shown(ctx, id);
			const [first, second, edit, cancel, lapse, avlys, flytt] = await Promise.all([
				outcome(bekreftFerdigstilling(ctx, { samtaleId: id, vist })),
				outcome(bekreftFerdigstilling(ctx, { samtaleId: id, vist })),
				append(id, new Date()),
				round % 4 === 1 ? outcome(avbrytFerdigstilling(ctx, { samtaleId: id })) : 'none',
				round % 4 === 2 ? lapsed(id, later(begun, 11 * 60_000).now) : [],
				round % 4 === 3 ? outcome(avlysSamtale(ctx, { samtaleId: id, grunn: 'Sykdom' })) : 'none',
				round % 5 === 0
					? outcome(
							settTidOgSted(ctx, { samtaleId: id, versjon: vist.versjon, dato: null, fra: null, til: null, sted: null })
						)
					: 'none'
			]);
			const final = await findFinal(world.web, id);
			const doc = await findCollabDoc(world.web, id);
			const samtale = await findSamtale(world.web, id);
			const confirmed = [first, second].filter((answer) => answer === 'ok').length;
			expect(confirmed).toBe(final ? 1 : 0);
			expect(samtale?.status === 'ferdigstilt').toBe(final !== undefined);
			expect(doc?.state === 'final').toBe(final !== undefined);
			if (final) {
				expect(final.seq).toBe(doc?.headSeq);
				expect(edit).not.toBe('ok');
				expect([cancel, avlys, flytt]).not.toContain('ok');
				expect(lapse).toEqual([]);
				expect(await append(id, new Date())).toBe('closed');
			}
			const key = final
				? 'final'
				: [
						edit === 'ok' && 'edit',
						cancel === 'ok' && 'cancel',
						lapse.length > 0 && 'lapse',
						avlys === 'ok' && 'avlys',
						flytt === 'ok' && 'flytt'
					]
						.filter(Boolean)
						.join('+');
			seen.set(key || 'nobody', (seen.get(key || 'nobody') ?? 0) + 1);
		}
		expect((await verifyAll(world.web)).faults).toEqual([]);
		// Every side must have won now and then, or this was no race.
		expect(seen.get('final')).toBeGreaterThan(0);
		expect(seen.size).toBeGreaterThan(1);
		expect(seen.has('nobody')).toBe(false);
	}
);
