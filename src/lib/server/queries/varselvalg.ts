import { erStandard, VARSELGRUPPER, type Valg, type Varselvalg } from '#lib/domain/varsel/grupper.ts';
import type { Ukedag } from '#lib/domain/varsel/uke.ts';
import { sql, type Db } from '../db/pool.ts';

/** What one has chosen that differs from the defaults, group by group. */
export function listValg(db: Db, brukerId: string): Promise<(Valg & { gruppe: string })[]> {
	return db
		.selectFrom('varselvalg')
		.select(['gruppe', 'umiddelbar', 'ukentlig', 'hjem'])
		.where('bruker_id', '=', brukerId)
		.execute();
}

/** Keeps what differs from the defaults, and forgets the rest. */
export async function settValg(trx: Db, brukerId: string, valg: Partial<Varselvalg>): Promise<void> {
	for (const gruppe of VARSELGRUPPER) {
		const nytt = valg[gruppe];
		if (!nytt) continue;
		if (erStandard(gruppe, nytt)) {
			await trx.deleteFrom('varselvalg').where('bruker_id', '=', brukerId).where('gruppe', '=', gruppe).execute();
			continue;
		}
		await trx
			.insertInto('varselvalg')
			.values({ bruker_id: brukerId, gruppe, ...nytt })
			.onConflict((c) => c.columns(['bruker_id', 'gruppe']).doUpdateSet(nytt))
			.execute();
	}
}

/** How somebody wants to be written to. */
export type Epostvalg = { ingenEpost: boolean; dag: Ukedag };

/** How somebody wants to be written to; undefined for nobody. */
export function findEpostvalg(db: Db, brukerId: string): Promise<Epostvalg | undefined> {
	return db
		.selectFrom('bruker')
		.select(['ingen_epost as ingenEpost', sql<Ukedag>`oppsummering_dag`.as('dag')])
		.where('id', '=', brukerId)
		.executeTakeFirst();
}

export async function settEpostvalg(trx: Db, brukerId: string, { ingenEpost, dag }: Epostvalg): Promise<void> {
	await trx
		.updateTable('bruker')
		.set({ ingen_epost: ingenEpost, oppsummering_dag: dag })
		.where('id', '=', brukerId)
		.execute();
}
