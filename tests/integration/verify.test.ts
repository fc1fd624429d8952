import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyAll } from '#lib/server/verify/index.ts';
import { finalize, writtenSamtale } from '../support/finished.ts';
import { World } from '../support/world.ts';

let world: World;
let open: string;
let final: string;

beforeAll(async () => {
	world = await World.create();
	const cast = await world.cast();
	open = await writtenSamtale(world, cast);
	final = await writtenSamtale(world, cast);
	await finalize(await world.ctx(cast.veileder), final);
});
afterAll(() => world.destroy());

/** What a superuser can do who switches the triggers off; undone afterwards by the opposite statement. */
async function tamper(statement: string): Promise<number> {
	return world.owner.connection().execute(async (db) => {
		await sql`set session_replication_role = replica`.execute(db);
		const { numAffectedRows } = await sql.raw(statement).execute(db);
		await sql`set session_replication_role = origin`.execute(db);
		return Number(numAffectedRows ?? 0n);
	});
}

test('an untouched database holds', async () => {
	const report = await verifyAll(world.web);
	expect(report).toEqual({ documents: 2, rows: 8, finals: 1, signed: 0, approved: 0, files: 0, faults: [] });
});

describe('one changed byte is found', () => {
	const flip = (column: string, at = 0) => `set_byte(${column}, ${at}, get_byte(${column}, ${at}) # 1)`;
	/** Table, column, what it becomes, what undoes it. Flips undo themselves. */
	const changes: [table: string, column: string, to: string, back?: string][] = [
		['collab_update', 'upd', flip('upd', 1)],
		['collab_update', 'upd_sha256', flip('upd_sha256')],
		['collab_update', 'hash', flip('hash', 31)],
		['collab_update', 'at_us', 'at_us + 1', 'at_us - 1'],
		['collab_update', 'epoch', 'epoch + 1', 'epoch - 1'],
		['collab_update', 'kind', `'normalise'`, `'edit'`],
		['collab_update', 'seq', 'seq + 100', 'seq - 100'],
		['collab_doc', 'head_hash', flip('head_hash')],
		['collab_doc', 'head_seq', 'head_seq - 1', 'head_seq + 1'],
		['collab_doc', 'epoch', 'epoch + 1', 'epoch - 1'],
		['collab_snapshot', 'state_v2', flip('state_v2', 5)],
		['collab_snapshot', 'state_sha256', flip('state_sha256')],
		['collab_snapshot', 'head_hash', flip('head_hash')],
		['collab_snapshot', 'sv', flip('sv', 1)],
		['collab_snapshot', 'seq', 'seq - 1', 'seq + 1'],
		['collab_final', 'json', `replace(json, 'ABCDE', 'ABCDF')`, `replace(json, 'ABCDF', 'ABCDE')`],
		['collab_final', 'chain_hash', flip('chain_hash')],
		['collab_final', 'at_us', 'at_us + 1', 'at_us - 1'],
		['collab_final', 'epoch', 'epoch + 1', 'epoch - 1']
	];

	test.each(changes)('%s.%s', async (table, column, to, back) => {
		const key = table === 'collab_doc' ? 'id' : 'doc_id';
		const row = table === 'collab_update' ? (back?.startsWith('seq') ? ' and seq in (3, 103)' : ' and seq = 3') : '';
		const set = (value: string) => `update ${table} set ${column} = ${value} where ${key} = '${final}'${row}`;
		// The hash of the frozen text is a check constraint: to lie, the liar must drop it.
		if (column === 'json') await tamper('alter table collab_final drop constraint collab_final_check');
		expect(await tamper(set(to))).toBe(1);
		const report = await verifyAll(world.web);
		expect(report.faults.map(({ docId }) => docId)).toEqual([final]);
		expect(report.faults[0]?.fault).not.toBe('');
		await tamper(set(back ?? to));
		expect((await verifyAll(world.web)).faults).toEqual([]);
	});

	test.each(['user_id', 'session_id', 'conn_id'])('collab_update.%s', async (column) => {
		const { rows } = await sql<{
			was: string;
		}>`select ${sql.ref(column)} as was from collab_update where doc_id = ${final} and seq = 3`.execute(world.owner);
		const was = rows[0]?.was ?? '';
		const other = was.startsWith('0') ? `1${was.slice(1)}` : `0${was.slice(1)}`;
		const set = (value: string) =>
			`update collab_update set ${column} = '${value}' where doc_id = '${final}' and seq = 3`;
		await tamper(set(other));
		expect((await verifyAll(world.web)).faults.map(({ fault }) => fault)).toEqual([expect.stringContaining('row 3')]);
		await tamper(set(was));
		expect((await verifyAll(world.web)).faults).toEqual([]);
	});

	test('a row that is gone, a frozen text that is gone, a clientID given to another', async () => {
		const lost: [string, string, string][] = [
			['collab_update', `doc_id = '${open}' and seq = 2`, open],
			['collab_final', `doc_id = '${final}'`, final],
			['collab_client', `doc_id = '${open}'`, open]
		];
		for (const [table, where, docId] of lost) {
			await tamper(`create table kept as select * from ${table} where ${where}`);
			await tamper(`delete from ${table} where ${where}`);
			expect((await verifyAll(world.web)).faults.map((fault) => fault.docId)).toEqual([docId]);
			await tamper(`insert into ${table} select * from kept`);
			await tamper('drop table kept');
		}
		expect((await verifyAll(world.web)).faults).toEqual([]);
	});
});
