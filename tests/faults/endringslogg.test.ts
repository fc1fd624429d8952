import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { toJson } from '#lib/collab/render.ts';
import { sanitizeDoc } from '#lib/collab/safe-doc.ts';
import { Historikk } from '#lib/server/endringslogg/historikk.ts';
import { appendBatches, type AppendRow } from '#lib/server/queries/collab-append.ts';
import { findCollabDoc } from '#lib/server/queries/collab.ts';
import { hentEndringslogg, hentPost, hentVersjon } from '#lib/server/views/endringslogg.ts';
import { seededRandom, type Random } from '../support/random.ts';
import { replay } from '../support/log-state.ts';
import { World } from '../support/world.ts';

/** S8 at 40,000 changes: two people who type for hours. What takes too long is not answered at all (historikk.ts). */

const ROWS = 40_000;
const BATCH = 500;
/** Between two rows, microseconds: some entries of many rows, and a pause here and there. */
const PAUSES_US = [300_000, 700_000, 2_000_000, 90_000_000];

let world: World;
let historikk: Historikk;

beforeAll(async () => {
	world = await World.create();
	historikk = new Historikk({ databaseUrl: world.url });
});
afterAll(async () => {
	await historikk.close();
	await world.destroy();
});

test('the log of 40,000 changes is listed, opened and read', async () => {
	const { lis, veileder } = await world.cast();
	const id = await world.samtale(veileder, lis);
	const before = (await findCollabDoc(world.owner, id))?.headSeq ?? 0;
	await write(id, [lis.id, veileder.id]);
	const ctx = await world.ctx(lis);

	const told: string[] = [];
	const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
		const start = performance.now();
		const answer = await work();
		told.push(`${what} ${Math.round(performance.now() - start)} ms`);
		return answer;
	};
	const page = (foer: string | null) => hentEndringslogg(ctx, { samtaleId: id, historikk, foer });
	const first = await timed('first page, from nothing', () => page(null));
	await timed('first page, again', () => page(null));
	expect(first.hode).toBe(ROWS + before);
	let posts = first.poster;
	for (let older = first.eldre; older !== null;) {
		const next = await page(older);
		posts = [...posts, ...next.poster];
		older = next.eldre;
	}
	const texts = posts.flatMap((post) => (post.slag === 'tekst' ? [post] : []));
	const newest = texts[0];
	const oldest = texts.at(-1);
	await timed('an entry opened', () =>
		hentPost(ctx, { samtaleId: id, historikk, forsteSeq: newest?.forsteSeq ?? 0, helt: false })
	);
	await timed('the oldest entry', () =>
		hentPost(ctx, { samtaleId: id, historikk, forsteSeq: oldest?.forsteSeq ?? 0, helt: true })
	);
	await timed('the version of half-way', () => hentVersjon(ctx, { samtaleId: id, historikk, seq: ROWS / 2 }));
	const last = await hentVersjon(ctx, { samtaleId: id, historikk, seq: first.hode });
	expect(last.innhold.referat).toEqual(sanitizeDoc(toJson(await replay(world.owner, id), 'referat')).content);
	console.log(`${texts.length} entries; ${told.join(', ')}`);
});

/** Appends as the ws-server does, a turn at a time, what two people type and delete in some paragraphs. */
async function write(id: string, people: string[]): Promise<void> {
	const random = seededRandom(7);
	const ws = world.connect('lisk_ws');
	const head = await findCollabDoc(world.owner, id);
	if (!head) throw new Error('no document');
	const pages = people.map((userId, i) => {
		const doc = new Y.Doc();
		doc.clientID = 100 + i;
		return { userId, doc, sessionId: randomUUID(), connId: randomUUID() };
	});
	const waiting: { from: number; upd: Uint8Array }[] = [];
	pages.forEach(({ doc }, from) =>
		doc.on('update', (upd: Uint8Array, origin: unknown) => origin !== 'remote' && waiting.push({ from, upd }))
	);
	const init = await replay(world.owner, id);
	for (const { doc } of pages) Y.applyUpdate(doc, Y.encodeStateAsUpdate(init), 'remote');
	const seen = new Set<number>();
	let atUs = Date.now() * 1_000;
	for (let done = 0; done < ROWS; done += BATCH) {
		const rows: AppendRow[] = [];
		while (rows.length < BATCH) {
			const page = pages[random.chance(0.5) ? 0 : 1];
			if (page) type(page.doc, random);
			for (const { from, upd } of waiting.splice(0)) {
				const { userId, doc, sessionId, connId } = pages[from] ?? {};
				if (!doc || !userId || !sessionId || !connId) continue;
				const clients = seen.has(doc.clientID) || Y.decodeUpdate(upd).structs.length === 0 ? [] : [doc.clientID];
				for (const client of clients) seen.add(client);
				rows.push({ userId, sessionId, connId, access: head.accessVersion, kind: 'edit', upd, clients });
				pages.forEach((other, i) => i !== from && Y.applyUpdate(other.doc, upd, 'remote'));
			}
		}
		atUs += random.pick(PAUSES_US) ?? 0;
		const [result] = await appendBatches(ws, [{ id, head: head.headSeq + done, epoch: head.epoch, rows }], atUs);
		if (result?.outcome !== 'ok') throw new Error(result?.outcome);
	}
}

function type(doc: Y.Doc, random: Random): void {
	const fragment = doc.getXmlFragment('referat');
	if (fragment.length < 5 || (fragment.length < 60 && random.chance(0.002))) {
		const paragraph = new Y.XmlElement('paragraph');
		paragraph.insert(0, [new Y.XmlText('ord ')]);
		fragment.insert(random.int(0, fragment.length), [paragraph]);
		return;
	}
	const paragraph = fragment.get(random.int(0, fragment.length - 1));
	const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : undefined;
	if (!(text instanceof Y.XmlText)) return;
	const at = random.int(0, text.length);
	if (text.length > 400 || (text.length > 20 && random.chance(0.3)))
		text.delete(Math.max(0, at - 3), Math.min(3, text.length));
	else text.insert(at, random.pick(['a', 'e', 'n', ' ', 'r']) ?? 'a');
}
