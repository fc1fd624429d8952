import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError, type FeilKode } from '#lib/domain/feil.ts';
import { GYLDIG_MS } from '#lib/domain/invitasjon/invitasjon.ts';
import { feiltekst } from '#lib/i18n/feil.ts';
import { invitasjonTokenHash, newToken } from '#lib/server/auth/token.ts';
import { aksepterInvitasjon } from '#lib/server/commands/aksepter-invitasjon.ts';
import {
	avvisPerson,
	bekreftPerson,
	byttInvitert,
	sendInvitasjonPaNytt,
	trekkInvitasjon
} from '#lib/server/commands/styr-invitasjon.ts';
import { apneInvitasjon, avslaInvitasjon, beOmNyInvitasjon } from '#lib/server/commands/svar-pa-invitasjon.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { insertInvitasjon, insertInvitasjonRoller, updateInvitasjon } from '#lib/server/queries/invitasjon.ts';
import { invitert, nokkel } from '../support/folk.ts';
import { World, type Person } from '../support/world.ts';

/** T09: every act on an invitation, in every state, by everybody. What is not in these tables is refused, and changes nothing. */

const STATUSER = [
	...(['sendt', 'apnet', 'til_bekreftelse', 'akseptert', 'avslatt', 'ikke_meg', 'utlopt', 'trukket'] as const),
	/** The deadline has passed, and no job has marked it. */
	'sendt over fristen' as const
];
type Status = (typeof STATUSER)[number];

const DAG = 24 * 60 * 60 * 1000;

let world: World;
let kari: Person;
let per: Person;
beforeAll(async () => {
	world = await World.create();
	[kari, per] = await Promise.all([world.person('kari'), world.person('per')]);
});
afterAll(() => world.destroy());

/** An invitation of Kari to a LIS of its own, as it stands in that state. */
async function invitasjonSom(status: Status, rolle: 'leder' | 'supervisor' = 'leder') {
	const [lis, id, token] = [await world.person('lis', { lis: true }), randomUUID(), newToken()];
	const sendt = status === 'sendt over fristen' ? new Date(world.now.getTime() - 31 * DAG) : world.past(60);
	await insertInvitasjon(world.web, {
		...{ id, lisId: lis.id, opprettetAv: lis.id, navn: kari.navn, epost: 'kari@example.com', sprak: 'nb' },
		...{ tokenHash: invitasjonTokenHash(token), now: sendt, delTidligere: false },
		utloperAt: new Date(sendt.getTime() + GYLDIG_MS)
	});
	await insertInvitasjonRoller(world.web, id, [{ rolle, til: null }]);
	const akseptert = status === 'til_bekreftelse' || status === 'akseptert';
	if (status !== 'sendt' && status !== 'sendt over fristen')
		await updateInvitasjon(world.web, id, { status, ...(akseptert ? { akseptert_av: per.id } : {}) });
	return { lis, id, token };
}
type Invitasjonen = Awaited<ReturnType<typeof invitasjonSom>>;

const statusNa = async (id: string) =>
	(await world.owner.selectFrom('invitasjon').select('status').where('id', '=', id).executeTakeFirstOrThrow()).status;
/** All that an act could have changed: the invitation, the people around the LIS, the log and the mail. */
async function alt({ id, lis }: Invitasjonen): Promise<string> {
	const rader = await Promise.all([
		world.owner.selectFrom('invitasjon').selectAll().where('lis_id', '=', lis.id).execute(),
		world.owner.selectFrom('relasjon').selectAll().where('lis_id', '=', lis.id).execute(),
		world.owner.selectFrom('hendelse').select('id').where('lis_id', '=', lis.id).execute(),
		world.owner.selectFrom('epost').select('id').where('objekt_id', '=', id).execute()
	]);
	return JSON.stringify(rader);
}

type Svar = 'ok' | FeilKode;
/** How it ended; a conflict must say in words what is wrong and how to mend it. */
async function svarPa(work: Promise<unknown>): Promise<Svar> {
	try {
		await work;
		return 'ok';
	} catch (error) {
		if (!(error instanceof AppError)) throw error;
		if (error.code === 'conflict') expect(feiltekst(error.detail.reason ?? '')).toMatch(/^[A-ZÆØÅ].{30,}\.$/);
		return error.code;
	}
}

/** Acts of whoever invites, and what becomes of the invitation in the states in which they may be done. */
const STYRING: Record<string, [(ctx: Ctx, id: string) => Promise<void>, Partial<Record<Status, string>>]> = {
	'send på nytt': [
		(ctx, invitasjonId) => sendInvitasjonPaNytt(ctx, { invitasjonId, rettet: null, nokkel }),
		{
			...{ sendt: 'sendt', apnet: 'sendt', avslatt: 'sendt', ikke_meg: 'sendt', utlopt: 'sendt' },
			'sendt over fristen': 'sendt'
		}
	],
	rett: [
		(ctx, invitasjonId) => sendInvitasjonPaNytt(ctx, { invitasjonId, rettet: invitert('Kari Nordby'), nokkel }),
		{
			...{ sendt: 'sendt', apnet: 'sendt', avslatt: 'sendt', ikke_meg: 'sendt', utlopt: 'sendt' },
			'sendt over fristen': 'sendt'
		}
	],
	bytt: [
		(ctx, invitasjonId) => byttInvitert(ctx, { invitasjonId, til: invitert('Per Berg'), nokkel }),
		{ sendt: 'trukket', apnet: 'trukket', 'sendt over fristen': 'trukket' }
	],
	trekk: [
		(ctx, invitasjonId) => trekkInvitasjon(ctx, { invitasjonId }),
		{ sendt: 'trukket', apnet: 'trukket', 'sendt over fristen': 'trukket' }
	],
	bekreft: [(ctx, invitasjonId) => bekreftPerson(ctx, { invitasjonId }), { til_bekreftelse: 'akseptert' }],
	avvis: [(ctx, invitasjonId) => avvisPerson(ctx, { invitasjonId }), { til_bekreftelse: 'trukket' }]
};

