import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VARSELGRUPPER } from '#lib/domain/varsel/grupper.ts';
import { avmeldingTokenHash } from '#lib/server/auth/token.ts';
import { skrivMelding } from '#lib/server/commands/skriv-melding.ts';
import { insertAvmelding } from '#lib/server/queries/avmelding.ts';
import { START_MS, startBuiltWeb, type BuiltWeb } from '../../support/built-web.ts';
import { World } from '../../support/world.ts';

/** Notifications on the built application: live, read on all devices, and turned off from a mail. */

let world: World;
let web: BuiltWeb;
let cast: Awaited<ReturnType<World['cast']>>;
const tokens = { lis: '', igjen: '', leder: '' };

beforeAll(async () => {
	world = await World.create();
	cast = await world.cast();
	web = await startBuiltWeb(world.url);
	tokens.lis = await world.login(cast.lis, new Date());
	tokens.igjen = await world.login(cast.lis, new Date());
	tokens.leder = await world.login(cast.leder, new Date());
}, START_MS);
afterAll(async () => {
	await web.stop();
	await world.destroy();
});

const lenkene = (body: string) =>
	[...body.matchAll(/href="(\/varsler\/[0-9a-f-]{36})"/g)].flatMap(([, href]) => href ?? []);

describe('live', () => {
	test('a page that waits is answered within two seconds of what the other does, and nobody else is', async () => {
		const forste = await web.ask('/api/varsler', { token: tokens.lis });
		const etag = forste.headers.get('etag') ?? '';
		expect([forste.status, etag]).toEqual([200, '"0-0"']);
		const venter = web.ask('/api/varsler', { token: tokens.lis, headers: { 'if-none-match': etag } });
		let lederSvarte = false;
		void web
			.ask('/api/varsler', { token: tokens.leder, headers: { 'if-none-match': '"0-0"' } })
			.then(() => (lederSvarte = true))
			.catch(() => undefined);
		// The request is under way: the listening connection has been opened by it.
		await expect
			.poll(async () => (await web.ask('/api/okt', { token: tokens.lis })).status, { timeout: 2_000 })
			.toBe(200);
		const begynt = Date.now();
		await world.samtale(cast.veileder, cast.lis, { dato: '2026-12-24' });
		const svar = await venter;
		expect(svar.status).toBe(200);
		expect(svar.headers.get('etag')).not.toBe(etag);
		expect(Date.now() - begynt).toBeLessThan(2_000);
		expect(lederSvarte).toBe(false);
		const hjem = await web.ask('/hjem', { token: tokens.lis });
		expect(hjem.body).toContain('Navn veileder har satt opp en veiledningssamtale');
	});

	test('asking is no sign of a person: the session idles on', async () => {
		const sett = async () =>
			(await world.owner.selectFrom('okt').select('sist_sett_at').where('user_id', '=', cast.lis.id).execute()).map(
				({ sist_sett_at }) => sist_sett_at.getTime()
			);
		const gammel = new Date(Date.now() - 30 * 60_000);
		await world.owner.updateTable('okt').set({ sist_sett_at: gammel }).where('user_id', '=', cast.lis.id).execute();
		await web.ask('/api/varsler', { token: tokens.lis });
		expect(new Set(await sett())).toEqual(new Set([gammel.getTime()]));
	});
});

describe('read', () => {
	test('what is opened on one device is read on the other; nobody opens another’s', async () => {
		const [lenke = ''] = lenkene((await web.ask('/varsler', { token: tokens.lis })).body);
		expect(lenke).not.toBe('');
		expect((await web.ask(lenke, { token: tokens.leder })).status).toBe(404);
		const uten = await web.ask(lenke);
		expect([uten.status, uten.headers.get('location')]).toEqual([303, `/logg-inn?next=${encodeURIComponent(lenke)}`]);
		expect((await web.ask('/varsler', { token: tokens.igjen })).body).toContain('Ulest');
		const apnet = await web.ask(lenke, { token: tokens.lis });
		expect([apnet.status, apnet.headers.get('location')?.startsWith('/samtaler/')]).toEqual([303, true]);
		expect((await web.ask('/varsler', { token: tokens.igjen })).body).not.toContain('Ulest');
	});

	test('all of a group at once, and not what has come since the page was made', async () => {
		await world.samtale(cast.veileder, cast.lis, { dato: '2026-12-25' });
		const les = (til: string) =>
			web.ask('/varsler?/lest', {
				method: 'POST',
				token: tokens.lis,
				body: new URLSearchParams({ kort: 'varsler', til })
			});
		await les(world.past(5).toISOString());
		expect((await web.ask('/varsler', { token: tokens.lis })).body).toContain('Ulest');
		expect((await les(new Date(Date.now() + 1000).toISOString())).status).toBe(200);
		expect((await web.ask('/varsler', { token: tokens.lis })).body).not.toContain('Ulest');
	});
});

