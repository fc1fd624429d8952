import { sendOppsummeringer } from '../../varsler/oppsummering.ts';
import type { JobContext } from './index.ts';

/** S17: sends the weekly summaries whose round has come. Running twice finds nothing the second time. */
export async function handleUkesoppsummering({ db, log, now }: JobContext): Promise<void> {
	log.info({ antall: await sendOppsummeringer(db, now) }, 'weekly summaries put into the outbox');
}
