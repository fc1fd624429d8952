import { AppError } from '#lib/domain/feil.ts';
import { erTryggLinje } from '#lib/domain/tekst.ts';
import { sjekkPassord } from '../auth/passord.ts';
import { opprettOkt, type Okt } from '../auth/okter.ts';
import { glemForsok, ventForForsok } from '../auth/throttle.ts';
import { hashToken, newToken } from '../auth/token.ts';
import { transaction, type Db } from '../db/pool.ts';
import { findForInnlogging, updateSistInnlogget } from '../queries/bruker.ts';
import { erKjentEnhet, huskEnhet } from '../queries/enhet.ts';
import { insertHendelse } from '../varsler/hendelse.ts';
import { avslutt } from './lib/avslutt-okt.ts';

export type Innlogging = {
	db: Db;
	now: Date;
	requestId: string;
	/** Idle time of an ordinary session, milliseconds. */
	idleMs: number;
	/** Sleeps; injected so that tests need not. */
	vent: (ms: number) => Promise<void>;
	brukernavn: string;
	passord: string;
	fellesMaskin: boolean;
	/** The device's cookie from an earlier log-in, if it has one. */
	enhet: string | undefined;
	/** The session that this browser had until now: it ends (T02). */
	forrige: Okt | undefined;
};

/**
 * S3: log-in with username and password. Opens a new session (never adopts a given one) and remembers the device.
 * Throws `invalid` with one message for unknown user, wrong password and inactive user alike; `too_many` in a flood.
 */
export async function loggInn(inn: Innlogging): Promise<{ token: string; enhet: string; sprak: string }> {
	const brukernavn = inn.brukernavn.trim().toLowerCase();
	// PostgreSQL refuses a null character; nobody has one in the name, so it is answered as every unknown name.
	const mulig = erTryggLinje(brukernavn);
	const kjent = mulig && inn.enhet !== undefined && (await erKjentEnhet(inn.db, brukernavn, hashToken(inn.enhet)));
	const forsok = { brukernavn, enhet: kjent ? inn.enhet : undefined };
	await ventForForsok(inn.db, forsok, inn.now, inn.vent);

	const funnet = mulig ? await findForInnlogging(inn.db, brukernavn) : undefined;
	const stemmer = await sjekkPassord(funnet?.hash, inn.passord);
	if (!stemmer || !funnet || (funnet.status !== 'aktiv' && funnet.status !== 'varslet')) {
		throw new AppError('invalid', { reason: 'innlogging_feil_stemmer_ikke' });
	}

	const enhet = (kjent ? inn.enhet : undefined) ?? newToken();
	return transaction(inn.db, async (trx) => {
		// An earlier session is never adopted (T02).
		if (inn.forrige) await avslutt(trx, inn, inn.forrige, 'ny innlogging');
		const okt = await opprettOkt(trx, {
			brukerId: funnet.id,
			fellesMaskin: inn.fellesMaskin,
			idleMs: inn.idleMs,
			now: inn.now
		});
		await glemForsok(trx, forsok);
		await updateSistInnlogget(trx, funnet.id, inn.now);
		// A shared machine is nobody's own: it is not remembered.
		if (!inn.fellesMaskin) await huskEnhet(trx, funnet.id, hashToken(enhet), inn.now);
		await insertHendelse(trx, {
			type: 'okt.opprettet',
			at: inn.now,
			aktorId: funnet.id,
			aktorRolle: null,
			objektId: okt.offentligId,
			data: { metode: 'passord', fellesMaskin: inn.fellesMaskin },
			requestId: inn.requestId
		});
		return { token: okt.token, enhet, sprak: funnet.sprak };
	});
}
