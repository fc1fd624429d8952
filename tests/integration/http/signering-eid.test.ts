import { afterAll, beforeAll, expect, test } from 'vitest';
import { opprettEidOkt } from '#lib/server/auth/eid/bevis.ts';
import { START_MS, startBuiltWeb, type BuiltWeb } from '../../support/built-web.ts';
import { gjorPlan, planTil } from '../../support/plan.ts';
import { aktivitet, mal, malMedKrav } from '../../support/signering.ts';
import { World, type Person } from '../../support/world.ts';

/** EID_FOR_SIGNING on the built application: what stands on the pages, and what a form that is sent all the same is told. */

let world: World;
let folk: Awaited<ReturnType<World['cast']>>;
let web: BuiltWeb;

beforeAll(async () => {
	world = await World.create();
	folk = await world.cast();
	web = await startBuiltWeb(world.url, 'http://portal.test', { EID_FOR_SIGNING: 'true' });
}, START_MS);
afterAll(async () => {
	await web.stop();
	await world.destroy();
});

const medPassord = (person: Person) => world.login(person, new Date());
const medEid = async (person: Person) => {
	const okt = { brukerId: person.id, eid: { sid: null, idToken: null }, fellesMaskin: false, idleMs: 3_600_000 };
	return (await opprettEidOkt(world.web, { ...okt, now: new Date() })).token;
};

test('a supervisør who logged in with a password is asked first, and not again in a session that is proven', async () => {
	const id = await aktivitet(world, { lis: folk.lis, supervisor: folk.supervisor });
	const svar = (token: string) =>
		web.ask(`/signering/${id}?/signer`, { method: 'POST', token, body: new URLSearchParams({ versjon: '2' }) });
	const passord = await medPassord(folk.supervisor);
	for (const side of [`/signering/${id}`, '/signering/flere']) {
		const { status, body } = await web.ask(side, { token: passord });
		expect(status).toBe(200);
		expect(body).toContain(`name="neste" value="${side}"`);
		expect(body).not.toContain('?/signer');
	}
	const nektet = await svar(passord);
	expect(nektet.status).toBe(409);
	expect(nektet.body).toContain('action="/eid/start"');

	const eid = await medEid(folk.supervisor);
	const { body } = await web.ask(`/signering/${id}`, { token: eid });
	expect(body).toContain('?/signer');
	expect(body).not.toContain('action="/eid/start"');
	expect((await svar(eid)).status).toBe(200);
	const { status } = await world.owner
		.selectFrom('laeringsaktivitet')
		.select('status')
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
	expect(status).toBe('signert');
});

test('a leder reads what a goal rests on, but decides only in a session that is proven', async () => {
	const { kode } = await malMedKrav(world, folk.lis);
	await mal(world, folk.lis, kode, 'sendt', folk.leder);
	const uten = await web.ask('/godkjenning', { token: await medPassord(folk.leder) });
	expect(uten.body).toContain('name="neste" value="/godkjenning"');
	expect(uten.body).toContain(kode);
	expect(uten.body).not.toMatch(/\?\/(godkjenn|tilbake|underkjenn|trekk)/);
	const med = await web.ask('/godkjenning', { token: await medEid(folk.leder) });
	expect(med.body).toContain('?/godkjenn');
	expect(med.body).not.toContain('action="/eid/start"');
});

test('Helsedirektoratet confirms and withdraws only in a session that is proven', async () => {
	const annen = { ...folk, lis: await world.person('delt', { lis: true }) };
	await gjorPlan(world, annen, { delt: { behandlet: false } });
	const side = `/katalog/saker/${(await planTil(world, annen.lis)).id}`;
	const uten = await web.ask(side, { token: await medPassord(folk.hdir) });
	expect(uten.body).toContain(`name="neste" value="${side}"`);
	expect(uten.body).not.toMatch(/\?\/(bekreft|trekk)/);
	const med = await web.ask(side, { token: await medEid(folk.hdir) });
	expect(med.body).toContain('?/bekreft');
	expect(med.body).not.toContain('action="/eid/start"');
});
