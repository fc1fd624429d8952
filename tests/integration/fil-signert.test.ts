import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { canonicalJson } from '#lib/collab/canonical-json.ts';
import type { Kobling } from '#lib/domain/fil/fil.ts';
import { godkjennMal } from '#lib/server/commands/godkjenn-mal.ts';
import { signerAktiviteter } from '#lib/server/commands/signer-aktivitet.ts';
import { slettFil } from '#lib/server/commands/slett-fil.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { listFilerIdag } from '#lib/server/queries/fil-signert.ts';
import { findAktivitet, updateAktivitet } from '#lib/server/queries/laeringsaktivitet.ts';
import { listGodkjent, listSignert } from '#lib/server/queries/signering.ts';
import { verifyAll } from '#lib/server/verify/index.ts';
import { lastOpp, PDF, PNG } from '../support/filer.ts';
import { finalize, writtenSamtale } from '../support/finished.ts';
import { outcome } from '../support/outcome.ts';
import { aktivitet, mal, malMedKrav } from '../support/signering.ts';
import { World } from '../support/world.ts';

/** What is signed, approved or finished has its files in it: which, with which bytes, and none can come or go afterwards. */

let world: World;
let cast: Awaited<ReturnType<World['cast']>>;
let lis: Ctx;
let supervisor: Ctx;
let leder: Ctx;
let veileder: Ctx;

beforeAll(async () => {
	world = await World.create();
});
beforeEach(async () => {
	cast = await world.cast();
	const { lis: den, supervisor: s, leder: l, veileder: v } = cast;
	[lis, supervisor, leder, veileder] = [
		await world.ctx(den),
		await world.ctx(s),
		await world.ctx(l),
		await world.ctx(v)
	];
});
afterAll(() => world.destroy());

const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const faults = async () => (await verifyAll(world.web)).faults;
const legg = (kobling: Kobling, navn = 'Attest.pdf') =>
	lastOpp(lis, cast.lis.id, navn, navn.endsWith('png') ? PNG : PDF, { kobling });

/** An aktivitet with these files, sent. */
async function sendt(filer = ['Attest.pdf', 'Bilde.png']): Promise<{ id: string; versjon: number }> {
	const id = await aktivitet(world, { lis: cast.lis, supervisor: cast.supervisor, status: 'kladd' });
	for (const navn of filer) await legg({ slag: 'aktivitet', id }, navn);
	await updateAktivitet(world.owner, id, { status: 'sendt', sendt_at: world.past(30) });
	return { id, versjon: (await findAktivitet(world.owner, id))?.versjon ?? 0 };
}
const signer = (aktiviteter: { id: string; versjon: number }[]) =>
	signerAktiviteter(supervisor, { aktiviteter, tilbakemelding: null, anbefal: false });

async function sendtMal(filer = ['Attest.pdf']): Promise<{ kode: string; versjon: number; id: string }> {
	const { kode } = await malMedKrav(world, cast.lis);
	for (const navn of filer) await legg({ slag: 'mal', kode }, navn);
	const { versjon, id } = await mal(world, cast.lis, kode, 'sendt', cast.leder);
	return { kode, versjon, id: id ?? '' };
}
const godkjenn = ({ kode, versjon }: { kode: string; versjon: number }) =>
	godkjennMal(leder, {
		...{ lisId: cast.lis.id, mal: [{ kode, versjon }], uten: 'muntlig', utenTekst: null, kommentar: 'Bra' }
	});

/** What a superuser can do who switches the triggers off. */
async function tukle(statement: string): Promise<void> {
	await world.owner.connection().execute(async (db) => {
		await sql`set session_replication_role = replica`.execute(db);
		const { numAffectedRows } = await sql.raw(statement).execute(db);
		await sql`set session_replication_role = origin`.execute(db);
		expect(numAffectedRows, statement).toBe(1n);
	});
}

/** Each thing that has a file in what was settled: its id in the report, and the id of the file. */
const avgjorte: [string, () => Promise<{ id: string; kobling: Exclude<Kobling, { slag: 'ingen' }> }>][] = [
	[
		'a signed aktivitet',
		async () => {
			const { id, versjon } = await sendt(['Attest.pdf']);
			await signer([{ id, versjon }]);
			return { id, kobling: { slag: 'aktivitet', id } };
		}
	],
	[
		'an approved goal',
		async () => {
			const sett = await sendtMal();
			await godkjenn(sett);
			return { id: sett.id, kobling: { slag: 'mal', kode: sett.kode } };
		}
	],
	[
		'a finished samtale',
		async () => {
			const id = await writtenSamtale(world, cast);
			await legg({ slag: 'samtale', id });
			await finalize(veileder, id);
			return { id, kobling: { slag: 'samtale', id } };
		}
	]
];

