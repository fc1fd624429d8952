import { deleteExpired } from '../../queries/rydding.ts';
import type { JobContext } from './index.ts';

/** Deletes what has run out. Running twice finds nothing the second time. */
export async function handleRyddOkter({ db, log, now }: JobContext): Promise<void> {
	log.info({ slettet: await deleteExpired(db, now) }, 'expired sessions, log-in attempts and old mail deleted');
}
