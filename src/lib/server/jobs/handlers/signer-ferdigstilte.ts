import { transaction } from '../../db/pool.ts';
import { listUsignerte, noterNokkel } from '../../queries/signatur.ts';
import { lagSigneringsnokkel } from '../../signatur/nokkel.ts';
import { signerSamtale } from '../../signatur/samtale.ts';
import { insertHendelse } from '../../varsler/hendelse.ts';
import type { JobContext } from './index.ts';

const BUNKE = 500;

/** Signs finished documents that have no signature, and makes a new key known. Running twice finds nothing the second time; two at once agree. */
export async function handleSignerFerdigstilte({ db, log, now, signingKey }: JobContext): Promise<void> {
	if (signingKey === undefined) return;
	const nokkel = lagSigneringsnokkel(signingKey);
	await noterNokkel(db, nokkel, now);
	for (;;) {
		const usignerte = await listUsignerte(db, BUNKE);
		for (const { docId, jsonSha256, lisId } of usignerte)
			await transaction(db, async (trx) => {
				if (!(await signerSamtale(trx, nokkel, { docId, jsonSha256: jsonSha256.toString('hex'), now }))) return;
				await insertHendelse(trx, {
					...{ type: 'samtale.signert', at: now, aktorId: null, aktorRolle: null, lisId, objektId: docId },
					...{ data: { nokkel: nokkel.id }, requestId: 'signer-ferdigstilte' }
				});
			});
		if (usignerte.length > 0) log.info({ antall: usignerte.length }, 'finished documents signed');
		if (usignerte.length < BUNKE) return;
	}
}