describe.each(avgjorte)('%s', (_hva, lag) => {
	test('holds, and any change of its files is found', async () => {
		const { id, kobling } = await lag();
		expect(await faults()).toEqual([]);
		const [fil] = await listFilerIdag(world.owner, { lisId: cast.lis.id, kobling });
		const filId = fil?.id ?? '';
		const flip = 'set_byte(sha256, 3, get_byte(sha256, 3) # 1)';
		for (const [til, tilbake] of [
			["navn = 'Annet.pdf'", "navn = 'Attest.pdf'"],
			['storrelse = storrelse - 1', 'storrelse = storrelse + 1'],
			[`slettet_at = now(), slettet_av = opplastet_av`, 'slettet_at = null, slettet_av = null'],
			['samtale_id = null, kode = null, aktivitet_id = null', `${kolonne(kobling)}`]
		] as const) {
			await tukle(`update fil set ${til} where id = '${filId}'`);
			expect(await faults(), til).toContainEqual({ docId: id, fault: `signed: file ${filId} does not hold` });
			await tukle(`update fil set ${tilbake} where id = '${filId}'`);
			expect(await faults()).toEqual([]);
		}
		await tukle(`update fil set sha256 = ${flip} where id = '${filId}'`);
		expect((await faults()).map(({ docId }) => docId)).toEqual(expect.arrayContaining([id, filId]));
		await tukle(`update fil set sha256 = ${flip} where id = '${filId}'`);

		const ny = (await legg({ slag: 'ingen' }, 'Ny.pdf')).id;
		await tukle(`update fil set ${kolonne(kobling)} where id = '${ny}'`);
		expect(await faults()).toEqual([{ docId: id, fault: `signed: file ${ny} has come since` }]);
		await tukle(`update fil set samtale_id = null, kode = null, aktivitet_id = null where id = '${ny}'`);
		expect(await faults()).toEqual([]);
	});

	test('takes no file more and gives none away: not by a command, not by SQL as the owner', async () => {
		const { kobling } = await lag();
		const [fil] = await listFilerIdag(world.owner, { lisId: cast.lis.id, kobling });
		const laast = /^conflict: (fil_konflikt_laast|samtale_konflikt_\w+)$/;
		expect(await outcome(legg(kobling, 'Ny.pdf'))).toMatch(laast);
		expect(await outcome(slettFil(lis, { lisId: cast.lis.id, filId: fil?.id ?? '' }))).toMatch(laast);
		const ved = `'${randomUUID()}', '${cast.lis.id}', '${cast.lis.id}', 'x.pdf', 'annet', 10, 'laster', now(), ${verdi(kobling)}`;
		for (const statement of [
			`insert into fil (id, lis_id, opplastet_av, navn, kategori, storrelse, status, created_at, ${kolonnenavn(kobling)}) values (${ved})`,
			`update fil set slettet_at = now(), slettet_av = opplastet_av where id = '${fil?.id}'`,
			`update fil set navn = 'Annet.pdf' where id = '${fil?.id}'`,
			`delete from fil where id = '${fil?.id}'`,
			`update fil_del set innhold = 'x' where fil_id = '${fil?.id}'`,
			`delete from fil_del where fil_id = '${fil?.id}'`,
			`insert into fil_del values ('${fil?.id}', 99, 'x')`,
			'truncate fil cascade',
			'truncate fil_del'
		])
			await expect(sql.raw(statement).execute(world.owner), statement).rejects.toMatchObject({
				code: expect.stringMatching(/^LK001|55006$/) as string
			});
	});
});

const kolonnenavn = ({ slag }: Kobling) =>
	slag === 'samtale' ? 'samtale_id' : slag === 'mal' ? 'kode' : 'aktivitet_id';
const verdi = (kobling: Exclude<Kobling, { slag: 'ingen' }>) =>
	`'${kobling.slag === 'mal' ? kobling.kode : kobling.id}'`;
const kolonne = (kobling: Exclude<Kobling, { slag: 'ingen' }>) => `${kolonnenavn(kobling)} = ${verdi(kobling)}`;

