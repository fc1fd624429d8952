import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aksepterInvitasjon } from '#lib/server/commands/aksepter-invitasjon.ts';
import { inviterFolk } from '#lib/server/commands/inviter-folk.ts';
import { bekreftPerson } from '#lib/server/commands/styr-invitasjon.ts';
import { avslaInvitasjon } from '#lib/server/commands/svar-pa-invitasjon.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { hentFolk } from '#lib/server/views/folk.ts';
import { hentHjem } from '#lib/server/views/hjem.ts';
import { inviter, invitert, nokkel } from '../support/folk.ts';
import { World } from '../support/world.ts';

/** Product.md, «Roles»: a missing leder or veileder («Vet ikke ennå») is a standing task for the LIS. */

const KARI = 'Kari Nordby';

let world: World;
let lis: Ctx;
let leser: { db: Ctx['db']; now: Date; requestId: string; aktorId: null };
beforeAll(async () => {
	world = await World.create();
	lis = await world.ctx(await world.person('lis', { lis: true }));
	leser = { db: world.web, now: world.now, requestId: randomUUID(), aktorId: null };
});
afterAll(() => world.destroy());

test('a role that nobody holds is a standing task, on Hjem too, until somebody does', async () => {
	const oppgaver = async () => {
		const [folk, hjem] = [await hentFolk(lis), await hentHjem(lis, null)];
		expect(hjem.lis?.oppgaver).toEqual(folk.egne?.oppgaver);
		return folk.egne?.oppgaver.find(({ rolle }) => rolle === 'leder');
	};
	await inviterFolk(lis, { personer: [], mangler: ['leder', 'veileder'], delTidligere: false, nokkel });
	expect((await hentFolk(lis)).egne?.oppgaver).toEqual([
		{ rolle: 'veileder', tilstand: 'vet_ikke' },
		{ rolle: 'leder', tilstand: 'vet_ikke' },
		{ rolle: 'supervisor', tilstand: 'mangler' }
	]);
	const forste = await inviter(world, lis, invitert(KARI, 'leder'));
	expect(await oppgaver()).toEqual({ rolle: 'leder', tilstand: 'venter', navn: KARI });
	await avslaInvitasjon(leser, { token: forste.token, svar: 'avslatt' });
	expect(await oppgaver()).toEqual({ rolle: 'leder', tilstand: 'vet_ikke' });
	const andre = await inviter(world, lis, invitert('Per Berg', 'leder'));
	const ola = await world.person('ola');
	await aksepterInvitasjon(await world.ctx(ola), { token: andre.token, okt: await world.okt(ola) });
	expect(await oppgaver()).toEqual({ rolle: 'leder', tilstand: 'bekreft', navn: 'Per Berg' });
	await bekreftPerson(lis, { invitasjonId: andre.id });
	expect(await oppgaver()).toBeUndefined();
	expect((await hentFolk(lis)).egne?.vetIkke).toEqual(['veileder']);
});
