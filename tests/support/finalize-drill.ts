import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { CLOSE } from '#lib/collab/close-codes.ts';
import {
	avbrytFerdigstilling,
	begynnFerdigstilling,
	bekreftFerdigstilling
} from '#lib/server/commands/ferdigstill-samtale.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { findCollabDoc, findFinal } from '#lib/server/queries/collab.ts';
import { startBalancer } from './balancer.ts';
import { playRounds, type DrillOptions, type DrillReport, type Outcome, type Round } from './drill-rounds.ts';
import { shown } from './finished.ts';
import { type } from './kill-drill.ts';
import { faultsOfLog, replay } from './log-state.ts';
import { missingRejects } from './model/rejects.ts';
import { outcome } from './outcome.ts';
import { until } from './realtime.ts';
import { Listener } from './samtale-room.ts';
import { Servers } from './servers.ts';
import type { World } from './world.ts';

const NODES = 2;
/** «Ferdigstill» was pressed up to this long ago: often so that the second of grace is over at once. Milliseconds. */
const BEGUN_AGO_MS = 1_200;
/** After the ferdigstilling nobody can write for longer than this. Milliseconds. */
const READ_ONLY_MS = 1_000;

type Race = Round & { world: World; servers: Servers };

/**
 * R05: two people type through two nodes while the veileder finalizes, from two windows at once, and sometimes cancels. One final or
 * none; what was acknowledged is in it, nothing comes after it; all are read-only at once; what came too late is kept for its author.
 */
export async function drillFinalize(world: World, options: DrillOptions): Promise<DrillReport> {
	const servers = await Servers.start(world.url, NODES);
	const balancer = await startBalancer(servers.ports);
	try {
		return await playRounds(world, options, {
			port: () => balancer.port,
			roundsPerDocument: 1,
			strike: (round) => race({ ...round, world, servers })
		});
	} finally {
		await balancer.stop();
		await servers.stop();
	}
}

async function race({ world, servers, room, pair, random }: Race): Promise<Outcome> {
	const { docId, typists } = room;
	const readers = servers.ports.map(
		(port) => new Listener(port, docId, pair.tokens.veileder, { params: { lagret: '1', epoke: '1' } })
	);
	await Promise.all(readers.map((reader) => reader.synced()));
	await type(room, random);
	const faults = await finalizeAtLast(await world.ctx(pair.veileder), docId, () => random.int(0, BEGUN_AGO_MS));
	const start = performance.now();
	await until(() => readers.every(({ states }) => states.at(-1) === 'final'));
	await until(() => typists.every(({ refusedWith }) => refusedWith !== undefined));
	const ms = performance.now() - start;
	if (ms > READ_ONLY_MS) faults.push(`read-only after ${Math.round(ms)} ms`);
	await room.stop();
	for (const typist of typists) {
		typist.harvest();
		if (typist.refusedWith !== CLOSE.final) faults.push(`closed with ${typist.refusedWith}`);
	}
	for (const { provider } of readers) if (!provider.wsconnected) faults.push('a reader was closed');
	for (const reader of readers) reader.destroy();
	return { ms, faults: [...faults, ...(await faultsOfFinal({ world, room, pair }))] };
}

/** Presses until it is final. Every try but the last must have left nothing behind. */
async function finalizeAtLast(ctx: Ctx, docId: string, agoMs: () => number): Promise<string[]> {
	const at = (ms: number): Ctx => ({ ...ctx, now: new Date(ms), requestId: randomUUID() });
	const faults: string[] = [];
	for (let tries = 1; ; tries++) {
		const state = (await findCollabDoc(ctx.db, docId))?.state;
		if (state === 'open') await begynnFerdigstilling(at(Date.now() - agoMs()), { samtaleId: docId });
		const vist = await shown(ctx, docId);
		const confirm = () => outcome(bekreftFerdigstilling(at(Date.now()), { samtaleId: docId, vist }));
		const cancel = () => (tries % 3 === 1 ? outcome(avbrytFerdigstilling(at(Date.now()), { samtaleId: docId })) : '');
		const [first, second] = await Promise.all([confirm(), confirm(), cancel()]);
		const final = await findFinal(ctx.db, docId);
		const won = [first, second].filter((answer) => answer === 'ok').length;
		if (won !== (final ? 1 : 0)) faults.push(`confirmed with ${first} and ${second}, frozen: ${final !== undefined}`);
		if (final) return faults;
		await delay(20);
	}
}

async function faultsOfFinal({ world, room, pair }: Pick<Race, 'world' | 'room' | 'pair'>): Promise<string[]> {
	const db = world.owner;
	const { docId, ledger, typists } = room;
	// What was refused is written down after its author is told.
	await until(async () => (await missingRejects(db, docId, pair, typists)).length === 0);
	const final = await findFinal(db, docId);
	const head = await findCollabDoc(db, docId);
	const log = await replay(db, docId);
	return [
		...ledger.faults(log),
		...(await faultsOfLog(db, docId)),
		...(final?.seq === head?.headSeq ? [] : [`frozen at row ${final?.seq}, the log ends at ${head?.headSeq}`])
	];
}
