import { createHash, randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '#lib/domain/feil.ts';
import { slettFil } from '#lib/server/commands/slett-fil.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { BIT } from '#lib/server/queries/fil-del.ts';
import { handleSjekkFiler } from '#lib/server/jobs/handlers/sjekk-filer.ts';
import { createLogger } from '#lib/server/log.ts';
import { hentFil, hentFilTilVisning } from '#lib/server/views/fil.ts';
import { hentFiler } from '#lib/server/views/filer.ts';
import { DOCX, falskClamd, JPEG, lastOpp, ODT, PDF, PNG, zip } from '../support/filer.ts';
import { World } from '../support/world.ts';

/** Files: what is taken in, what is left when it is not, and what the scanner decides. */

let world: World;
let cast: Awaited<ReturnType<World['cast']>>;
let lis: Ctx;
let veileder: Ctx;
let leder: Ctx;

beforeAll(async () => {
	world = await World.create();
	cast = await world.cast();
	[lis, veileder, leder] = (await Promise.all([cast.lis, cast.veileder, cast.leder].map((one) => world.ctx(one)))) as [
		Ctx,
		Ctx,
		Ctx
	];
});
afterAll(() => world.destroy());

const kode = (thrown: unknown) => (thrown instanceof AppError ? (thrown.detail.reason ?? thrown.code) : thrown);
const utfall = (gjort: Promise<unknown>) => gjort.then(() => 'ok', kode);
const antall = async (tabell: 'fil' | 'fil_del') =>
	(
		await world.owner
			.selectFrom(tabell)
			.select((eb) => eb.fn.countAll<number>().as('n'))
			.executeTakeFirstOrThrow()
	).n;
const bytes = async (ctx: Ctx, id: string) => buffer((await hentFil(ctx, id)).innhold);

describe('what is taken in', () => {
	test.each([
		['Attest.pdf', PDF],
		['bilde.PNG', PNG],
		['bilde.jpeg', JPEG],
		['Notat.docx', DOCX],
		['Notat.odt', ODT],
		['Regneark.xlsx', zip({ '[Content_Types].xml': '<x/>', 'xl/workbook.xml': '<x/>' })],
		['notat.txt', Buffer.from('Blåbærsyltetøy\r\n\tog mer\n')]
	])('%s comes out as it went in', async (navn, innhold) => {
		const { id } = await lastOpp(lis, cast.lis.id, navn, innhold);
		const fil = await hentFil(veileder, id);
		expect(fil).toMatchObject({ navn, storrelse: innhold.length });
		expect(await buffer(fil.innhold)).toEqual(innhold);
		const rad = await world.owner.selectFrom('fil').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
		expect(rad.sha256).toEqual(createHash('sha256').update(innhold).digest());
	});

	test('a file of several pieces, whatever lengths it comes in', async () => {
		const stor = Buffer.concat([PDF, Buffer.alloc(BIT * 2 + 5, 'x')]);
		const { id } = await lastOpp(lis, cast.lis.id, 'Stor.pdf', stor);
		expect((await bytes(leder, id)).equals(stor)).toBe(true);
		const noyaktig = Buffer.concat([PDF, Buffer.alloc(BIT - PDF.length, 'x')]);
		const to = await lastOpp(lis, cast.lis.id, 'En bit.pdf', noyaktig);
		expect((await bytes(leder, to.id)).equals(noyaktig)).toBe(true);
	});

	test.each([
		['fil_feil_type', 'tegning.svg', Buffer.from('<svg/>')],
		['fil_feil_type', 'side.html', Buffer.from('<html>')],
		['fil_feil_type', 'Notat.docm', DOCX],
		['fil_feil_type', 'program.pdf.exe', Buffer.from('MZ')],
		['fil_feil_type', 'uten ending', PDF],
		['fil_feil_innhold', 'Attest.pdf', Buffer.from('<html><script>alert(1)</script>')],
		['fil_feil_innhold', 'Attest.pdf', PNG],
		['fil_feil_innhold', 'bilde.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
		['fil_feil_innhold', 'bilde.jpg', PDF],
		['fil_feil_innhold', 'notat.txt', Buffer.from(' \n<!doctype html><script>')],
		['fil_feil_innhold', 'notat.txt', PDF],
		['fil_feil_tekst', 'notat.txt', Buffer.from('bl\u00e5b\u00e6r', 'latin1')],
		['fil_feil_tekst', 'notat.txt', Buffer.from('tegn\u0000')],
		['fil_feil_tekst', 'notat.txt', Buffer.concat([Buffer.alloc(BIT, 'a'), Buffer.from([0xc3])])],
		['fil_feil_innhold', 'Notat.docx', PDF],
		['fil_feil_innhold', 'Notat.docx', ODT],
		['fil_feil_innhold', 'Notat.odt', DOCX],
		['fil_feil_innhold', 'Notat.docx', zip({ 'a.txt': 'x' })],
		['fil_feil_innhold', 'Notat.docx', DOCX.subarray(0, -5)],
		['fil_feil_innhold', 'Notat.docx', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(3 * BIT)])],
		[
			'fil_feil_makro',
			'Notat.docx',
			zip({ '[Content_Types].xml': '', 'word/document.xml': '', 'word/vbaProject.bin': 'x' })
		],
		[
			'fil_feil_makro',
			'Ark.xlsx',
			zip({ '[Content_Types].xml': '', 'xl/workbook.xml': '', 'xl/macrosheets/s.xml': '' })
		],
		[
			'fil_feil_makro',
			'Notat.odt',
			zip({ mimetype: 'application/vnd.oasis.opendocument.text', 'Basic/script-lc.xml': '' })
		],
		['fil_feil_innhold', 'Notat.docx', zip({ '[Content_Types].xml': '', 'word/document.xml': '' }, 2 ** 31)],
		['fil_feil_tom', 'Attest.pdf', Buffer.alloc(0)]
	])('%s: %s leaves nothing', async (grunn, navn, innhold) => {
		const for_ = [await antall('fil'), await antall('fil_del')];
		expect(await utfall(lastOpp(lis, cast.lis.id, navn, innhold))).toBe(grunn);
		expect([await antall('fil'), await antall('fil_del')]).toEqual(for_);
	});
});

