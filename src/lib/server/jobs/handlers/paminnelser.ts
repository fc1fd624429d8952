import { erDagtid } from '#lib/domain/paminnelse/paminnelse.ts';
import { sendPaminnelsesbrev } from '../../paminnelser/brev.ts';
import { paminnSamtaler } from '../../paminnelser/samtaler.ts';
import { paminnOmStaende } from '../../paminnelser/star.ts';
import { paminnOmTjenesten } from '../../paminnelser/tjeneste.ts';
import type { JobContext } from './index.ts';

/** Gives every reminder that is due, each in a transaction of its own, and the mails of the day. Running twice finds nothing the second time. */
export async function handlePaminnelser({ db, log, now, samtaleWeeks: uker }: JobContext): Promise<void> {
	if (!erDagtid(now)) return;
	const samtaler = await paminnSamtaler(db, now);
	const staende = await paminnOmStaende(db, now);
	const tjenesten = await paminnOmTjenesten(db, { now, uker });
	const brev = await sendPaminnelsesbrev(db, now);
	log.info({ samtaler, staende, ...tjenesten, brev }, 'reminders given');
}
