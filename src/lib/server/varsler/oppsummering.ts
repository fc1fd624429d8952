import { randomUUID } from 'node:crypto';
import { runderVed } from '#lib/domain/varsel/uke.ts';
import { transaction, type Db } from '../db/pool.ts';
import type { MalData } from '../mail/maler.ts';
import { koEposter, type Epost } from '../mail/ko.ts';
import { insertOppsummeringer, lockMottakere, taMed, type Linje } from '../queries/ukesoppsummering.ts';

/** People in one transaction. */
const BUNKE = 200;
/** More lines than anybody reads in a mail; the rest are counted. */
const MAKS_LINJER = 30;

/**
 * Puts every weekly summary that is due into the outbox. However many workers do so at once, and however often, each person gets one for an ISO week,
 * and none that is empty (trust.md, R07). Returns how many.
 */
export async function sendOppsummeringer(db: Db, now: Date): Promise<number> {
	let antall = 0;
	for (;;) {
		const bunke = await transaction(db, (trx) => enBunke(trx, now));
		antall += bunke.sendt;
		if (bunke.sett < BUNKE) return antall;
	}
}

async function enBunke(trx: Db, now: Date): Promise<{ sett: number; sendt: number }> {
	const mottakere = await lockMottakere(trx, { runder: runderVed(now), antall: BUNKE });
	const nye = mottakere.map((mottaker) => ({ ...mottaker, id: randomUUID(), brukerId: mottaker.id }));
	// Looked for before they were held: another worker may have been first.
	const skrevet = await insertOppsummeringer(trx, nye, now);
	const mine = nye.filter(({ brukerId }) => skrevet.has(brukerId));
	const linjer = Map.groupBy(await taMed(trx, mine), ({ mottakerId }) => mottakerId);
	const brev = mine.flatMap(({ brukerId, navn, epost, sprak }): Epost[] => {
		const egne = linjer.get(brukerId);
		const mottaker = { id: brukerId, navn, epost, sprak };
		return egne ? [{ mal: 'ukesoppsummering', mottaker, data: innholdAv(egne) }] : [];
	});
	await koEposter(trx, brev, now);
	return { sett: mottakere.length, sendt: mine.length };
}

/** By LIS and by who one is to them, one's own first. */
function innholdAv(linjer: Linje[]): MalData['ukesoppsummering'] {
	const deler = Map.groupBy(
		linjer.slice(0, MAKS_LINJER),
		({ lisId, som }) => `${som === 'lis' ? 0 : 1} ${lisId} ${som}`
	);
	return {
		antall: linjer.length,
		deler: [...deler.entries()]
			.toSorted(([a], [b]) => (a < b ? -1 : 1))
			.map(([, egne]) => ({
				lis: egne[0]?.data.lis ?? null,
				som: egne[0]?.som ?? '',
				linjer: egne.map(({ type, data }) => ({ type, navn: data }))
			}))
	};
}
