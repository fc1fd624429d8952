import { dagINorge } from '#lib/domain/dager.ts';
import { plussDager } from '#lib/domain/laering/kalender.ts';
import { samtalePaminnes } from '#lib/domain/paminnelse/paminnelse.ts';
import { STANDARDVALG } from '#lib/domain/varsel/grupper.ts';
import { transaction, type Db } from '../db/pool.ts';
import { koEpost } from '../mail/ko.ts';
import { listKommendeSamtaler, noterPaminnelse, type KommendeSamtale } from '../queries/paminnelse.ts';
import { listMottakere } from '../queries/varsel.ts';
import { insertHendelse } from '../varsler/hendelse.ts';

/** No working day lies further before a day than this. */
const LENGST_DAGER = 7;

/** Reminds those who take part in a samtale on the next working day; one that is moved they are reminded of anew. Returns how many samtaler. */
export async function paminnSamtaler(db: Db, now: Date): Promise<number> {
	let antall = 0;
	const iDag = dagINorge(now);
	const nar = { etter: iDag, til: plussDager(iDag, LENGST_DAGER), now };
	for (const sett of await listKommendeSamtaler(db, nar)) {
		if (!samtalePaminnes(sett, now)) continue;
		const gjort = await transaction(db, async (trx) => {
			// Read anew: it may have been moved or avlyst meanwhile.
			const [samtale] = await listKommendeSamtaler(trx, { ...nar, id: sett.id });
			if (!samtale || !samtalePaminnes(samtale, now)) return false;
			if (!(await noterPaminnelse(trx, { slag: 'samtale', objektId: samtale.id, gang: samtale.dato }, now)))
				return false;
			await paminn(trx, samtale, now);
			return true;
		});
		if (gjort) antall++;
	}
	return antall;
}

async function paminn(trx: Db, { lisId, sattAt: _, ...samtale }: KommendeSamtale, now: Date): Promise<void> {
	await insertHendelse(trx, {
		...{ type: 'samtale.paminnelse', at: now, aktorId: null, aktorRolle: null, lisId, objektId: samtale.id },
		...{ data: { mer: { dato: samtale.dato, tid: samtale.fra } }, requestId: 'paminnelser' }
	});
	const om = { lisId, objektId: samtale.id, personId: null, aktorId: null, at: now };
	for (const mottaker of await listMottakere(trx, om, { roller: ['deltaker'], gruppe: 'veiledning' })) {
		if (!mottaker.kanFaEpost || !(mottaker.valg ?? STANDARDVALG.veiledning).umiddelbar) continue;
		const { id, navn, epost, sprak } = mottaker;
		const data = { mottakerId: id, samtale };
		await koEpost(trx, { mal: 'samtale_paminnelse', mottaker: { id, navn, epost, sprak }, data }, now);
	}
}
