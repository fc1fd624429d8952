import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { SCHEMA_FINGERPRINT } from '#lib/collab/fingerprint.ts';
import { MESSAGE, readOurs, type DocState } from '#lib/collab/messages.ts';
import {
	avbrytFerdigstilling,
	begynnFerdigstilling,
	bekreftFerdigstilling
} from '#lib/server/commands/ferdigstill-samtale.ts';
import { CLOSING_MS, GRACE_MS } from '#lib/domain/samtale/ferdigstilling.ts';
import { findFinal } from '#lib/server/queries/collab.ts';
import { verifyAll } from '#lib/server/verify/index.ts';
import { shown } from '../support/finished.ts';
import { rendered, replay } from '../support/log-state.ts';
import { Client, RawClient, startWsServer, until } from '../support/realtime.ts';
import { World, type Person } from '../support/world.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import type { WsServer } from '../../ws-server/run.ts';

let world: World;
let server: WsServer;
let cast: Awaited<ReturnType<World['cast']>>;
const clients: Client[] = [];

beforeAll(async () => {
	// An hour ago, so that a ferdigstilling can have begun before now.
	world = await World.create({ now: new Date(Date.now() - 3_600_000) });
	cast = await world.cast();
	server = await startWsServer(world.url);
});
afterEach(() => {
	for (const client of clients.splice(0)) client.destroy();
});
afterAll(async () => {
	await server.stop();
	await world.destroy();
});

/** Ours, with the states that it is told. */
async function join(person: Person, id: string): Promise<Client & { states: DocState[] }> {
	const client = Object.assign(
		new Client(server.port, id, await world.login(person), {
			params: { lagret: '1', epoke: '1', skjema: SCHEMA_FINGERPRINT }
		}),
		{
			states: [] as DocState[]
		}
	);
	const handle = client.provider.messageHandlers[MESSAGE.ours];
	client.provider.messageHandlers[MESSAGE.ours] = (encoder, decoder, ...rest) => {
		const at = decoder.pos;
		const message = readOurs(decoder);
		if (message?.kind === 'tilstand') client.states.push(message.state);
		decoder.pos = at;
		handle?.(encoder, decoder, ...rest);
	};
	clients.push(client);
	await client.synced();
	return client;
}

async function two() {
	const id = await world.samtale(cast.veileder, cast.lis);
	const [lis, veileder] = [await join(cast.lis, id), await join(cast.veileder, id)];
	lis.write('Det vi snakket om.');
	await lis.committed();
	return { id, lis, veileder };
}

/** The veileder's context at the real time now: the grace is measured by it. */
async function ctxNow(): Promise<Ctx> {
	return { ...(await world.ctx(cast.veileder)), now: new Date() };
}

/** The commands take time as given: a moment after the grace, without waiting for it. */
const afterGrace = (ctx: Ctx): Ctx => ({ ...ctx, now: new Date(ctx.now.getTime() + GRACE_MS + 50) });
const rejects = (id: string) =>
	world.owner.selectFrom('collab_reject').select(['user_id', 'reason']).where('doc_id', '=', id).execute();

