import type { Sprak } from '#lib/domain/actor.ts';
import { apneForsegling, avmeldingstoken } from '../auth/hemmelighet.ts';
import { avmeldingTokenHash } from '../auth/token.ts';
import type { Avsender } from '../config.ts';
import { transaction, type Db } from '../db/pool.ts';
import type { Logger } from '../log.ts';
import { insertAvmelding } from '../queries/avmelding.ts';
import { lockNesteEpost, markEpostFeilet, markEpostSendt, utsettEpost } from '../queries/epost.ts';
import { avmeldingsgruppe } from './avmelding.ts';
import { skrivBrev, UbrukeligEpost, type Brev, type Utkast } from './brev.ts';
import { forklar, nesteForsok, utfallAv, type Utfall } from './svar.ts';
import { erMal } from './templates/index.ts';
import type { Transport } from './transport.ts';

/** What sending needs; time and transport are injected. */
export type Sending = {
	db: Db;
	log: Logger;
	transport: Transport;
	avsender: Avsender;
	/** ORIGIN: every link begins with it. */
	origin: string;
	pidKey: Uint8Array;
	clock: () => Date;
};

/**
 * Sends the mail that is due longest. The row stays locked while the server is spoken to: whoever dies between the server's
 * 250 and our mark leaves it waiting, and it is sent again with the same Message-ID (trust.md, R06).
 * @returns what became of it; undefined when nothing is due
 */
export function sendNeste(sending: Sending): Promise<Utfall | 'sendt' | undefined> {
	const { db, log, transport, clock } = sending;
	return transaction(db, async (trx) => {
		const rad = await lockNesteEpost(trx, clock());
		if (!rad) return undefined;
		const forsok = rad.forsok + 1;
		const om = { epostId: rad.id, mal: rad.mal, forsok };
		try {
			await transport(skriv(rad, sending, await avmeldingFor(trx, rad, sending)));
		} catch (error) {
			const feil = forklar(error);
			const neste = nesteForsok(forsok, clock());
			const utfall = neste ? utfallAv(error) : 'aldri';
			// Never the error itself: it names the receiver.
			if (utfall === 'aldri' || !neste) {
				await markEpostFeilet(trx, rad.id, forsok, feil);
				log.warn({ ...om, feil }, 'a mail is given up');
			} else {
				await utsettEpost(trx, rad.id, forsok, feil, neste);
				log.info({ ...om, feil, neste }, 'a mail waits for another attempt');
			}
			return utfall;
		}
		await markEpostSendt(trx, rad.id, forsok, clock());
		log.info(om, 'a mail is sent');
		return 'sendt';
	});
}

/**
 * The link that turns off mail of this kind, for mail that may be turned off. The token follows from the mail, so that one that is sent twice has the
 * same; of it only the hash is kept.
 */
async function avmeldingFor(trx: Db, rad: Rad, { pidKey, clock }: Sending): Promise<string | undefined> {
	const gruppe = avmeldingsgruppe(rad.mal, rad.data);
	if (gruppe === undefined || rad.mottaker_id === null) return undefined;
	const token = avmeldingstoken(pidKey, rad.id);
	await insertAvmelding(trx, {
		...{ tokenHash: avmeldingTokenHash(token), brukerId: rad.mottaker_id, gruppe, now: clock() }
	});
	return `/avmelding/${token}`;
}

type Rad = NonNullable<Awaited<ReturnType<typeof lockNesteEpost>>>;

function skriv(rad: Rad, { pidKey, avsender, origin }: Sending, avmelding: string | undefined): Brev {
	const { id, mal, sprak, data, hemmelig } = rad;
	// Of a newer version than this worker: another one will know it.
	if (!erMal(mal)) throw new Error(`no template ${mal}`);
	const sti = hemmelig ? apneForsegling(pidKey, 'epost-lenke', id, hemmelig) : undefined;
	if (sti !== undefined && !/^\/(?!\/)/.test(sti)) throw new UbrukeligEpost('the link leads out of the portal');
	const utkast = {
		id,
		mal,
		data,
		sprak,
		sti,
		avmelding,
		til: { navn: rad.til_navn, epost: rad.til_epost },
		at: rad.created_at
	};
	// Written by koEpost, which took the data of this very template.
	return skrivBrev(utkast as Utkast & { sprak: Sprak }, avsender, origin);
}
