import { sendHint } from '../../db/hints.ts';
import { transaction } from '../../db/pool.ts';
import { lapseClosing } from '../../queries/collab.ts';
import type { JobContext } from './index.ts';

/** Opens what has run out, and tells the ws-servers. Running twice finds nothing the second time. */
export async function handleUtlopFerdigstilling({ db, log, now }: JobContext): Promise<void> {
	const docs = await transaction(db, async (trx) => {
		const lapsed = await lapseClosing(trx, now);
		if (lapsed.length > 0) await sendHint(trx, { docs: lapsed });
		return lapsed;
	});
	if (docs.length > 0) log.info({ docs }, 'ferdigstilling lapsed');
}