test('what was signed and approved names its files with size and SHA-256, in the order of their ids', async () => {
	const { id, versjon } = await sendt();
	await signer([{ id, versjon }]);
	const filer = (await listSignert(world.owner, [id])).get(id)?.filer;
	expect(filer?.map(({ navn, storrelse, sha256 }) => ({ navn, storrelse, sha256 }))).toEqual(
		expect.arrayContaining([
			{ navn: 'Attest.pdf', storrelse: PDF.length, sha256: sha(PDF) },
			{ navn: 'Bilde.png', storrelse: PNG.length, sha256: sha(PNG) }
		])
	);
	expect(filer?.map((fil) => fil.id)).toEqual(filer?.map((fil) => fil.id).sort());
	const sett = await sendtMal();
	await godkjenn(sett);
	const godkjent = (await listGodkjent(world.owner, [sett.id])).get(sett.id);
	expect(godkjent).toMatchObject({ grunn: 'Bra', filer: [{ navn: 'Attest.pdf', sha256: sha(PDF) }] });
	const rad = await world.owner
		.selectFrom('maloppnaelse')
		.select('godkjent_hash')
		.where('id', '=', sett.id)
		.executeTakeFirstOrThrow();
	expect(rad.godkjent_hash?.toString('hex')).toBe(sha(Buffer.from(canonicalJson(godkjent))));
	for (const [til, tilbake] of [
		[
			`update maloppnaelse set grunn = 'X' where id = '${sett.id}'`,
			`update maloppnaelse set grunn = 'Bra' where id = '${sett.id}'`
		],
		[
			`update maloppnaelse set godkjent_hash = set_byte(godkjent_hash, 0, get_byte(godkjent_hash, 0) # 1) where id = '${sett.id}'`,
			`update maloppnaelse set godkjent_hash = set_byte(godkjent_hash, 0, get_byte(godkjent_hash, 0) # 1) where id = '${sett.id}'`
		]
	] as const) {
		await expect(sql.raw(til).execute(world.owner)).rejects.toMatchObject({ code: 'LK001' });
		await tukle(til);
		expect((await faults()).map(({ docId }) => docId)).toEqual([sett.id]);
		await tukle(tilbake);
	}
	expect(await faults()).toEqual([]);
});

test('a changed byte of any file is found', async () => {
	const { id } = await legg({ slag: 'ingen' });
	const flip = `update fil_del set innhold = set_byte(innhold, 9, get_byte(innhold, 9) # 1) where fil_id = '${id}'`;
	await tukle(flip);
	expect(await faults()).toEqual([{ docId: id, fault: 'file: its bytes are not what was hashed' }]);
	await tukle(flip);
	await tukle(`update fil_del set nr = 7 where fil_id = '${id}'`);
	expect(await faults()).toEqual([{ docId: id, fault: 'file: a piece is gone' }]);
	await tukle(`update fil_del set nr = 0 where fil_id = '${id}'`);
	expect(await faults()).toEqual([]);
});

test('what was signed before files were known holds as before', async () => {
	const { id, versjon } = await sendt();
	await signer([{ id, versjon }]);
	const { filer, ...resten } = (await listSignert(world.owner, [id])).get(id) ?? {};
	expect(filer).toHaveLength(2);
	const gammel = { ...resten, format: 'lis-kommune/aktivitet/1' };
	await tukle(`update hendelse set data = jsonb_build_object('signert', '${JSON.stringify(gammel)}'::jsonb)
		where objekt_id = '${id}' and type = 'aktivitet.signert'`);
	expect((await faults()).map(({ docId }) => docId)).toEqual([id]);
	await tukle(
		`update laeringsaktivitet set signert_hash = decode('${sha(Buffer.from(canonicalJson(gammel)))}', 'hex') where id = '${id}'`
	);
	expect(await faults()).toEqual([]);
});

test('nobody signs or approves what waits for the scanner; a refused file is no part of it, and may be deleted', async () => {
	const { id, versjon } = await sendt([]);
	const sjekkes = randomUUID();
	const sjekk = `insert into fil (id, lis_id, opplastet_av, navn, kategori, type, storrelse, sha256, status, created_at, aktivitet_id)
		values ('${sjekkes}', '${cast.lis.id}', '${cast.lis.id}', 'x.pdf', 'annet', 'application/pdf', 1, sha256('x'), 'sjekkes', now(), '${id}')`;
	await tukle(sjekk);
	expect(await outcome(signer([{ id, versjon }]))).toBe('conflict: fil_konflikt_sjekkes');
	await sql.raw(`update fil set status = 'avvist', funn = 'Eicar' where id = '${sjekkes}'`).execute(world.owner);
	expect(await outcome(signer([{ id, versjon }]))).toBe('ok');
	expect((await listSignert(world.owner, [id])).get(id)?.filer).toEqual([]);
	await slettFil(lis, { lisId: cast.lis.id, filId: sjekkes });
	expect(await faults()).toEqual([]);
});