describe('ferdigstilling with people in the room', () => {
	test('both are told each time; what is typed too late goes to its author; stock clients and old tabs change nothing', async () => {
		const { id, lis, veileder } = await two();
		const ctx = await ctxNow();
		await begynnFerdigstilling(ctx, { samtaleId: id });
		await until(() => lis.states.includes('closing') && veileder.states.includes('closing'));
		// The grace is real time: only after it is the document held.
		await until(() => Date.now() > ctx.now.getTime() + GRACE_MS + 100);
		lis.write('For sent.');
		const closed = lis.closed();
		const vist = await shown(ctx, id);
		await bekreftFerdigstilling({ ...ctx, now: new Date() }, { samtaleId: id, vist });
		await until(() => veileder.states.includes('final'));
		expect(await closed).toBe(4423);
		await until(async () => (await rejects(id)).length === 1);
		expect(await rejects(id)).toEqual([{ user_id: cast.lis.id, reason: '4423' }]);
		expect(veileder.provider.wsconnected).toBe(true);

		const final = await findFinal(world.web, id);
		expect(final?.json).toContain('Det vi snakket om.');
		expect(final?.json).not.toContain('For sent');

		// A stock client: reads, answers SyncStep1 without a delta, and is closed when it writes.
		const stock = new Client(server.port, id, await world.login(cast.lis));
		clients.push(stock);
		await stock.synced();
		expect(stock.text()).not.toContain('For sent');
		const raw = await RawClient.open(server.port, id, await world.login(cast.veileder));
		raw.sync(1, Y.encodeStateAsUpdate(stock.doc));
		raw.sync(0, Y.encodeStateVector(new Y.Doc()));
		await until(() => raw.updates().length > 0);
		expect(raw.ws.readyState).toBe(raw.ws.OPEN);
		raw.ws.close();
		const stockClosed = stock.closed();
		stock.write('Jeg også.');
		expect(await stockClosed).toBe(4423);
		expect(await findFinal(world.web, id)).toEqual(final);
		expect((await verifyAll(world.web)).faults).toEqual([]);
	});

	test('cancelled: what was held is applied, and everybody writes on', async () => {
		const { id, lis, veileder } = await two();
		const ctx = await ctxNow();
		await begynnFerdigstilling(ctx, { samtaleId: id });
		await until(() => lis.states.includes('closing'));
		await until(() => Date.now() > ctx.now.getTime() + GRACE_MS + 100);
		lis.write('Holdt tilbake.');
		const joiner = await join(cast.veileder, id);
		expect(joiner.text()).not.toContain('Holdt');
		await avbrytFerdigstilling({ ...ctx, now: new Date() }, { samtaleId: id });
		await lis.committed();
		await until(() => veileder.text().includes('Holdt tilbake.') && joiner.text().includes('Holdt tilbake.'));
		expect(lis.states.at(-1)).toBe('open');
		expect(await rejects(id)).toEqual([]);
	});

	test('lapsed: after ten minutes it is open again by itself, with an event', async () => {
		const { id, lis } = await two();
		const ctx = { ...(await ctxNow()), now: new Date(Date.now() - CLOSING_MS - 1000) };
		await begynnFerdigstilling(ctx, { samtaleId: id });
		await until(() => lis.states.includes('closing') || server.rooms.get(id)?.head?.state === 'open');
		lis.write('Etter utløpet.');
		await lis.committed();
		const events = await world.owner
			.selectFrom('hendelse')
			.select('type')
			.where('objekt_id', '=', id)
			.orderBy('id')
			.execute();
		expect(events.map(({ type }) => type)).toEqual([
			'samtale.opprettet',
			'samtale.aktiv',
			'samtale.ferdigstilling-begynt',
			'samtale.ferdigstilling-utlopt'
		]);
	});
});

describe('who may', () => {
	test.each(['lis', 'leder', 'supervisor', 'hdir', 'drift', 'annenLis', 'annenVeileder'] as const)(
		'%s has no Ferdigstill by any command',
		async (who) => {
			const { id } = await two();
			const ctx = await world.ctx(cast[who]);
			await expect(begynnFerdigstilling(ctx, { samtaleId: id })).rejects.toThrow(/not_found|forbidden/);
			await begynnFerdigstilling(await ctxNow(), { samtaleId: id });
			const vist = await shown(ctx, id);
			await expect(
				bekreftFerdigstilling(afterGrace({ ...ctx, now: new Date() }), { samtaleId: id, vist })
			).rejects.toThrow(/not_found|forbidden/);
			await expect(avbrytFerdigstilling(ctx, { samtaleId: id })).rejects.toThrow(/not_found|forbidden/);
			expect(await findFinal(world.web, id)).toBeUndefined();
		}
	);

	test('nothing written: nothing to finish; confirmed without having begun, before the grace has passed, or with another hash: a conflict', async () => {
		const empty = await world.samtale(cast.veileder, cast.lis);
		await expect(begynnFerdigstilling(await ctxNow(), { samtaleId: empty })).rejects.toThrow('samtale_konflikt_tom');
		const { id } = await two();
		const ctx = await ctxNow();
		const vist = await shown(ctx, id);
		await expect(bekreftFerdigstilling(ctx, { samtaleId: id, vist })).rejects.toThrow('conflict');
		await begynnFerdigstilling(ctx, { samtaleId: id });
		await expect(begynnFerdigstilling(ctx, { samtaleId: id })).rejects.toThrow('conflict');
		await expect(bekreftFerdigstilling(ctx, { samtaleId: id, vist })).rejects.toThrow('conflict');
		const wrong = { ...vist, hash: vist.hash.replace(/^./, (c) => (c === '0' ? '1' : '0')) };
		await expect(bekreftFerdigstilling(afterGrace(ctx), { samtaleId: id, vist: wrong })).rejects.toThrow('conflict');
		await expect(
			bekreftFerdigstilling(afterGrace(ctx), { samtaleId: id, vist: { ...vist, versjon: 99 } })
		).rejects.toThrow('conflict');
		expect(await findFinal(world.web, id)).toBeUndefined();
		await bekreftFerdigstilling(afterGrace(ctx), { samtaleId: id, vist });
		expect(rendered(await replay(world.owner, id))).toContain('Det vi snakket om.');
		await expect(bekreftFerdigstilling(afterGrace(ctx), { samtaleId: id, vist })).rejects.toThrow('conflict');
	});
});
