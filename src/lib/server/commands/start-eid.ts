import { createHash } from 'node:crypto';
import type { Sprak } from '#lib/domain/actor.ts';
import type { EidFormal } from '#lib/domain/eid.ts';
import { EidFeil } from '../auth/eid/feil.ts';
import type { EidKlient } from '../auth/eid/klient.ts';
import type { Okt } from '../auth/okter.ts';
import { krevPlass, tellForsok } from '../auth/throttle.ts';
import { hashToken, newToken } from '../auth/token.ts';
import type { Db } from '../db/pool.ts';
import { insertForsok } from '../queries/eid.ts';
import { avvisEid } from './lib/avvis-eid.ts';

export type EidStart = {
	db: Db;
	now: Date;
	requestId: string;
	/** Undefined when no provider is configured. */
	klient: EidKlient | undefined;
	sprak: Sprak;
	formal: EidFormal;
	/** Where the person is heading for, within the portal. */
	neste: string | null;
	fellesMaskin: boolean;
	okt: Okt | undefined;
	/** Where the request comes from, when a trusted proxy tells it. */
	adresse: string | undefined;
};

/**
 * Begins an attempt at electronic ID: where to send the browser, and the token of the cookie that binds the attempt to it.
 * @throws EidFeil when the provider is away, or a step-up is asked for by nobody; AppError `too_many`
 */
export async function startEid(start: EidStart): Promise<{ adresse: string; token: string }> {
	const { db, klient, okt, adresse, ...inn } = start;
	const avsender = { okt: okt?.id, adresse };
	await krevPlass(db, 'eid-start', avsender, inn.now);
	await tellForsok(db, 'eid-start', avsender, inn.now);
	try {
		if (klient === undefined) throw new EidFeil('utilgjengelig', 'not_configured');
		if (inn.formal === 'bekreft' && okt === undefined) throw new EidFeil('ugyldig', 'no_session');
		const binding = klient.nyBinding();
		const sted = await klient.start(binding, inn);
		const token = newToken();
		await insertForsok(db, {
			id: hashToken(token),
			state_hash: createHash('sha256').update(binding.state).digest(),
			nonce: binding.nonce,
			verifier: binding.verifier,
			formal: inn.formal,
			okt_id: inn.formal === 'bekreft' && okt ? okt.id : null,
			neste: inn.neste,
			felles_maskin: inn.fellesMaskin,
			created_at: inn.now
		});
		return { adresse: sted, token };
	} catch (error) {
		if (!(error instanceof EidFeil)) throw error;
		error.forsok = { neste: inn.neste, bekreft: inn.formal === 'bekreft' };
		await avvisEid(start, error, okt?.actor.brukerId ?? null);
		throw error;
	}
}
