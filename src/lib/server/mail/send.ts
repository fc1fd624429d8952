import type { Sprak } from '#lib/domain/actor.ts';
import { apneForsegling } from '../auth/hemmelighet.ts';
import type { Avsender } from '../config.ts';
import { transaction, type Db } from '../db/pool.ts';
import type { Logger } from '../log.ts';
import { lockNesteEpost, markEpostFeilet, markEpostSendt, utsettEpost } from '../queries/epost.ts';
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
			await transport(skriv(rad, sending));
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

type Rad = NonNullable<Awaited<ReturnType<typeof lockNesteEpost>>>;

function skriv(rad: Rad, { pidKey, avsender, origin }: Sending): Brev {
	const { id, mal, sprak, data, hemmelig } = rad;
	// Of a newer version than this worker: another one will know it.
	if (!erMal(mal)) throw new Error(`no template ${mal}`);
	const sti = hemmelig ? apneForsegling(pidKey, 'epost-lenke', id, hemmelig) : undefined;
	if (sti !== undefined && !/^\/(?!\/)/.test(sti)) throw new UbrukeligEpost('the link leads out of the portal');
	const utkast = { id, mal, data, sprak, sti, til: { navn: rad.til_navn, epost: rad.til_epost }, at: rad.created_at };
	// Written by koEpost, which took the data of this very template.
	return skrivBrev(utkast as Utkast & { sprak: Sprak }, avsender, origin);
}
