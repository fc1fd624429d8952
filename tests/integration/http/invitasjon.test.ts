import { afterAll, beforeAll, expect, test } from 'vitest';
import { newToken } from '#lib/server/auth/token.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { START_MS, startBuiltWeb, withoutIds, type BuiltWeb } from '../../support/built-web.ts';
import { bevis, inviter, invitert, rad } from '../../support/folk.ts';
import { World, type Person } from '../../support/world.ts';

/** T13, T21: the link of an invitation on the built application: where its token stands, and what each link is answered. */

let world: World;
let web: BuiltWeb;
let lisPerson: Person;
let lis: Ctx;
beforeAll(async () => {
	world = await World.create();
	web = await startBuiltWeb(world.url);
	lisPerson = await world.person('lis', { lis: true });
	lis = await world.ctx(lisPerson);
}, START_MS);
afterAll(async () => {
	await web.stop();
	await world.destroy();
});

const KARI = 'Kari Nordby';
const side = (token: string | undefined, ask: Parameters<BuiltWeb['ask']>[1] = {}, mer = '') =>
	web.ask('/invitasjon', { ...ask, headers: { cookie: `${token ? `invitasjon=${token}` : 'x=y'}${mer}` } });
const svar = (token: string, action: string, body: Record<string, string> = {}, mer = '') =>
	web.ask(`/invitasjon?/${action}`, {
		...{ method: 'POST', body: new URLSearchParams(body) },
		headers: { cookie: `invitasjon=${token}${mer}`, accept: 'text/html' }
	});

test('the token leaves the address at the first use, and stands in no page and no log', async () => {
	const { id, token } = await inviter(world, lis, invitert(KARI, 'veileder'));
	const lenke = await web.ask(`/invitasjon/${token}`);
	expect([lenke.status, lenke.headers.get('location')]).toEqual([303, '/invitasjon']);
	expect(lenke.setCookies.join()).toMatch(new RegExp(`^invitasjon=${token};.*HttpOnly.*SameSite=Lax`, 'i'));
	const { status, body } = await side(token);
	expect(status).toBe(200);
	expect(body).toContain(`${lisPerson.navn} inviterer deg`);
	expect(body).not.toContain(token);
	expect((await rad(world, id)).status).toBe('apnet');
	expect(web.log()).toContain('/invitasjon/[token]');
	expect(web.log()).not.toContain(token);
});

test('every link that cannot be answered gives the same page, in the same time', async () => {
	const { token: avslatt } = await inviter(world, lis, invitert(KARI, 'leder'));
	expect((await svar(avslatt, 'avsla')).status).toBe(200);
	const lenker = [avslatt, newToken(), '-', 'x'.repeat(3000), undefined];
	const sider = await Promise.all(lenker.map((token) => side(token)));
	expect(new Set(sider.map(({ status }) => status))).toEqual(new Set([200]));
	expect(new Set(sider.map(({ body }) => withoutIds(body))).size).toBe(1);
	const tider = async (token: string) => {
		const maalt: number[] = [];
		for (let i = 0; i < 25; i++) {
			const start = performance.now();
			await side(token);
			maalt.push(performance.now() - start);
		}
		return maalt.toSorted((a, b) => a - b)[12] ?? 0;
	};
	expect(Math.abs((await tider(avslatt)) - (await tider(newToken())))).toBeLessThan(20);
	for (const action of ['avsla', 'ikkemeg', 'registrer']) {
		const form = { epost: 'ny@example.com', mobil: '99887766', sprak: 'nb' };
		const [kjent, ukjent] = [await svar(avslatt, action, form), await svar(newToken(), action, form)];
		expect([action, kjent.status, ukjent.status]).toEqual([action, 409, 409]);
	}
	const [kjent, ukjent] = [await svar(avslatt, 'beomny'), await svar(newToken(), 'beomny')];
	expect(withoutIds(kjent.body)).toBe(withoutIds(ukjent.body));
});

test('who has identified fills in the form, is told what is wrong, and lands logged in where they were heading', async () => {
	const { token } = await inviter(world, lis, invitert(KARI, 'veileder'));
	const kjent = await bevis(world, { navn: KARI, neste: '/veiledning', now: new Date() });
	const mer = `; eid_bevis=${kjent}`;
	expect((await side(token, {}, mer)).body).toContain(KARI);
	const feil = await svar(
		token,
		'registrer',
		{ epost: 'kari', mobil: '99887766', sprak: 'nb', brukernavn: 'kari', passord: 'Nordby123456' },
		mer
	);
	expect(feil.status).toBe(400);
	expect(feil.body).toContain('navn@eksempel.no');
	expect(feil.body).not.toContain('Nordby123456');
	const form = { epost: 'kari@example.com', mobil: '99887766', sprak: 'nn', navn: 'Drift Direktør', rolle: 'drift' };
	const ferdig = await svar(token, 'registrer', form, mer);
	expect([ferdig.status, ferdig.headers.get('location')]).toEqual([303, '/invitasjon/kvittering?neste=%2Fveiledning']);
	const okt = /okt=([^;]+);/.exec(ferdig.setCookies.find((c) => c.startsWith('okt=')) ?? '')?.[1];
	const kvittering = await web.ask('/invitasjon/kvittering?neste=%2Fveiledning', { token: okt });
	expect(kvittering.body).toContain('href="/veiledning"');
	expect((await web.ask('/hjem', { token: okt })).body).toContain(lisPerson.navn);
	const utenfor = await web.ask('/invitasjon/kvittering?neste=https%3A%2F%2Fond.example', { token: okt });
	expect(utenfor.body).not.toMatch(/href="[^"]*ond\.example/);
});
