import { describe, expect, it } from 'vitest';
import type { Connection } from './connection.ts';
import { Presence } from './presence.ts';

const connection = (brukerId: string, closed = false) =>
	({ closed, userId: brukerId, rights: { actor: { brukerId, navn: `Navn ${brukerId}`, farge: 3 } } }) as Connection;
const user = (id: string) => ({ id, navn: `Navn ${id}`, name: `Navn ${id}`, farge: 3 });
const entry = (clock: number, state: Record<string, unknown> | null = {}) => ({ clientId: 1, clock, state });

describe('Presence', () => {
	it('tells the session’s name, a cursor of reasonable size, and never the clock 0, which clients take no notice of', () => {
		const presence = new Presence();
		const conn = connection('a');
		const news = { clientId: 1, clock: 1, state: { user: user('a') } };
		expect(presence.note(conn, entry(0, { user: { name: 'En annen' } }), 0)).toEqual(news);
		// Nor is more than that told to whoever joins, or to another node: of the connection least of all.
		expect([presence.all(), presence.own()]).toEqual([[news], [news]]);
		const cursor = { anchor: { x: 1 }, head: { x: 2 } };
		expect(presence.note(conn, entry(2, { cursor }), 0)?.state).toEqual({ user: user('a'), cursor });
		const large = { anchor: { x: 'y'.repeat(2_000) }, head: {} };
		expect(presence.note(conn, entry(3, { cursor: large }), 0)?.state).toEqual({ user: user('a') });
	});

	it('who has gone and comes back is told with a higher clock, whatever the client counts', () => {
		const presence = new Presence();
		const first = connection('a');
		presence.note(first, entry(4), 0);
		const [gone] = presence.leave(first);
		expect(gone).toEqual({ clientId: 1, clock: 5, state: null });
		expect(presence.note(connection('a'), entry(4), 0)?.clock).toBe(6);
	});

	it('news after coming back are told too, though the client still counts lower', () => {
		const presence = new Presence();
		const first = connection('a');
		presence.note(first, entry(4), 0);
		presence.leave(first);
		const again = connection('a');
		const clocks = [4, 5, 6].map((clock) => presence.note(again, entry(clock), 0)?.clock);
		expect(clocks).toEqual([6, 7, 8]);
		expect(presence.note(again, entry(5), 0)).toBeUndefined();
	});

	it('another node’s word is taken for those who are there, and not for those who are here', () => {
		const presence = new Presence();
		const there = { clientId: 1, clock: 3, state: { user: user('b') } };
		expect(presence.hear('node', there, 0)).toEqual(expect.objectContaining(there));
		expect(presence.hear('node', there, 0)).toBeUndefined();
		expect(presence.isTaken(1, connection('a'))).toBe(true);
		expect(presence.own()).toEqual([]);
		const conn = connection('b');
		const here = presence.note(conn, entry(0), 0);
		expect(here?.clock).toBe(4);
		expect(presence.hear('node', { clientId: 1, clock: 9, state: null }, 0)).toBeUndefined();
		expect(presence.all()).toHaveLength(1);
		expect(presence.leave('node')).toEqual([]);
	});

	it('those of a node that has gone, or who are not heard of, are gone', () => {
		const presence = new Presence();
		presence.hear('one', { clientId: 1, clock: 3, state: { user: user('b') } }, 10);
		presence.hear('two', { clientId: 2, clock: 3, state: { user: user('c') } }, 20);
		expect(presence.forgetSilent(15).map(({ clientId, state }) => [clientId, state])).toEqual([[1, null]]);
		expect(presence.leave('two')).toEqual([{ clientId: 2, clock: 4, state: null }]);
		expect(presence.all()).toEqual([]);
	});
});
