import { randomInt, randomUUID } from 'node:crypto';
import type { RelasjonRolle } from '#lib/domain/actor.ts';
import { EID_EIER } from '#lib/server/auth/eid/bevis.ts';
import { apneForsegling, forsegl, pidHash } from '#lib/server/auth/hemmelighet.ts';
import { hashToken, newToken } from '#lib/server/auth/token.ts';
import type { PersonSvar } from '#lib/server/commands/lib/ny-bruker.ts';
import { inviterFolk } from '#lib/server/commands/inviter-folk.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { openRecord } from '../../scripts/lib/records.ts';
import type { World } from './world.ts';

/** The key that seals pids and links in these tests. */
export const nokkel = new Uint8Array(32).fill(9);
const notePid = openRecord('pid', 'bevis');
export const IDLE_MS = 2 * 60 * 60 * 1000;

/** What somebody tells in the form, beside their name. */
export const SVAR: Omit<PersonSvar, 'navn'> = {
	...{ epost: 'ny@example.com', mobil: '99887766', stilling: null, sprak: 'nb', hpr: null, brukernavn: null },
	...{ passord: null, sted: null }
};

/** Somebody identifies with electronic ID and has no user yet; returns the token of their cookie. */
export async function bevis(
	world: World,
	person: { navn: string; pid?: string; now?: Date; neste?: string; key?: Uint8Array }
): Promise<string> {
	const { navn, pid = String(randomInt(1e10, 9e10)), now = world.now, key = nokkel } = person;
	notePid(`${pid}\n`);
	const token = newToken();
	await world.web
		.insertInto('eid_bevis')
		.values({
			id: hashToken(token),
			pid_hash: pidHash(key, pid),
			pid_kryptert: forsegl(key, 'pid', EID_EIER, pid),
			navn,
			neste: person.neste ?? null,
			created_at: now,
			utloper_at: new Date(now.getTime() + 30 * 60 * 1000)
		})
		.execute();
	return token;
}

/** Who is invited, as the form gives it. */
export const invitert = (navn: string, ...roller: RelasjonRolle[]) => ({
	navn,
	epost: `${randomUUID()}@example.com`,
	roller
});

/** The LIS invites one person; returns the invitation and the token of the link in its mail. */
export async function inviter(
	world: World,
	lis: Ctx,
	person: ReturnType<typeof invitert>,
	delTidligere = false
): Promise<{ id: string; token: string }> {
	await inviterFolk(lis, { personer: [person], mangler: [], delTidligere, nokkel });
	const { id } = await world.owner
		.selectFrom('invitasjon')
		.select('id')
		.where('epost', '=', person.epost)
		.executeTakeFirstOrThrow();
	return { id, token: await lenke(world, id) };
}

/** The token of the newest link that was mailed for this invitation. */
export async function lenke(world: World, invitasjonId: string, key: Uint8Array = nokkel): Promise<string> {
	const brev = await world.owner
		.selectFrom('epost')
		.select(['id', 'hemmelig'])
		.where('objekt_id', '=', invitasjonId)
		.where('mal', '=', 'invitasjon')
		.where('hemmelig', 'is not', null)
		.execute();
	const rad = await world.owner
		.selectFrom('invitasjon')
		.select('token_hash')
		.where('id', '=', invitasjonId)
		.executeTakeFirstOrThrow();
	const tokener = brev.map(
		(b) =>
			apneForsegling(key, 'epost-lenke', b.id, b.hemmelig ?? Buffer.of())
				.split('/')
				.at(-1) ?? ''
	);
	const nyeste = tokener.find((token) => hashToken(token) === rad.token_hash.toString('hex'));
	if (nyeste === undefined) throw new Error('No mail holds the link');
	return nyeste;
}

/** How an invitation stands. */
export const rad = (world: World, id: string) =>
	world.owner.selectFrom('invitasjon').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

/** Templates of the mails about an invitation, in order. */
export async function brev(world: World, id: string): Promise<string[]> {
	const rader = await world.owner
		.selectFrom('epost')
		.select(['mal', 'created_at'])
		.where('objekt_id', '=', id)
		.orderBy('created_at')
		.execute();
	return rader.map(({ mal }) => mal);
}
