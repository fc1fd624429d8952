import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DiffNode } from '#lib/collab/history/difference.ts';
import { toJson } from '#lib/collab/render.ts';
import { ROOTS } from '#lib/collab/schema.ts';
import type { TekstPost } from '#lib/domain/endringslogg/types.ts';
import { settTidOgSted } from '#lib/server/commands/sett-tid-og-sted.ts';
import { gjenopprettVersjon } from '#lib/server/commands/gjenopprett-versjon.ts';
import { Historikk } from '#lib/server/endringslogg/historikk.ts';
import { hentEndringslogg, hentForskjell, hentPost, hentVersjon } from '#lib/server/views/endringslogg.ts';
import type { WsServer } from '../../ws-server/run.ts';
import { faultsOfLog, replay } from '../support/log-state.ts';
import { Client, startWsServer, until } from '../support/realtime.ts';
import { World } from '../support/world.ts';

/** The endringslogg from stock clients through the real ws-server to what the pages get. */

const NUMMER = '01017000027';

let world: World;
let server: WsServer;
let historikk: Historikk;
let people: Awaited<ReturnType<World['cast']>>;

beforeAll(async () => {
	world = await World.create();
	people = await world.cast();
	server = await startWsServer(world.url);
	historikk = new Historikk({ databaseUrl: world.url });
});
afterAll(async () => {
	await historikk.close();
	await server.stop();
	await world.destroy();
});

type Person = (typeof people)['lis'];

async function client(person: Person, samtaleId: string): Promise<Client> {
	const joined = new Client(server.port, samtaleId, await world.login(person), { params: { lagret: '1' } });
	await joined.synced();
	return joined;
}

/** Two people who have written a paragraph each, and what their pages are given. */
async function samtale() {
	const { lis, veileder } = people;
	const id = await world.samtale(veileder, lis);
	const [a, b] = [await client(lis, id), await client(veileder, id)];
	a.write('Kari skrev dette om vakter');
	await a.committed();
	b.write('Ola svarte kort');
	await b.committed();
	await until(() => a.text() === b.text());
	const ctx = await world.ctx(lis);
	const list = () => hentEndringslogg(ctx, { samtaleId: id, historikk, foer: null });
	const stop = () => [a, b].forEach((each) => each.destroy());
	return { id, a, b, ctx, list, stop };
}

function words(nodes: readonly DiffNode[] | undefined): string[] {
	return (nodes ?? []).flatMap((node) => {
		if (node.type === 'unchanged') return [];
		if ('content' in node) return words(node.content);
		return node.type === 'text' ? [`${node.status}:${node.text}`] : [];
	});
}

const tekster = (poster: { slag: string }[]) => poster.filter((post): post is TekstPost => post.slag === 'tekst');

describe('the list', () => {
	test('says who wrote what, beside what became of date and status, the newest first', async () => {
		const { id, list, stop } = await samtale();
		await settTidOgSted(await world.ctx(people.veileder), {
			...{ samtaleId: id, versjon: 1, dato: '2026-12-10', fra: null, til: null },
			sted: `Rom ${NUMMER}`
		});
		const { poster, hode, eldre, abilities } = await list();
		expect(poster.flatMap((post) => (post.slag === 'hendelse' ? [post.hendelse] : [])).toSorted()).toEqual([
			'aktiv',
			'flyttet',
			'opprettet'
		]);
		expect(tekster(poster).map(({ lagtTil }) => lagtTil)).toEqual([
			{ ord: 3, utdrag: 'Ola svarte kort' },
			{ ord: 5, utdrag: 'Kari skrev dette om vakter' }
		]);
		expect(tekster(poster).map(({ av, deler, sted }) => [av.navn, deler, sted])).toEqual([
			[people.veileder.navn, ['referat'], 'Ola svarte kort'],
			[people.lis.navn, ['referat'], 'Kari skrev dette om vakter']
		]);
		expect(JSON.stringify(poster)).not.toContain(NUMMER);
		expect({ hode, eldre, abilities }).toEqual({ hode: 3, eldre: null, abilities: { gjenopprett: true } });
		stop();
	});

	test('is for those who take part, and for nobody else', async () => {
		const { id, stop } = await samtale();
		const { veileder, leder, supervisor, hdir, drift, annenLis, annenVeileder } = people;
		const asks = async (person: Person) => {
			const ctx = await world.ctx(person);
			return Promise.allSettled([
				hentEndringslogg(ctx, { samtaleId: id, historikk, foer: null }),
				hentPost(ctx, { samtaleId: id, historikk, forsteSeq: 2, helt: false }),
				hentForskjell(ctx, { samtaleId: id, historikk, fra: 0, til: 3, helt: false }),
				hentVersjon(ctx, { samtaleId: id, historikk, seq: 3 }),
				gjenopprettVersjon(ctx, { samtaleId: id, seq: 2, historikk })
			]);
		};
		for (const person of [leder, supervisor, hdir, drift, annenLis, annenVeileder])
			for (const answer of await asks(person)) expect(answer).toMatchObject({ reason: { code: 'not_found' } });
		for (const answer of await asks(veileder)) expect(answer.status).toBe('fulfilled');
		stop();
	});
});

