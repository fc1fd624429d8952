import * as Y from 'yjs';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/collab/limits.ts';
import { DocMeter } from './meter.ts';
import { applyAsRoom, judge, serverDoc } from './test-support.ts';

/** A client that is always in step with the room, and the room's side of it. */
function room() {
	const server = serverDoc();
	const meter = new DocMeter(server);
	const client = new Y.Doc();
	const referat = client.getXmlFragment('referat');
	const write = (change: () => void) => {
		const state = Y.encodeStateVector(client);
		client.transact(change);
		const update = Y.encodeStateAsUpdate(client, state);
		const verdict = judge(server, update, meter);
		if (verdict.ok) meter.note(applyAsRoom(server, update)?.length ?? 0, verdict.newNodes);
		return verdict;
	};
	return { referat, write, server, meter };
}

const paragraphs = (count: number) => Array.from({ length: count }, () => new Y.XmlElement('paragraph'));

describe('the size of a document', () => {
	it(`has room for ${LIMITS.nodes} nodes alive, and deleted ones make room again`, { timeout: 60_000 }, () => {
		const { referat, write } = room();
		for (let i = 0; i < 4; i++) expect(write(() => referat.push(paragraphs(5000)))).toMatchObject({ ok: true });
		expect(write(() => referat.delete(0, 100))).toMatchObject({ ok: true, deleteOnly: true });
		expect(write(() => referat.push(paragraphs(100)))).toMatchObject({ ok: true, newNodes: 100 });
		expect(write(() => referat.push(paragraphs(1)))).toMatchObject({ ok: false, fault: 'tooMany' });
	});

	it('has room for 2 MiB, deleted text included; a full one can still be deleted from', { timeout: 60_000 }, () => {
		const { referat, write, server } = room();
		const text = new Y.XmlText();
		write(() => referat.push([text]));
		let verdict = write(() => text.insert(0, 'x'.repeat(60_000)));
		for (let i = 0; verdict.ok && i < 40; i++) verdict = write(() => text.insert(0, 'x'.repeat(60_000)));
		expect(verdict).toMatchObject({ ok: false, fault: 'tooLarge' });
		const bytes = Y.encodeStateAsUpdate(server).length;
		expect(bytes).toBeLessThanOrEqual(LIMITS.documentBytes);
		expect(bytes).toBeGreaterThan(LIMITS.documentBytes - 64_000);
		const reader = new Y.Doc();
		Y.applyUpdate(reader, Y.encodeStateAsUpdate(server));
		const state = Y.encodeStateVector(reader);
		(reader.getXmlFragment('referat').get(0) as Y.XmlText).delete(0, 50_000);
		expect(judge(server, Y.encodeStateAsUpdate(reader, state))).toMatchObject({ ok: true, deleteOnly: true });
	});

	it('is measured anew only when a bound is passed, so delete sets that come again do not fill it', () => {
		const { referat, write, server, meter } = room();
		write(() => referat.push(paragraphs(10)));
		const again = Y.encodeStateAsUpdate(server);
		for (let i = 0; i < 100; i++) meter.note(30_000, 0);
		expect(judge(server, again, meter)).toMatchObject({ ok: true, noop: true });
		expect(write(() => referat.push(paragraphs(1)))).toMatchObject({ ok: true });
	});
});
