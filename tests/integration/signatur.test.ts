import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { begynnFerdigstilling, bekreftFerdigstilling } from '#lib/server/commands/ferdigstill-samtale.ts';
import { GRACE_MS } from '#lib/domain/samtale/ferdigstilling.ts';
import { handleSignerFerdigstilte } from '#lib/server/jobs/handlers/signer-ferdigstilte.ts';
import { createLogger } from '#lib/server/log.ts';
import { listSignaturer } from '#lib/server/queries/signatur.ts';
import { samtalemelding } from '#lib/server/signatur/melding.ts';
import { holder, lagSigneringsnokkel } from '#lib/server/signatur/nokkel.ts';
import { verifyAll } from '#lib/server/verify/index.ts';
import { kontrollerPdf } from '#lib/server/views/kontroll.ts';
import { hentSamtalePdf } from '#lib/server/views/samtale-pdf.ts';
import { finalize, later, shown, writtenSamtale } from '../support/finished.ts';
import { World } from '../support/world.ts';

/** Ed25519 on what is finished: in the same transaction, or later; exchanged keys; and a PDF that anybody can check. */

const SIGNING_KEY = new Uint8Array(32).map((_, i) => i * 3);
const nokkel = lagSigneringsnokkel(SIGNING_KEY);
const annen = lagSigneringsnokkel(new Uint8Array(32).fill(5));

let world: World;
let cast: Awaited<ReturnType<World['cast']>>;
let signed: string;

beforeAll(async () => {
	world = await World.create();
	cast = await world.cast();
	signed = await writtenSamtale(world, cast);
	const ctx = await world.ctx(cast.veileder);
	await begynnFerdigstilling(ctx, { samtaleId: signed });
	const then = later(ctx, GRACE_MS + 1);
	await bekreftFerdigstilling(then, { samtaleId: signed, vist: await shown(then, signed), nokkel });
});

afterAll(() => world.destroy());

function job(signingKey: Uint8Array = SIGNING_KEY): Promise<void> {
	return handleSignerFerdigstilte({
		...{ db: world.connect('lisk_worker'), log: createLogger('worker', 'silent'), now: world.now, signingKey },
		...{ inactivityMonths: 12, samtaleWeeks: 6, pidKey: SIGNING_KEY, postmann: { send: () => Promise.resolve() } }
	});
}

async function jsonSha256(id: string): Promise<string> {
	const row = await world.owner
		.selectFrom('collab_final')
		.select('json_sha256')
		.where('doc_id', '=', id)
		.executeTakeFirstOrThrow();
	return row.json_sha256.toString('hex');
}

async function pdf(id: string, key = nokkel): Promise<Uint8Array> {
	const { innhold } = await hentSamtalePdf(await world.ctx(cast.lis), id, key);
	return new Uint8Array(await new Response(innhold).arrayBuffer());
}

describe('a finished samtale', () => {
	test('is signed in the transaction that freezes it, and the signature holds', async () => {
		const [signatur, ...flere] = await listSignaturer(world.web, signed);
		expect(flere).toEqual([]);
		expect(signatur?.nokkelId).toBe(nokkel.id);
		const melding = samtalemelding(signed, await jsonSha256(signed));
		expect(holder(nokkel.offentlig, melding, signatur?.signatur ?? Buffer.alloc(64))).toBe(true);
	});

	test('that has none is signed later, once, with its event; a new key leaves the old signatures', async () => {
		const early = await writtenSamtale(world, cast);
		await finalize(await world.ctx(cast.veileder), early);
		expect(await listSignaturer(world.web, early)).toEqual([]);
		await Promise.all([job(), job(), job()]);
		await job(new Uint8Array(32).fill(5));
		expect((await listSignaturer(world.web, early)).map(({ nokkelId }) => nokkelId)).toEqual([nokkel.id]);
		const events = await world.owner
			.selectFrom('hendelse')
			.select(['aktor_id', 'data'])
			.where('objekt_id', '=', early)
			.where('type', '=', 'samtale.signert')
			.execute();
		expect(events).toEqual([{ aktor_id: null, data: { nokkel: nokkel.id } }]);
		const keys = await world.owner.selectFrom('signeringsnokkel').select('id').orderBy('id').execute();
		expect(keys.map(({ id }) => id)).toEqual([nokkel.id, annen.id].sort());
	});

	test.each(['signeringsnokkel', 'collab_signatur'])('%s is never changed, by the owner neither', async (table) => {
		const statements = [`delete from ${table}`, `truncate ${table} cascade`];
		statements.push(
			table === 'collab_signatur' ? 'update collab_signatur set at = now()' : 'update signeringsnokkel set fra = now()'
		);
		for (const statement of statements)
			await expect(sql.raw(statement).execute(world.owner)).rejects.toMatchObject({ code: 'LK001' });
	});

	test('is verified with its signature, and a false one is found', async () => {
		expect(await verifyAll(world.owner)).toMatchObject({ finals: 2, faults: [] });
		const own = await writtenSamtale(world, cast);
		await finalize(await world.ctx(cast.veileder), own);
		await world.owner
			.insertInto('collab_signatur')
			.values({ doc_id: own, nokkel_id: annen.id, signatur: Buffer.alloc(64, 1), at: world.now })
			.execute();
		const { faults } = await verifyAll(world.owner);
		expect(faults).toEqual([{ docId: own, fault: `signature by the key ${annen.id}: it does not hold` }]);
	});
});

describe('a PDF that somebody has', () => {
	test('is genuine, and the samtale is still the same', async () => {
		expect(await kontrollerPdf(world.web, await pdf(signed))).toEqual({
			...{ utfall: 'ekte', nokkel: nokkel.id, kontrollsum: await jsonSha256(signed), referat: 'lik' }
		});
	});

	test('changed, of an unknown key, or unsigned: each is told apart', async () => {
		const fil = await pdf(signed);
		const endret = fil.slice();
		endret[fil.length >> 1] = (endret[fil.length >> 1] ?? 0) ^ 1;
		expect(await kontrollerPdf(world.web, endret)).toEqual({ utfall: 'endret' });
		const fremmed = lagSigneringsnokkel(new Uint8Array(32).fill(77));
		expect(await kontrollerPdf(world.web, await pdf(signed, fremmed))).toEqual({
			...{ utfall: 'ukjent', nokkel: fremmed.id }
		});
		expect(await kontrollerPdf(world.web, Buffer.from('%PDF-1.7\n%%EOF\n'))).toEqual({ utfall: 'usignert' });
		expect(await kontrollerPdf(world.web, new Uint8Array())).toEqual({ utfall: 'usignert' });
	});

	test('signed with a key that was exchanged since is still genuine', async () => {
		expect(await kontrollerPdf(world.web, await pdf(signed, annen))).toMatchObject({
			...{ utfall: 'ekte', nokkel: annen.id, referat: 'lik' }
		});
	});
});
