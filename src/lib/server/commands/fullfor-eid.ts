import { createHash } from 'node:crypto';
import { EID_BEVIS_MS, EID_FORSOK_MS } from '#lib/domain/eid.ts';
import { EID_EIER, opprettEidOkt } from '../auth/eid/bevis.ts';
import { EidFeil } from '../auth/eid/feil.ts';
import type { EidKlient } from '../auth/eid/klient.ts';
import type { EidPerson } from '../auth/eid/profil.ts';
import { forsegl, pidHash } from '../auth/hemmelighet.ts';
import type { Okt } from '../auth/okter.ts';
import { krevPlass, tellForsok } from '../auth/throttle.ts';
import { hashToken, newToken } from '../auth/token.ts';
import { sendHint } from '../db/hints.ts';
import { transaction, type Db } from '../db/pool.ts';
import { updateSistInnlogget } from '../queries/bruker.ts';
import { aktiver, brukForsok, harPid, insertBevis, lockEidBruker, roterOkt } from '../queries/eid.ts';
import { insertHendelse } from '../varsler/hendelse.ts';
import { avslutt } from './lib/avslutt-okt.ts';
import { avvisEid } from './lib/avvis-eid.ts';

export type EidRetur = {
	db: Db;
	now: Date;
	requestId: string;
	/** Undefined when no provider is configured. */
	klient: EidKlient | undefined;
	pidKey: Uint8Array;
	/** Idle time of an ordinary session, milliseconds. */
	idleMs: number;
	/** The query with which the browser came back. */
	query: string;
	/** The cookie of the attempt that this browser began. */
	forsokToken: string | undefined;
	/** The session that this browser has. */
	okt: Okt | undefined;
	/** Where the request comes from, when a trusted proxy tells it. */
	adresse: string | undefined;
};

/** What an attempt has come to: a session (new, or the same one with a new token), or somebody who has no user yet. */
export type EidUtfall =
	| { utfall: 'innlogget'; token: string; sprak: string; neste: string | null }
	| { utfall: 'bekreftet'; token: string; neste: string | null }
	| { utfall: 'ukjent'; bevisToken: string; neste: string | null };

type Forsok = NonNullable<Awaited<ReturnType<typeof brukForsok>>>;
type Bevist = { hash: Buffer; sid: string | null; idToken: Buffer; person: EidPerson };

/**
 * S1–S3, S19: takes up an attempt that comes back from the provider. It is used once, whatever it comes to.
 * @throws EidFeil when it opens nothing; one event has been written then (T14). AppError `too_many` when that has happened too often of late
 */
export async function fullforEid(retur: EidRetur): Promise<EidUtfall> {
	const avsender = { okt: retur.okt?.id, adresse: retur.adresse };
	await krevPlass(retur.db, 'eid-feil', avsender, retur.now);
	let forsok: Forsok | undefined;
	try {
		forsok = await taForsok(retur);
		const { idToken, ...person } = await innlos(retur, forsok);
		const bevist: Bevist = {
			hash: pidHash(retur.pidKey, person.pid),
			sid: person.sid,
			idToken: forsegl(retur.pidKey, 'id-token', EID_EIER, idToken),
			person
		};
		const handling = forsok.formal === 'bekreft' ? bekreft : loggInn;
		return await transaction(retur.db, (trx) => handling(trx, retur, forsok as Forsok, bevist));
	} catch (error) {
		if (!(error instanceof EidFeil)) throw error;
		error.forsok = { neste: forsok?.neste ?? null, bekreft: forsok?.formal === 'bekreft' };
		await tellForsok(retur.db, 'eid-feil', avsender, retur.now);
		await avvisEid(retur, error, retur.okt?.actor.brukerId ?? null);
		throw error;
	}
}

/** The attempt behind cookie and state, used up; the two belong together, so that a state from another browser finds nothing. */
async function taForsok({ db, now, query, forsokToken }: EidRetur): Promise<Forsok> {
	const state = new URLSearchParams(query).get('state');
	if (forsokToken === undefined || state === null) throw new EidFeil('ugyldig', 'no_attempt');
	const stateHash = createHash('sha256').update(state).digest();
	const forsok = await brukForsok(db, { id: hashToken(forsokToken), stateHash, now });
	if (forsok === undefined) throw new EidFeil('ugyldig', 'unknown_attempt');
	if (now.getTime() - forsok.created_at.getTime() > EID_FORSOK_MS) throw new EidFeil('for_gammel', 'attempt');
	return forsok;
}

