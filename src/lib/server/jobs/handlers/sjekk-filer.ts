import { isUnavailable, transaction, type Db } from '../../db/pool.ts';
import { sjekkVirus } from '../../fil/clamd.ts';
import { lesBiter } from '../../queries/fil-del.ts';
import { deleteUferdigeFor, listSjekkes, updateSjekket } from '../../queries/fil.ts';
import { insertHendelse } from '../../varsler/hendelse.ts';
import type { JobContext } from './index.ts';

/** An upload that began so long ago lost its process: the server itself gives up far sooner. In milliseconds. */
const UFERDIG_MS = 60 * 60 * 1000;

/**
 * Has every waiting file scanned, the longest waiting first. Fail closed: one that could not be scanned goes on waiting, and the others
 * are still tried. Two workers at the same file agree. Without a scanner nothing that waits is let through.
 */
export async function handleSjekkFiler({ db, log, now, clamd }: JobContext): Promise<void> {
	const uferdige = await deleteUferdigeFor(db, new Date(now.getTime() - UFERDIG_MS));
	if (uferdige > 0) log.info({ uferdige }, 'uploads that never arrived were cleared away');
	const venter = await listSjekkes(db);
	if (venter.length > 0 && clamd === undefined)
		log.error({ venter: venter.length }, 'files wait for a virus scanner, but CLAMD is not set');
	if (clamd === undefined) return;
	for (const fil of venter) {
		try {
			const funn = await sjekkVirus(clamd, lesBiter(db, fil.id, fil.storrelse));
			await noterSjekk(db, fil, funn, now);
			log.info({ fil: fil.id, funn }, 'file scanned');
		} catch (error) {
			if (isUnavailable(error)) log.warn({ err: error }, 'clamd or the database is away');
			else log.warn({ err: error, fil: fil.id }, 'a file could not be scanned, it goes on waiting');
		}
	}
}

/** A refused file is told to whoever sent it. */
async function noterSjekk(
	db: Db,
	fil: { id: string; lisId: string; opplastetAv: string },
	funn: string | null,
	now: Date
): Promise<void> {
	await transaction(db, async (trx) => {
		if (!(await updateSjekket(trx, fil.id, funn))) return;
		await insertHendelse(trx, {
			type: funn === null ? 'fil.klarert' : 'fil.avvist',
			...{ at: now, aktorId: null, aktorRolle: null, lisId: fil.lisId, objektId: fil.id },
			data: funn === null ? {} : { funn, personId: fil.opplastetAv },
			requestId: 'sjekk-filer'
		});
	});
}
