import { NodePostgresAdapter } from '@lucia-auth/adapter-postgresql';
import { CompiledQuery } from 'kysely';
import { Lucia, TimeSpan } from 'lucia';
import { randomUUID } from 'node:crypto';
import type { Actor, Rolle } from '#lib/domain/actor.ts';
import { ABSOLUTT_MS, FELLES_MASKIN_IDLE_MS, oktGjelder, skalTouches, type OktTider } from '#lib/domain/okt.ts';
import { AppError } from '#lib/domain/feil.ts';
import { sendHint } from '../db/hints.ts';
import type { Db } from '../db/pool.ts';
import { findOkt, touchOkt, updateOktToken } from '../queries/okt.ts';
import { actorOf, type ActorRow } from './actor-row.ts';
import { hashToken, newToken } from './token.ts';

/** Sessions: lucia behind one module, used as trust.md says (docs/adr/0002-lucia.md). */

type OktAttributes = {
	offentlig_id: string;
	created_at: Date;
	idle_ms: number;
	sist_sett_at: Date;
	absolutt_utloper_at: Date;
	felles_maskin: boolean;
	eid_at?: Date | null;
	rolle?: string | null;
};

declare module 'lucia' {
	interface Register {
		Lucia: ReturnType<typeof luciaFor>;
		DatabaseSessionAttributes: OktAttributes;
		DatabaseUserAttributes: ActorRow;
	}
}

/** A session as the portal knows it. `hash` stays on the server; `id` is the public name. */
export type Okt = {
	id: string;
	hash: string;
	actor: Actor;
	tider: OktTider;
	fellesMaskin: boolean;
	/** When the person last identified with electronic ID in this session; null: never. */
	eidAt: Date | null;
	/** The role that the person has chosen to see the portal in; null: all of theirs. No right follows from it. */
	rolle: Rolle | null;
};

/** The adapter wants a pg client; this one asks through Kysely, so that a transaction can be handed in. */
function luciaFor(db: Db) {
	const client = { query: (text: string, args: unknown[]) => db.executeQuery(CompiledQuery.raw(text, args)) };
	const adapter = new NodePostgresAdapter(client as never, { user: 'innlogget_bruker', session: 'okt' });
	return new Lucia(adapter, {
		sessionExpiresIn: new TimeSpan(ABSOLUTT_MS / 1000, 's'),
		getSessionAttributes: (okt) => ({
			offentligId: okt.offentlig_id,
			idleMs: okt.idle_ms,
			sistSett: okt.sist_sett_at,
			absoluttUtloper: okt.absolutt_utloper_at,
			fellesMaskin: okt.felles_maskin,
			eidAt: okt.eid_at ?? null,
			rolle: (okt.rolle ?? null) as Rolle | null
		}),
		// By name, so that a column added to the person is never carried along unasked.
		getUserAttributes: (b) => ({
			brukernavn: b.brukernavn,
			navn: b.navn,
			sprak: b.sprak,
			farge: b.farge,
			status: b.status,
			er_lis: b.er_lis,
			faste_roller: b.faste_roller,
			relasjoner: b.relasjoner
		})
	});
}

/** Opens a session; returns the token for the cookie, which is nowhere kept. */
export async function opprettOkt(
	trx: Db,
	okt: { brukerId: string; fellesMaskin: boolean; idleMs: number; now: Date }
): Promise<{ token: string; offentligId: string }> {
	const token = newToken();
	const offentligId = randomUUID();
	await luciaFor(trx).createSession(
		okt.brukerId,
		{
			offentlig_id: offentligId,
			created_at: okt.now,
			idle_ms: okt.fellesMaskin ? Math.min(FELLES_MASKIN_IDLE_MS, okt.idleMs) : okt.idleMs,
			sist_sett_at: okt.now,
			absolutt_utloper_at: new Date(okt.now.getTime() + ABSOLUTT_MS),
			felles_maskin: okt.fellesMaskin
		},
		{ sessionId: hashToken(token) }
	);
	return { token, offentligId };
}

/** The session behind a cookie, or undefined when there is none, it has ended, or the person is not active. Throws when the database is away. */
export async function validerOkt(db: Db, token: string, now: Date): Promise<Okt | undefined> {
	const lucia = luciaFor(db);
	const { session, user } = await lucia.validateSession(hashToken(token));
	if (!session) return undefined;
	if (!oktGjelder(session, now)) {
		await lucia.invalidateSession(session.id);
		return undefined;
	}
	const actor = actorOf(user.id, user);
	const { offentligId, fellesMaskin, eidAt, rolle } = session;
	return actor && { id: offentligId, hash: session.id, actor, tider: session, fellesMaskin, eidAt, rolle };
}

/** The same judgement without lucia's writes, for processes that may only read sessions. */
export async function lesOkt(db: Db, token: string, now: Date): Promise<Okt | undefined> {
	return lesOktByHash(db, hashToken(token), now);
}

/** As `lesOkt`, for a session whose token was seen earlier. */
export async function lesOktByHash(db: Db, hash: string, now: Date): Promise<Okt | undefined> {
	const rad = await findOkt(db, hash);
	if (!rad?.bruker_id || rad.expires_at <= now) return undefined;
	const tider = { sistSett: rad.sist_sett_at, idleMs: rad.idle_ms, absoluttUtloper: rad.absolutt_utloper_at };
	if (!oktGjelder(tider, now)) return undefined;
	const actor = actorOf(rad.bruker_id, rad);
	if (!actor) return undefined;
	const { offentlig_id: id, felles_maskin: fellesMaskin, eid_at: eidAt } = rad;
	return { id, hash: rad.id, actor, tider, fellesMaskin, eidAt, rolle: rad.rolle as Rolle | null };
}

/** Marks a session as in use, at most once a minute. */
export async function brukOkt(db: Db, okt: Okt, now: Date): Promise<void> {
	if (skalTouches(okt.tider, now)) await touchOkt(db, okt.hash, now);
}

/** Ends a session. */
export async function avsluttOkt(trx: Db, hash: string): Promise<void> {
	await luciaFor(trx).invalidateSession(hash);
}

/**
 * Gives a session a new token when its person's roles change (trust.md, «Decisions»): the old one opens nothing from the commit on, and
 * its sockets are closed; pages come back with the new one. Throws a conflict when the session has ended meanwhile.
 */
export async function fornyOkt(trx: Db, okt: Pick<Okt, 'id' | 'hash'>): Promise<string> {
	const token = newToken();
	if (!(await updateOktToken(trx, okt.hash, hashToken(token)))) throw new AppError('conflict');
	await sendHint(trx, { okt: okt.id });
	return token;
}