describe('limits', () => {
	test('one that is too large is refused before it is sent, and one that turns out to be leaves nothing', async () => {
		const innhold = Buffer.concat([PDF, Buffer.alloc(2000)]);
		const for_ = [await antall('fil'), await antall('fil_del')];
		for (const storrelse of [innhold.length, null, 1000])
			expect(await utfall(lastOpp(lis, cast.lis.id, 'x.pdf', innhold, { regler: { maks: 1500 }, storrelse }))).toBe(
				'fil_feil_for_stor'
			);
		expect([await antall('fil'), await antall('fil_del')]).toEqual(for_);
		expect(await utfall(lastOpp(lis, cast.lis.id, 'x.pdf', innhold, { regler: { maks: innhold.length } }))).toBe('ok');
	});

	test('ten at once never take more room than there is, and what is deleted gives room again', async () => {
		const egen = await world.person('kvote', { lis: true });
		const ctx = await world.ctx(egen);
		const regler = { kvote: PDF.length * 4 };
		const alle = await Promise.all(
			Array.from({ length: 10 }, () => utfall(lastOpp(ctx, egen.id, 'x.pdf', PDF, { regler })))
		);
		expect(alle.filter((en) => en === 'ok')).toHaveLength(4);
		expect(alle.filter((en) => en === 'fil_konflikt_kvote')).toHaveLength(6);
		const [fil] = await hentFiler(ctx, egen.id);
		await slettFil(ctx, { lisId: egen.id, filId: fil?.id ?? '' });
		expect(await utfall(lastOpp(ctx, egen.id, 'x.pdf', PDF, { regler }))).toBe('ok');
	});
});

