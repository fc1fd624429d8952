import { afterAll, beforeAll, expect, test } from 'vitest';
import { START_MS, startBuiltWeb, type BuiltWeb } from '../../support/built-web.ts';
import { World } from '../../support/world.ts';

/** Whoever presses electronic ID again and again, or comes back with nothing, is stopped; nobody else is. On the built application. */

let world: World;
let web: BuiltWeb;
beforeAll(async () => {
	world = await World.create();
	web = await startBuiltWeb(world.url, 'http://portal.test', { TRUST_PROXY: '1' });
}, START_MS);
afterAll(async () => {
	await web.stop();
	await world.destroy();
});

const FOR_MANGE = '/eid/feil?grunn=for_mange';
const start = async (adresse: string, token?: string) =>
	(
		await web.ask('/eid/start', {
			...{ method: 'POST', token, body: new URLSearchParams({ neste: '/hjem' }) },
			headers: { 'x-forwarded-for': adresse }
		})
	).headers.get('location');
const retur = async (adresse: string) =>
	(await web.ask('/eid/retur?state=x&code=y', { headers: { 'x-forwarded-for': adresse } })).headers.get('location');
async function ganger(antall: number, work: () => Promise<string | null>): Promise<number> {
	let stoppet = 0;
	for (let i = 0; i < antall; i++) if ((await work()) === FOR_MANGE) stoppet++;
	return stoppet;
}
const avvist = async () =>
	(await world.owner.selectFrom('hendelse').select('id').where('type', '=', 'eid.avvist').execute()).length;

test('an address may begin a hundred times a minute, and another is not held back by it', async () => {
	expect(await ganger(103, () => start('192.0.2.1'))).toBe(3);
	expect(await start('192.0.2.2')).not.toBe(FOR_MANGE);
});

test('a session may begin ten times in five minutes, wherever it comes from', async () => {
	const token = await world.login(await world.person('ivrig'), new Date());
	let fra = 0;
	expect(await ganger(12, () => start(`198.51.100.${fra++}`, token))).toBe(2);
	expect(await start('198.51.100.200', await world.login(await world.person('annen'), new Date()))).not.toBe(FOR_MANGE);
});

test('what comes back from nowhere is written down a hundred times a minute, and no more', async () => {
	const for_ = await avvist();
	expect(await ganger(104, () => retur('203.0.113.1'))).toBe(4);
	expect((await avvist()) - for_).toBe(100);
	expect(await retur('203.0.113.2')).not.toBe(FOR_MANGE);
});

test('the page says so, with 429 and what to do', async () => {
	const side = await web.ask(FOR_MANGE);
	expect(side.status).toBe(429);
	expect(side.body).toContain('For mange forsøk');
	expect(side.body).toContain('Vent litt, og prøv igjen.');
});

test('a request without an address is not counted by one, and not refused either', async () => {
	const svar = await web.ask('/eid/start', { method: 'POST', body: new URLSearchParams() });
	expect(svar.headers.get('location')).toMatch(/^\/eid\/feil\?grunn=utilgjengelig/);
});
