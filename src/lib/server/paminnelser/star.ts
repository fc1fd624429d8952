import { oyeblikkINorge, dagINorge } from '#lib/domain/dager.ts';
import { plussDager } from '#lib/domain/laering/kalender.ts';
import { STAR_DAGER, trinnFor, type Trinn } from '#lib/domain/paminnelse/paminnelse.ts';
import type { HendelseType } from '#lib/domain/hendelse.ts';
import { transaction, type Db } from '../db/pool.ts';
import { lockLaering } from '../queries/maloppnaelse.ts';
import { listStaende, noterPaminnelse, type StaendeSak } from '../queries/paminnelse.ts';
import { insertHendelse } from '../varsler/hendelse.ts';

const HENDELSE: Record<StaendeSak['slag'], Record<Trinn, HendelseType>> = {
	aktivitet: { 7: 'aktivitet.paminnet', 14: 'aktivitet.paminnet-igjen' },
	mal: { 7: 'mal.paminnet', 14: 'mal.paminnet-igjen' }
};

/**
 * Reminds of what has stood with a supervisør or a leder for one and for two weeks, counted from when it was sent last; after an outage of the last of
 * the two only. Each in a transaction that reads it anew under the lock of the record: what is signed in the same second is not reminded of.
 */
export async function paminnOmStaende(db: Db, now: Date): Promise<number> {
	const senest = oyeblikkINorge(plussDager(dagINorge(now), 1 - STAR_DAGER[0]), '00:00');
	let antall = 0;
	for (const sett of await listStaende(db, { senest, now })) {
		if (!skalPaminnes(sett, now)) continue;
		const gjort = await transaction(db, async (trx) => {
			await lockLaering(trx, sett.lisId);
			const [sak] = await listStaende(trx, { senest, now, id: sett.id });
			const trinn = sak && skalPaminnes(sak, now);
			if (!trinn) return false;
			const { slag, id, lisId, personId, kode, gang } = sak;
			if (!(await noterPaminnelse(trx, { slag: 'star', objektId: id, gang: `${gang} ${trinn}` }, now))) return false;
			await insertHendelse(trx, {
				...{ type: HENDELSE[slag][trinn], at: now, aktorId: null, aktorRolle: null, lisId, objektId: id },
				...{ data: { personId, dager: trinn, ...(kode === null ? {} : { kode }) }, requestId: 'paminnelser' }
			});
			return true;
		});
		if (gjort) antall++;
	}
	return antall;
}

function skalPaminnes({ siden, paminnet }: StaendeSak, now: Date): Trinn | undefined {
	const trinn = trinnFor(siden, now);
	return trinn === STAR_DAGER[0] && paminnet ? undefined : trinn;
}