test('one that is cut off leaves nothing, is seen by nobody meanwhile, and can be sent again', async () => {
	const for_ = [await antall('fil'), await antall('fil_del')];
	const synlige = (await hentFiler(lis, cast.lis.id)).length;
	async function* avbrutt() {
		yield Buffer.concat([PDF, Buffer.alloc(BIT + 10)]);
		expect(await antall('fil')).toBe((for_[0] ?? 0) + 1);
		expect(await antall('fil_del')).toBe((for_[1] ?? 0) + 1);
		expect(await hentFiler(lis, cast.lis.id)).toHaveLength(synlige);
		throw new Error('aborted');
	}
	await expect(lastOpp(lis, cast.lis.id, 'Attest.pdf', avbrutt())).rejects.toThrow('aborted');
	expect([await antall('fil'), await antall('fil_del')]).toEqual(for_);
	expect(await utfall(lastOpp(lis, cast.lis.id, 'Attest.pdf', PDF))).toBe('ok');
});

test('one whose process was killed is cleared away by the worker within the hour, one that is arriving is not', async () => {
	const id = randomUUID();
	const ny = {
		id,
		lis_id: cast.lis.id,
		opplastet_av: cast.lis.id,
		navn: 'x.pdf',
		kategori: 'annet',
		storrelse: 10,
		status: 'laster'
	};
	await world.owner
		.insertInto('fil')
		.values({ ...ny, created_at: world.past(59) })
		.execute();
	await world.owner.insertInto('fil_del').values({ fil_id: id, nr: 0, innhold: PDF }).execute();
	const finnes = async () => (await world.owner.selectFrom('fil').select('id').where('id', '=', id).execute()).length;
	await sjekk(undefined);
	expect(await finnes()).toBe(1);
	await sjekk(undefined, new Date(world.now.getTime() + 2 * 60_000));
	expect(await finnes()).toBe(0);
});

function sjekk(port: number | undefined, now = world.now): Promise<void> {
	const clamd = port === undefined ? undefined : { host: '127.0.0.1', port };
	const resten = {
		inactivityMonths: 12,
		samtaleWeeks: 6,
		pidKey: new Uint8Array(32),
		postmann: { send: () => Promise.resolve() }
	};
	return handleSjekkFiler({
		db: world.connect('lisk_worker'),
		log: createLogger('worker', 'silent'),
		now,
		clamd,
		...resten
	});
}

