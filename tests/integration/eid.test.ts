import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EID_EIER } from '#lib/server/auth/eid/bevis.ts';
import { forsegl, pidHash } from '#lib/server/auth/hemmelighet.ts';
import { loadConfig } from '#lib/server/config.ts';
import { DEMO_EID, NYE_EID, type TestPerson } from '#lib/server/demo/eid-personer.ts';
import { insertIdentitet } from '#lib/server/queries/eid.ts';
import { START_MS, startBuiltWeb, type BuiltWeb } from '../support/built-web.ts';
import { everything } from '../support/checksum.ts';
import { EidBrowser, locationOf, startTestEid } from '../support/eid.ts';
import { World, type Person } from '../support/world.ts';

/** Log-in by electronic ID (S1–S3, S19) on the built portal with the test provider, in both profiles. */

const ORIGIN = 'http://portal.test';
const { pidKey } = loadConfig({});

let world: World;
let providers: Awaited<ReturnType<typeof startTestEid>>[];
let webs: Record<'helseid' | 'idporten', BuiltWeb>;
let kari: Person;
let borte: Person;

async function connect(person: Person, { pid }: TestPerson): Promise<void> {
	await insertIdentitet(world.owner, {
		brukerId: person.id,
		pidHash: pidHash(pidKey, pid),
		pidKryptert: forsegl(pidKey, 'pid', EID_EIER, pid),
		now: world.now
	});
}

beforeAll(async () => {
	world = await World.create();
	kari = await world.person('kari');
	borte = await world.person('borte', { status: 'deaktivert' });
	await connect(kari, DEMO_EID.veileder);
	await connect(borte, DEMO_EID.leder);
	const [helseid, idporten] = await Promise.all([startTestEid(ORIGIN), startTestEid(ORIGIN, 'idporten')]);
	providers = [helseid, idporten];
	webs = {
		helseid: await startBuiltWeb(world.url, ORIGIN, helseid.settings),
		idporten: await startBuiltWeb(world.url, ORIGIN, idporten.settings)
	};
}, START_MS);
afterAll(async () => {
	await Promise.all([webs.helseid.stop(), webs.idporten.stop(), ...providers.map((provider) => provider.stop())]);
	await world.destroy();
});

const events = (type: string) =>
	world.owner.selectFrom('hendelse').selectAll().where('type', '=', type).orderBy('id').execute();
const sessions = (person: Person) =>
	world.owner.selectFrom('okt').selectAll().where('user_id', '=', person.id).execute();

describe.each(['helseid', 'idporten'] as const)('with %s', (profile) => {
	const browser = () => new EidBrowser(webs[profile]);

	test('somebody who is known comes in, to where they were heading', async () => {
		const someone = browser();
		const answer = await someone.logIn({ person: DEMO_EID.veileder.pid }, { neste: '/veiledning' });
		expect([answer.status, locationOf(answer)]).toEqual([303, '/veiledning']);
		const okt = await someone.ask('/api/okt');
		expect(JSON.parse(okt.body)).toMatchObject({ brukerId: kari.id });
		expect(someone.cookie('eid_forsok')).toBe('');
		const kept = (await sessions(kari)).at(-1);
		expect(kept).toMatchObject({ eid_at: expect.any(Date) as Date, eid_sid: expect.any(String) as string });
		expect(kept?.idle_ms).toBe(profile === 'idporten' ? 30 * 60_000 : 2 * 60 * 60_000);
	});

	test('somebody who is not goes on to register, or to the invitation they came from', async () => {
		const first = browser();
		const answer = await first.logIn({ person: NYE_EID[0]?.pid ?? '' }, { neste: '/hjem' });
		expect([answer.status, locationOf(answer)]).toEqual([303, '/registrer']);
		expect(first.cookie('eid_bevis')).toMatch(/^[\w-]{43}$/);
		expect(first.cookie('okt')).toBe('');
		const second = browser();
		const invited = await second.logIn({ person: NYE_EID[0]?.pid ?? '' }, { neste: '/invitasjon' });
		expect(locationOf(invited)).toBe('/invitasjon');
		const [bevis] = await world.owner.selectFrom('eid_bevis').selectAll().orderBy('created_at', 'desc').execute();
		expect(bevis).toMatchObject({ navn: NYE_EID[0]?.navn, neste: '/invitasjon' });
		expect(bevis?.hpr_nummer).toBe(profile === 'helseid' ? NYE_EID[0]?.hprNummer : null);
	});

	test('too low a level opens nothing, and is said', async () => {
		const before = await events('eid.avvist');
		const someone = browser();
		const answer = await someone.logIn({ person: DEMO_EID.veileder.pid, niva: 'lavt' }, { neste: '/veiledning' });
		expect(locationOf(answer)).toBe('/eid/feil?grunn=lavt_niva&neste=%2Fveiledning');
		expect(someone.cookie('okt')).toBe('');
		expect((await someone.ask(locationOf(answer))).body).toContain('BankID');
		const after = await events('eid.avvist');
		expect(after).toHaveLength(before.length + 1);
		expect(after.at(-1)).toMatchObject({ aktor_id: null, data: { grunn: 'lavt_niva', kode: 'level' } });
	});

	test('whoever cancels is not logged in, and may try again', async () => {
		const someone = browser();
		const answer = await someone.logIn({ valg: 'avbryt' });
		expect(locationOf(answer)).toBe('/eid/feil?grunn=avbrutt');
		expect(someone.cookie('okt')).toBe('');
	});
});