const leser = (aktorId: string | null) => ({ db: world.web, now: world.now, requestId: randomUUID(), aktorId });
const aksepterSom = async (person: Person, token: string) =>
	aksepterInvitasjon(await world.ctx(person), { token, okt: await world.okt(person) });

/** Acts of whoever holds the link. `stille`: is answered alike for every link (T21), and does nothing where it may not. */
const LENKE: Record<string, [(i: Invitasjonen) => Promise<unknown>, Partial<Record<Status, string>>, 'stille'?]> = {
	åpne: [({ token }) => apneInvitasjon(leser(null), { token }), { sendt: 'apnet' }, 'stille'],
	'be om ny': [
		({ token }) => beOmNyInvitasjon(leser(null), { token }),
		{ utlopt: 'utlopt', 'sendt over fristen': 'sendt' },
		'stille'
	],
	aksepter: [({ token }) => aksepterSom(kari, token), { sendt: 'akseptert', apnet: 'akseptert' }],
	'aksepter under annet navn': [
		({ token }) => aksepterSom(per, token),
		{ sendt: 'til_bekreftelse', apnet: 'til_bekreftelse' }
	],
	'aksepter sin egen': [({ token, lis }) => aksepterSom(lis, token), {}],
	avslå: [
		({ token }) => avslaInvitasjon(leser(null), { token, svar: 'avslatt' }),
		{ sendt: 'avslatt', apnet: 'avslatt' }
	],
	'dette er ikke meg': [
		({ token }) => avslaInvitasjon(leser(kari.id), { token, svar: 'ikke_meg' }),
		{ sendt: 'ikke_meg', apnet: 'ikke_meg' }
	]
};

describe.each(STATUSER)('%s', (status) => {
	test.each(Object.keys(STYRING))('the LIS: %s', async (handling) => {
		const [gjor, lovlig] = STYRING[handling] ?? expect.fail();
		const i = await invitasjonSom(status);
		const for_ = await alt(i);
		const svar = await svarPa(gjor(await world.ctx(i.lis), i.id));
		expect(svar).toBe(lovlig[status] === undefined ? 'conflict' : 'ok');
		if (svar === 'ok') expect(await statusNa(i.id)).toBe(lovlig[status]);
		else expect(await alt(i)).toBe(for_);
	});

	test.each(Object.keys(LENKE))('whoever holds the link: %s', async (handling) => {
		const [gjor, lovlig, stille] = LENKE[handling] ?? expect.fail();
		const i = await invitasjonSom(status);
		const for_ = await alt(i);
		const svar = await svarPa(gjor(i));
		expect(svar).toBe(lovlig[status] === undefined && stille === undefined ? 'conflict' : 'ok');
		if (lovlig[status] === undefined) expect(await alt(i)).toBe(for_);
		else expect([await statusNa(i.id), (await alt(i)) === for_]).toEqual([lovlig[status], false]);
	});

	test('nobody else does anything to it: who may know of it is told so, to all others it is not there', async () => {
		const i = await invitasjonSom(status);
		const { lis } = i;
		const [folger, tidligere, annen, hdir, drift] = await Promise.all([
			world.person('veileder'),
			world.person('tidligere'),
			world.person('annen', { lis: true }),
			world.person('hdir', { fast: 'hdir' }),
			world.person('drift', { fast: 'drift' })
		]);
		await world.relate(lis, folger, 'veileder');
		await world.relate(lis, tidligere, 'leder', world.past(1));
		const for_ = await alt(i);
		for (const [person, svar] of [
			[folger, 'forbidden'],
			[tidligere, 'not_found'],
			[annen, 'not_found'],
			[hdir, 'not_found'],
			[drift, 'not_found'],
			// Whom it is to, and who accepted it, answer by the link only.
			[kari, 'not_found'],
			[per, 'not_found']
		] as const) {
			const ctx = await world.ctx(person);
			for (const [gjor] of Object.values(STYRING)) expect(await svarPa(gjor(ctx, i.id))).toBe(svar);
		}
		expect(await alt(i)).toBe(for_);
	});
});

test('a link that was never sent is answered as one that cannot be used', async () => {
	const i = await invitasjonSom('sendt');
	for (const [handling, [gjor, , stille]] of Object.entries(LENKE))
		expect([handling, await svarPa(gjor({ ...i, token: newToken() }))]).toEqual([handling, stille ? 'ok' : 'conflict']);
});