describe('the scanner', () => {
	test('nobody opens a file before it was found clean; one with a virus is kept from everybody, and its sender is told', async () => {
		const clamd = await falskClamd();
		const regler = { sjekkes: true };
		const rent = Buffer.concat([PDF, Buffer.alloc(BIT * 2)]);
		const { id } = await lastOpp(veileder, cast.lis.id, 'Rent.pdf', rent, { regler });
		const virus = await lastOpp(veileder, cast.lis.id, 'Virus.txt', Buffer.from('her er EICAR'), { regler });
		for (const ctx of [lis, veileder, leder]) {
			expect(await utfall(hentFil(ctx, id))).toBe('fil_konflikt_sjekkes');
			expect((await hentFiler(ctx, cast.lis.id)).find((fil) => fil.id === id)).toMatchObject({ status: 'sjekkes' });
		}
		clamd.svar = 'INSTREAM size limit exceeded. ERROR';
		await sjekk(clamd.port);
		expect(await utfall(hentFil(lis, id))).toBe('fil_konflikt_sjekkes');
		clamd.svar = undefined;
		clamd.sett.length = 0;
		await sjekk(clamd.port);
		expect(clamd.sett[0]?.equals(rent)).toBe(true);
		expect((await bytes(lis, id)).equals(rent)).toBe(true);
		expect(await utfall(hentFil(veileder, virus.id))).toBe('fil_konflikt_avvist');
		expect(await utfall(hentFil(lis, virus.id))).toBe('not_found');
		const hos = async (ctx: Ctx) => (await hentFiler(ctx, cast.lis.id)).find((fil) => fil.id === virus.id)?.status;
		expect([await hos(veileder), await hos(lis)]).toEqual(['avvist', undefined]);
		expect(await world.owner.selectFrom('fil_del').select('nr').where('fil_id', '=', virus.id).execute()).toEqual([]);
		const varsler = await world.owner
			.selectFrom('varsel')
			.select(['mottaker_id', 'sti', 'gruppe'])
			.where('objekt_id', '=', virus.id)
			.where('type', '=', 'fil.avvist')
			.execute();
		expect(varsler).toEqual([
			{ mottaker_id: cast.veileder.id, sti: `/veiledning/${cast.lis.id}/filer`, gruppe: 'filer' }
		]);
		await slettFil(veileder, { lisId: cast.lis.id, filId: virus.id });
		expect(await hos(veileder)).toBeUndefined();
		await clamd.close();
	});

	test('is away: the file waits, and is let through when it is back', async () => {
		const borte = await falskClamd();
		await borte.close();
		const { id } = await lastOpp(lis, cast.lis.id, 'Venter.pdf', PDF, { regler: { sjekkes: true } });
		await sjekk(borte.port);
		await sjekk(undefined);
		expect(await utfall(hentFil(lis, id))).toBe('fil_konflikt_sjekkes');
		const clamd = await falskClamd();
		await sjekk(clamd.port);
		expect(await utfall(hentFil(lis, id))).toBe('ok');
		await clamd.close();
	});
});

test('only pictures and PDF are shown; a deleted file is gone, its row and an event stay', async () => {
	const bilde = await lastOpp(lis, cast.lis.id, 'b.png', PNG);
	const tekst = await lastOpp(lis, cast.lis.id, 'n.txt', Buffer.from('hei'));
	expect((await hentFilTilVisning(lis, bilde.id)).slag).toBe('bilde');
	expect(await utfall(hentFilTilVisning(lis, tekst.id))).toBe('not_found');
	expect(await utfall(slettFil(veileder, { lisId: cast.lis.id, filId: bilde.id }))).toBe('forbidden');
	expect(await utfall(slettFil(lis, { lisId: cast.annenLis.id, filId: bilde.id }))).toBe('not_found');
	await slettFil(lis, { lisId: cast.lis.id, filId: bilde.id });
	expect(await utfall(hentFil(lis, bilde.id))).toBe('not_found');
	expect(await utfall(slettFil(lis, { lisId: cast.lis.id, filId: bilde.id }))).toBe('not_found');
	const rad = await world.owner.selectFrom('fil').selectAll().where('id', '=', bilde.id).executeTakeFirstOrThrow();
	expect(rad).toMatchObject({ slettet_av: cast.lis.id, navn: 'b.png' });
	const hendelser = await world.owner
		.selectFrom('hendelse')
		.select('type')
		.where('objekt_id', '=', bilde.id)
		.orderBy('id')
		.execute();
	expect(hendelser.map(({ type }) => type)).toEqual(['fil.lastet-opp', 'fil.slettet']);
	for (const id of ['x', randomUUID(), '']) expect(await utfall(hentFil(lis, id))).toBe('not_found');
});

test('the LIS is shown who opened a file', async () => {
	const { id } = await lastOpp(lis, cast.lis.id, 'a.pdf', PDF);
	await bytes(lis, id);
	await bytes(veileder, id);
	const sett = await world.owner
		.selectFrom('innsyn')
		.select(['person_id', 'rolle', 'objekt'])
		.where('objekt_id', '=', id)
		.execute();
	expect(sett).toEqual([{ person_id: cast.veileder.id, rolle: 'veileder', objekt: 'fil' }]);
});
