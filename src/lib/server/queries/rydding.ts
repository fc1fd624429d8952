import type { Db } from '../db/pool.ts';

/** Attempts older than this count no more (auth/throttle.ts looks back a quarter of an hour), in milliseconds. */
const FORSOK_MS = 24 * 60 * 60 * 1000;

/** A device that has not logged in for this long is a stranger again, in milliseconds. */
const ENHET_MS = 400 * 24 * 60 * 60 * 1000;

/** How long a mail is kept after it was sent, or after drift has seen that it failed, in milliseconds. What it told stands in the event log. */
const EPOST_MS = 90 * 24 * 60 * 60 * 1000;

/** How long a notification is kept, and the link that turns off its mail: a year and a month. */
const VARSEL_MS = 396 * 24 * 60 * 60 * 1000;

/** Deletes what has run out: sessions, log-in attempts, devices, what electronic ID has left behind, old mail and notifications; idempotent. Returns how many of each went. */
export async function deleteExpired(
	db: Db,
	now: Date
): Promise<{ okter: number; forsok: number; enheter: number; eid: number; epost: number; varsler: number }> {
	const okter = await db.deleteFrom('okt').where('absolutt_utloper_at', '<', now).executeTakeFirst();
	const forsok = await db
		.deleteFrom('innloggingsforsok')
		.where('at', '<', new Date(now.getTime() - FORSOK_MS))
		.executeTakeFirst();
	const enheter = await db
		.deleteFrom('kjent_enhet')
		.where('sist_at', '<', new Date(now.getTime() - ENHET_MS))
		.executeTakeFirst();
	const eidForsok = await db
		.deleteFrom('eid_forsok')
		.where('created_at', '<', new Date(now.getTime() - FORSOK_MS))
		.executeTakeFirst();
	const eidBevis = await db.deleteFrom('eid_bevis').where('utloper_at', '<', now).executeTakeFirst();
	const epostFor = new Date(now.getTime() - EPOST_MS);
	const epost = await db
		.deleteFrom('epost')
		.where((eb) =>
			eb.or([
				eb.and([eb('status', '=', 'sendt'), eb('sendt_at', '<', epostFor)]),
				eb.and([eb('status', '=', 'feilet'), eb('sett_at', '<', epostFor)])
			])
		)
		.executeTakeFirst();
	const varselFor = new Date(now.getTime() - VARSEL_MS);
	const varsler = await db.deleteFrom('varsel').where('created_at', '<', varselFor).executeTakeFirst();
	await db.deleteFrom('avmelding').where('created_at', '<', varselFor).execute();
	return {
		okter: Number(okter.numDeletedRows),
		forsok: Number(forsok.numDeletedRows),
		enheter: Number(enheter.numDeletedRows),
		eid: Number(eidForsok.numDeletedRows + eidBevis.numDeletedRows),
		epost: Number(epost.numDeletedRows),
		varsler: Number(varsler.numDeletedRows)
	};
}
