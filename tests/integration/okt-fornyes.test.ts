import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashToken } from '#lib/server/auth/token.ts';
import { validerOkt } from '#lib/server/auth/okter.ts';
import { aksepterInvitasjon } from '#lib/server/commands/aksepter-invitasjon.ts';
import { inviter, invitert } from '../support/folk.ts';
import { outcome } from '../support/outcome.ts';
import { World, type Person } from '../support/world.ts';

/** T02: whoever gets a role while logged in goes on in the same session under a new token; the old one opens nothing. */

let world: World;
let lis: Person;
beforeAll(async () => {
	world = await World.create();
	lis = await world.person('lis', { lis: true });
});
afterAll(() => world.destroy());

async function innlogget() {
	const person = await world.person('kari');
	const gammel = await world.login(person);
	const okt = (await validerOkt(world.web, gammel, world.now)) ?? expect.fail();
	const ctx = { db: world.web, actor: okt.actor, now: world.now, requestId: randomUUID(), manglerEid: false };
	return { person, gammel, okt, ctx };
}

test('accepting with one click gives the session a new token, with the role', async () => {
	const { person, gammel, okt, ctx } = await innlogget();
	const { token } = await inviter(world, await world.ctx(lis), invitert(person.navn, 'leder'));
	const { utfall, oktToken } = await aksepterInvitasjon(ctx, { token, okt });
	expect(utfall).toBe('akseptert');
	expect(await validerOkt(world.web, gammel, world.now)).toBeUndefined();
	const ny = await validerOkt(world.web, oktToken, world.now);
	expect(ny).toMatchObject({ id: okt.id, hash: hashToken(oktToken), tider: { sistSett: okt.tider.sistSett } });
	expect(ny?.actor.relasjoner).toMatchObject([{ lisId: lis.id, rolle: 'leder' }]);
});

test('a link that cannot be used changes neither session nor roles; nor does a session that has ended', async () => {
	const { person, gammel, okt, ctx } = await innlogget();
	expect(await outcome(aksepterInvitasjon(ctx, { token: 'ukjent', okt }))).toBe('conflict: invitasjon_konflikt_lenke');
	expect(await validerOkt(world.web, gammel, world.now)).toBeDefined();

	const { token } = await inviter(world, await world.ctx(lis), invitert(person.navn, 'supervisor'));
	await world.owner.deleteFrom('okt').where('id', '=', okt.hash).execute();
	expect(await outcome(aksepterInvitasjon(ctx, { token, okt }))).toMatch(/^conflict/);
	expect((await world.ctx(person)).actor.relasjoner).toEqual([]);
});