describe('turning off from a mail', () => {
	const lag = async (gruppe: string) => {
		const token = randomBytes(32).toString('base64url');
		const ny = { tokenHash: avmeldingTokenHash(token), brukerId: cast.leder.id, gruppe, now: world.now };
		await insertAvmelding(world.owner, ny);
		return `/avmelding/${token}`;
	};
	const valgt = async () =>
		(await world.owner.selectFrom('varselvalg').selectAll().where('bruker_id', '=', cast.leder.id).execute()).toSorted(
			(a, b) => (a.gruppe < b.gruppe ? -1 : 1)
		);

	test('looking changes nothing; the mail program posts without log-in and Origin, and only that group changes', async () => {
		const sti = await lag('godkjenning');
		const side = await web.ask(sti, { origin: null });
		expect([side.status, side.body.includes('«Godkjenning»')]).toEqual([200, true]);
		expect(side.body).not.toContain(cast.leder.navn);
		expect(await valgt()).toEqual([]);
		for (const headers of [{}, { origin: 'https://mail.example' }])
			expect(
				(
					await web.ask(sti, {
						...{ method: 'POST', origin: null, headers },
						body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })
					})
				).status
			).toBe(200);
		expect(await valgt()).toEqual([
			{ bruker_id: cast.leder.id, gruppe: 'godkjenning', umiddelbar: false, ukentlig: false, hjem: true }
		]);
	});

	test('of the summary turns off the summary of all groups, and nothing else', async () => {
		await web.ask(await lag('ukentlig'), { method: 'POST', origin: null, body: new URLSearchParams() });
		const rader = await valgt();
		expect(rader.every(({ ukentlig, hjem }) => !ukentlig && hjem)).toBe(true);
		expect(rader.find(({ gruppe }) => gruppe === 'signering')?.umiddelbar).toBe(true);
		expect(rader.length).toBeLessThanOrEqual(VARSELGRUPPER.length);
	});

	test('with an unknown link changes nothing', async () => {
		const svar = await web.ask(`/avmelding/${'x'.repeat(43)}`, {
			method: 'POST',
			origin: null,
			body: new URLSearchParams()
		});
		expect(svar.status).toBe(404);
	});
});

test('the settings: what is sent is kept, and «Skru av varsler» takes the whole group', async () => {
	const body = new URLSearchParams({
		'signering-umiddelbar': 'ja',
		'laering-hjem': 'ja',
		ingenEpost: 'ja',
		dag: '4',
		av: 'signering'
	});
	expect((await web.ask('/innstillinger/varsler', { method: 'POST', token: tokens.lis, body })).status).toBe(200);
	const rader = await world.owner.selectFrom('varselvalg').selectAll().where('bruker_id', '=', cast.lis.id).execute();
	const valg = new Map(rader.map((rad) => [rad.gruppe, [rad.umiddelbar, rad.ukentlig, rad.hjem]]));
	expect([valg.get('signering'), valg.get('laering')]).toEqual([
		[false, false, false],
		[false, false, true]
	]);
	const bruker = await world.owner
		.selectFrom('bruker')
		.select(['ingen_epost', 'oppsummering_dag'])
		.where('id', '=', cast.lis.id)
		.executeTakeFirstOrThrow();
	expect(bruker).toEqual({ ingen_epost: true, oppsummering_dag: 4 });
});

test('an announcement stands on Hjem for the roles that it is for, on its days', async () => {
	const ctx = { ...(await world.ctx(cast.hdir)), now: new Date() };
	const ny = { tekst: 'Portalen er stengt i natt.', fra: null, til: null };
	await skrivMelding(ctx, { ...ny, tittel: 'Driftsstans', roller: ['lis'] });
	await skrivMelding(ctx, { ...ny, tittel: 'Kommer senere', roller: ['lis'], fra: '2099-01-01' });
	const [lis, leder] = [await web.ask('/hjem', { token: tokens.lis }), await web.ask('/hjem', { token: tokens.leder })];
	expect(lis.body).toContain('Driftsstans');
	expect(lis.body).not.toContain('Kommer senere');
	expect(leder.body).not.toContain('Driftsstans');
});