test('an opened entry shows what it added and removed, and whose words were only moved', async () => {
	const { id, a, b, ctx, list, stop } = await samtale();
	// Splits Kari's paragraph, as the editor writes it: the tail is deleted, and put in anew.
	const tail = ' om vakter';
	b.doc.transact(() => {
		b.firstText().delete(16, tail.length);
		b.write(tail);
	});
	await b.committed();
	const { poster } = await list();
	const [split] = tekster(poster);
	expect(split).toMatchObject({
		av: { navn: people.veileder.navn },
		lagtTil: { ord: 3 },
		fjernet: null,
		flyttet: true
	});
	const opened = await hentPost(ctx, { samtaleId: id, historikk, forsteSeq: split?.forsteSeq ?? 0, helt: true });
	expect(words(opened.deler.referat)).toEqual(['same:Kari skrev dette', 'added:Ola svarte kort', `same:${tail}`]);
	expect(opened.deler.referat?.[2]).toMatchObject({
		touch: 'moved',
		by: people.veileder.id,
		content: [{ author: people.lis.id, touch: 'moved', by: people.veileder.id }]
	});
	expect(opened.folk.map(({ navn }) => navn).toSorted()).toEqual([people.lis.navn, people.veileder.navn].toSorted());
	await until(() => a.text() === b.text());
	stop();
});

test('gjenopprett brings back a version as a new change; the pages of both follow', async () => {
	const { id, a, b, ctx, list, stop } = await samtale();
	const before = toJson(a.doc, 'referat');
	b.doc.transact(() => b.fragment().delete(0, 2));
	b.write('Alt er nytt');
	await b.committed();
	await gjenopprettVersjon(ctx, { samtaleId: id, seq: 3, historikk });
	await until(() => [a, b].every(({ doc }) => JSON.stringify(toJson(doc, 'referat')) === JSON.stringify(before)));
	const { poster } = await list();
	const entry = tekster(poster).find(({ gjenopprettet }) => gjenopprettet === 3);
	expect(entry).toMatchObject({ av: { navn: people.lis.navn }, lagtTil: { ord: 8 }, fjernet: { ord: 3 } });
	const { deler } = await hentPost(ctx, { samtaleId: id, historikk, forsteSeq: entry?.forsteSeq ?? 0, helt: true });
	expect(words(deler.referat).toSorted()).toEqual([
		'added:Kari skrev dette om vakter',
		'added:Ola svarte kort',
		'removed:Alt er nytt'
	]);
	expect(await faultsOfLog(world.owner, id)).toEqual([]);
	await expect(gjenopprettVersjon(ctx, { samtaleId: id, seq: 3, historikk })).rejects.toMatchObject({
		detail: { reason: 'endringslogg_konflikt_samme' }
	});
	a.write('og videre');
	await a.committed();
	stop();
});

test('a version reads as the log up to it', async () => {
	const { id, ctx, stop } = await samtale();
	const doc = await replay(world.owner, id);
	const { innhold } = await hentVersjon(ctx, { samtaleId: id, historikk, seq: 3 });
	for (const part of ROOTS)
		expect(innhold[part].map((node) => ('content' in node ? node.content : []))).toMatchObject(
			toJson(doc, part).content.map((node) => (node as { content: unknown[] }).content)
		);
	await expect(hentVersjon(ctx, { samtaleId: id, historikk, seq: 99 })).rejects.toMatchObject({ code: 'not_found' });
	stop();
});

test('an answer that takes too long is given up, and the next question gets a new thread', async () => {
	const { id, ctx, stop } = await samtale();
	const impatient = new Historikk({ databaseUrl: world.url, limitMs: 0 });
	await expect(hentVersjon(ctx, { samtaleId: id, historikk: impatient, seq: 1 })).rejects.toMatchObject({
		code: 'unavailable',
		detail: { reason: 'endringslogg_feil_for_tung' }
	});
	await impatient.close();
	expect(await hentVersjon(ctx, { samtaleId: id, historikk, seq: 1 })).toMatchObject({ seq: 1, av: null });
	stop();
});
