import type { Db } from '../db/pool.ts';
import { insertSignatur } from '../queries/signatur.ts';
import { samtalemelding } from './melding.ts';
import type { Signeringsnokkel } from './nokkel.ts';

/** Signs a finished samtale; the key's public part is known. False when this key has signed it already. `jsonSha256` in hex. */
export function signerSamtale(
	trx: Db,
	nokkel: Signeringsnokkel,
	{ docId, jsonSha256, now }: { docId: string; jsonSha256: string; now: Date }
): Promise<boolean> {
	const signatur = nokkel.signer(samtalemelding(docId, jsonSha256));
	return insertSignatur(trx, { docId, nokkelId: nokkel.id, signatur, now });
}
