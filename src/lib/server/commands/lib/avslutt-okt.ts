import { avsluttOkt, type Okt } from '../../auth/okter.ts';
import { sendHint } from '../../db/hints.ts';
import type { Db } from '../../db/pool.ts';
import { insertHendelse } from '../../varsler/hendelse.ts';
import { listEgneOkter } from '../../queries/konto.ts';

type Nar = { now: Date; requestId: string };

/** Notes that a session has ended, and tells the ws-servers, which close its sockets when the transaction commits (T03). */
export async function meldAvsluttet(
	trx: Db,
	{ now, requestId }: Nar,
	okt: { id: string; brukerId: string },
	grunn?: string
): Promise<void> {
	await insertHendelse(trx, {
		type: 'okt.avsluttet',
		at: now,
		aktorId: okt.brukerId,
		aktorRolle: null,
		objektId: okt.id,
		...(grunn === undefined ? {} : { data: { grunn } }),
		requestId
	});
	await sendHint(trx, { okt: okt.id });
}

/** Ends a session of the one who is logged in with it. */
export async function avslutt(trx: Db, nar: Nar, okt: Okt, grunn?: string): Promise<void> {
	await avsluttOkt(trx, okt.hash);
	await meldAvsluttet(trx, nar, { id: okt.id, brukerId: okt.actor.brukerId }, grunn);
}

/** Ends every session of the person but this one. */
export async function avsluttAndre(trx: Db, nar: Nar, denne: Okt, grunn: string): Promise<void> {
	const { brukerId } = denne.actor;
	for (const { id, hash } of await listEgneOkter(trx, brukerId)) {
		if (id === denne.id) continue;
		await avsluttOkt(trx, hash);
		await meldAvsluttet(trx, nar, { id, brukerId }, grunn);
	}
}