test('an earlier session of the browser ends, and is never adopted (T02)', async () => {
	const someone = new EidBrowser(webs.helseid);
	const planted = await world.login(await world.person('angriper'), new Date());
	someone.setCookie('okt', planted);
	await someone.logIn({ person: DEMO_EID.veileder.pid });
	expect(someone.cookie('okt')).not.toBe(planted);
	expect((await webs.helseid.ask('/hjem', { token: planted })).status).toBe(303);
	expect((await someone.ask('/hjem')).status).toBe(200);
});

test('whoever was deactivated is active again by their electronic ID (S19)', async () => {
	const someone = new EidBrowser(webs.helseid);
	expect(locationOf(await someone.logIn({ person: DEMO_EID.leder.pid }))).toBe('/hjem');
	expect((await someone.ask('/hjem')).status).toBe(200);
	const row = await world.owner.selectFrom('bruker').selectAll().where('id', '=', borte.id).executeTakeFirst();
	expect(row).toMatchObject({ status: 'aktiv', deaktivert_at: null });
	expect(await events('bruker.reaktivert')).toMatchObject([{ aktor_id: borte.id }]);
});

describe('step-up', () => {
	test('the same person gives the session a new token; the old one is dead', async () => {
		const someone = new EidBrowser(webs.helseid);
		await someone.logIn({ person: DEMO_EID.veileder.pid });
		const before = someone.cookie('okt');
		const answer = await someone.logIn({ person: DEMO_EID.veileder.pid }, { formal: 'bekreft', neste: '/hjelp' });
		expect(locationOf(answer)).toBe('/hjelp');
		expect(someone.cookie('okt')).not.toBe(before);
		expect((await webs.helseid.ask('/hjem', { token: before })).status).toBe(303);
		expect((await someone.ask('/hjem')).status).toBe(200);
	});

	test('another person confirms nothing', async () => {
		const someone = new EidBrowser(webs.helseid);
		await someone.logIn({ person: DEMO_EID.veileder.pid });
		const before = someone.cookie('okt');
		for (const other of [DEMO_EID.leder.pid, NYE_EID[1]?.pid ?? '']) {
			const answer = await someone.logIn({ person: other }, { formal: 'bekreft' });
			expect(locationOf(answer)).toBe('/eid/feil?grunn=annen_person&formal=bekreft');
		}
		expect(someone.cookie('okt')).toBe(before);
		expect((await someone.ask('/hjem')).status).toBe(200);
	});

	test('nobody who is not logged in can begin one', async () => {
		const answer = await new EidBrowser(webs.helseid).ask('/eid/start', { formal: 'bekreft' });
		expect(locationOf(answer)).toBe('/eid/feil?grunn=ugyldig&formal=bekreft');
	});
});

describe('log-out', () => {
	test('leads on to the provider, with the id_token in the body and not in an address', async () => {
		const someone = new EidBrowser(webs.helseid);
		await someone.logIn({ person: DEMO_EID.veileder.pid });
		const token = someone.cookie('okt');
		const answer = await someone.ask('/logg-ut', {});
		expect(answer.status).toBe(200);
		const issuer = providers[0]?.settings['EID_ISSUER'] ?? '';
		expect(answer.body).toContain(`<form method="post" action="${issuer}/session/end">`);
		const fields = Object.fromEntries(
			[...answer.body.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value])
		) as Record<string, string>;
		const out = await someone.ask(`${issuer}/session/end`, fields);
		expect([out.status, out.body]).toEqual([200, expect.stringContaining('Testutlogging')]);
		expect((await webs.helseid.ask('/hjem', { token })).status).toBe(303);
	});

	test('at the provider ends the sessions that it opened, and no others', async () => {
		const [mine, other] = [new EidBrowser(webs.helseid), new EidBrowser(webs.helseid)];
		await mine.logIn({ person: DEMO_EID.veileder.pid });
		const sid = (await sessions(kari)).toSorted((a, b) => +a.created_at - +b.created_at).at(-1)?.eid_sid ?? '';
		await other.logIn({ person: DEMO_EID.veileder.pid });
		const iss = providers[0]?.settings['EID_ISSUER'] ?? '';
		for (const wrong of [{ iss: 'http://ond.example', sid }, { iss, sid: `${sid}x` }, { iss }, { sid }]) {
			expect((await mine.ask(`/eid/utlogging?${new URLSearchParams(wrong as never).toString()}`)).status).toBe(204);
			expect((await mine.ask('/hjem')).status).toBe(200);
		}
		await other.ask(`/eid/utlogging?${new URLSearchParams({ iss, sid }).toString()}`);
		expect((await mine.ask('/hjem')).status).toBe(303);
		expect((await other.ask('/hjem')).status).toBe(200);
	});
});

test('no pid stands in the database, in a log or in an answer of the portal (T18)', async () => {
	const kept = (await everything(world.owner)) + webs.helseid.log() + webs.idporten.log();
	for (const { pid } of [...Object.values(DEMO_EID), ...NYE_EID]) expect(kept).not.toContain(pid);
	expect(kept).not.toContain('eyJ');
});
