import { erVarselgruppe, valgMed, VARSELGRUPPER, type Varselgruppe } from '#lib/domain/varsel/grupper.ts';
import { avmeldingTokenHash } from '../auth/token.ts';
import { transaction, type Db } from '../db/pool.ts';
import { findAvmelding, updateAvmeldingBrukt } from '../queries/avmelding.ts';
import { listValg, settValg } from '../queries/varselvalg.ts';
import { insertHendelse } from '../varsler/hendelse.ts';

/**
 * Turns off mail of the kind that a link stands for, without log-in (RFC 8058): of one group, at once and in the summary, or the summary of all. What
 * is shown on Hjem stays. Doing it twice changes nothing more. False for a link that is not known.
 */
export async function meldAv(
	{ db, now, requestId }: { db: Db; now: Date; requestId: string },
	{ token }: { token: string }
): Promise<boolean> {
	const tokenHash = avmeldingTokenHash(token);
	return transaction(db, async (trx) => {
		const avmelding = await findAvmelding(trx, tokenHash);
		if (!avmelding) return false;
		const { brukerId, gruppe } = avmelding;
		const valg = valgMed(await listValg(trx, brukerId));
		const grupper: readonly Varselgruppe[] = erVarselgruppe(gruppe) ? [gruppe] : VARSELGRUPPER;
		const umiddelbar = (en: Varselgruppe) => (en === gruppe ? false : valg[en].umiddelbar);
		const nytt = grupper.map((en) => [en, { ...valg[en], umiddelbar: umiddelbar(en), ukentlig: false }]);
		await settValg(trx, brukerId, Object.fromEntries(nytt) as Partial<typeof valg>);
		await updateAvmeldingBrukt(trx, tokenHash, now);
		await insertHendelse(trx, {
			...{ type: 'bruker.varsler-endret', at: now, aktorId: brukerId, aktorRolle: null, objektId: brukerId },
			...{ data: { avmeldt: gruppe }, requestId }
		});
		return true;
	});
}