async function innlos({ klient, query, now }: EidRetur, forsok: Forsok): Promise<EidPerson & { idToken: string }> {
	if (klient === undefined) throw new EidFeil('utilgjengelig', 'not_configured');
	const state = new URLSearchParams(query).get('state') ?? '';
	// To be confirmed, the person must have identified after the attempt began.
	const maksAlderS =
		forsok.formal === 'bekreft' ? Math.ceil((now.getTime() - forsok.created_at.getTime()) / 1000) : undefined;
	return klient.innlos(query, { state, nonce: forsok.nonce, verifier: forsok.verifier }, { maksAlderS, now });
}

async function loggInn(trx: Db, retur: EidRetur, forsok: Forsok, bevist: Bevist): Promise<EidUtfall> {
	const { now, requestId } = retur;
	const bruker = await lockEidBruker(trx, bevist.hash);
	if (bruker?.status === 'invitert') throw new EidFeil('ikke_aktiv', 'invited');
	// An earlier session is never adopted (T02).
	if (retur.okt) await avslutt(trx, retur, retur.okt, 'ny innlogging');
	if (bruker === undefined) return bevisFor(trx, retur, forsok, bevist);

	if (bruker.status !== 'aktiv') await aktiver(trx, bruker.id);
	const hendelse = { at: now, aktorId: bruker.id, aktorRolle: null, requestId };
	if (bruker.status === 'deaktivert')
		await insertHendelse(trx, { ...hendelse, type: 'bruker.reaktivert', objektId: bruker.id });
	const fellesMaskin = forsok.felles_maskin;
	const okt = await opprettEidOkt(trx, {
		...{ brukerId: bruker.id, eid: { sid: bevist.sid, idToken: bevist.idToken }, fellesMaskin, now },
		idleMs: Math.min(retur.idleMs, retur.klient?.idleMs ?? retur.idleMs)
	});
	await updateSistInnlogget(trx, bruker.id, now);
	await insertHendelse(trx, {
		...hendelse,
		type: 'okt.opprettet',
		objektId: okt.offentligId,
		data: { metode: 'eid', fellesMaskin }
	});
	return { utfall: 'innlogget', token: okt.token, sprak: bruker.sprak, neste: forsok.neste };
}

/** Somebody who has no user: what is known of them is kept while they register or accept. */
async function bevisFor(trx: Db, retur: EidRetur, forsok: Forsok, bevist: Bevist): Promise<EidUtfall> {
	const { now, requestId, pidKey } = retur;
	const token = newToken();
	await insertBevis(trx, {
		id: hashToken(token),
		pid_hash: bevist.hash,
		pid_kryptert: forsegl(pidKey, 'pid', EID_EIER, bevist.person.pid),
		navn: bevist.person.navn,
		hpr_nummer: bevist.person.hprNummer,
		neste: forsok.neste,
		sid: bevist.sid,
		id_token: bevist.idToken,
		created_at: now,
		utloper_at: new Date(now.getTime() + EID_BEVIS_MS)
	});
	await insertHendelse(trx, { type: 'eid.bevist', at: now, aktorId: null, aktorRolle: null, requestId });
	return { utfall: 'ukjent', bevisToken: token, neste: forsok.neste };
}

/** Step-up: the same person has identified anew, in the session that asked for it, which gets a new token (T02). */
async function bekreft(trx: Db, retur: EidRetur, forsok: Forsok, bevist: Bevist): Promise<EidUtfall> {
	const { okt, now, requestId } = retur;
	if (okt?.id !== forsok.okt_id || okt === undefined) throw new EidFeil('ugyldig', 'other_session');
	const { brukerId } = okt.actor;
	if (!(await harPid(trx, brukerId, bevist.hash))) throw new EidFeil('annen_person', 'other_pid');
	const token = newToken();
	const { sid, idToken } = bevist;
	if (!(await roterOkt(trx, { fra: okt.hash, til: hashToken(token), at: now, sid, idToken })))
		throw new EidFeil('ugyldig', 'session_ended');
	await insertHendelse(trx, {
		type: 'eid.bekreftet',
		at: now,
		aktorId: brukerId,
		aktorRolle: null,
		objektId: okt.id,
		requestId
	});
	// Sockets of the old token are closed; pages come back with the new one.
	await sendHint(trx, { okt: okt.id });
	return { utfall: 'bekreftet', token, neste: forsok.neste };
}
