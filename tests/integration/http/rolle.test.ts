import { afterAll, beforeAll, expect, test } from 'vitest';
import { START_MS, startBuiltWeb, type BuiltWeb } from '../../support/built-web.ts';
import { World, type Person } from '../../support/world.ts';

/** The choice of role as plain forms, on the built application. */

let world: World;
let web: BuiltWeb;
let lis: Person;
let token: string;

beforeAll(async () => {
	world = await World.create();
	web = await startBuiltWeb(world.url);
	lis = await world.person('lis', { lis: true });
	const flere = await world.person('flere', { fast: 'drift' });
	await world.relate(lis, flere, 'leder');
	token = await world.login(flere, new Date());
}, START_MS);
afterAll(async () => {
	await web.stop();
	await world.destroy();
});

const velg = (rolle: string) =>
	web.ask('/rolle', { method: 'POST', token, body: new URLSearchParams({ rolle, next: '//evil.test' }) });
const meny = async () => {
	const { body } = await web.ask('/hjem', { token });
	return ['/hjem', '/veiledning', '/folk', '/admin'].filter((href) => body.includes(`<a href="${href}"`));
};

test('a role is chosen by a form, leads to Hjem, and narrows the menu', async () => {
	expect(await meny()).toEqual(['/hjem', '/veiledning', '/folk', '/admin']);
	const svar = await velg('drift');
	expect([svar.status, svar.headers.get('location')]).toEqual([303, '/hjem']);
	expect(await meny()).toEqual(['/hjem', '/admin']);
	await velg('tull');
	expect(await meny()).toEqual(['/hjem', '/admin']);
	// The pages of the other role are there all the same.
	expect((await web.ask(`/veiledning/${lis.id}`, { token })).status).toBe(200);
	await velg('');
	expect(await meny()).toEqual(['/hjem', '/veiledning', '/folk', '/admin']);
});

test('a page that one may not open offers the choice to those who have one', async () => {
	const side = await web.ask('/samtaler/finnes-ikke', { token });
	expect(side.status).toBe(404);
	expect(side.body).toContain('Du er innlogget som Navn flere.');
	expect(side.body.split('action="/rolle"')).toHaveLength(3);
	const ene = await web.ask('/samtaler/finnes-ikke', { token: await world.login(lis, new Date()) });
	expect(ene.status).toBe(404);
	expect(ene.body).not.toContain('action="/rolle"');
});
