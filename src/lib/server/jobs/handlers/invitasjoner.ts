import { dagINorge } from '#lib/domain/dager.ts';
import { PURRES_ETTER_DAGER, purringer, statusNa } from '#lib/domain/invitasjon/invitasjon.ts';
import { invitasjonTokenHash, newToken } from '../../auth/token.ts';
import { transaction, type Db } from '../../db/pool.ts';
import { koEpost } from '../../mail/ko.ts';
import { insertHendelse } from '../../varsler/hendelse.ts';
import { insertLenke, listVentende, lockVentende, setPurret, setUtlopt } from '../../queries/ventende-invitasjoner.ts';
import type { JobContext } from './index.ts';

const DAG_MS = 24 * 60 * 60 * 1000;

/**
 * Reminds of invitations that wait, and ends those whose deadline has passed, each in a transaction of its own that reads it anew under
 * lock. Running twice finds nothing the second time; after an outage one reminder goes, not two.
 */
export async function handleInvitasjoner({ db, log, now, pidKey }: JobContext): Promise<void> {
	const antall = { purret: 0, utlopt: 0 };
	for (const id of await listVentende(db, new Date(now.getTime() - PURRES_ETTER_DAGER[0] * DAG_MS))) {
		const gjort = await transaction(db, (trx) => behandle(trx, id, { now, pidKey }));
		if (gjort) antall[gjort]++;
	}
	log.info({ antall }, 'invitations reminded of and ended');
}

async function behandle(
	trx: Db,
	id: string,
	{ now, pidKey }: Pick<JobContext, 'now' | 'pidKey'>
): Promise<'purret' | 'utlopt' | undefined> {
	const invitasjon = await lockVentende(trx, id);
	if (!invitasjon) return undefined;
	const { lisId, lisNavn, roller, navn, epost, sprak, utloperAt } = invitasjon;
	const hendelse = { at: now, aktorId: null, aktorRolle: null, lisId, objektId: id, requestId: 'invitasjoner' };
	if (statusNa(invitasjon, now) === 'utlopt') {
		await setUtlopt(trx, id);
		await insertHendelse(trx, { ...hendelse, type: 'invitasjon.utlopt' });
		return 'utlopt';
	}
	const skulle = purringer(invitasjon, now);
	if (skulle <= invitasjon.purret) return undefined;
	await setPurret(trx, id, skulle);
	// Of the first link only the hash is kept: the reminder has one of its own, to the same invitation.
	const token = newToken();
	await insertLenke(trx, { invitasjonId: id, tokenHash: invitasjonTokenHash(token), now });
	await koEpost(
		trx,
		{
			mal: 'invitasjon_purring',
			mottaker: { id: null, navn, epost, sprak },
			data: { lisNavn, roller, frist: dagINorge(utloperAt) },
			lenke: { sti: `/invitasjon/${token}`, nokkel: pidKey },
			objektId: id
		},
		now
	);
	await insertHendelse(trx, { ...hendelse, type: 'invitasjon.purret', data: { antall: skulle } });
	return 'purret';
}
