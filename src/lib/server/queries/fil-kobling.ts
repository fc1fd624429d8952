import { erId } from '#lib/domain/id.ts';
import { koblingVerdi, type Kobling } from '#lib/domain/fil/fil.ts';
import type { SamtaleStatus } from '#lib/domain/samtale/samtale.ts';
import type { FilKobling, FilTilgang, SamtaleTilgang } from '../authz/actions.ts';
import { sql, type Db } from '../db/pool.ts';
import type { FilRad } from './fil.ts';
import { findAktivitet, listAktiviteterForLis } from './laeringsaktivitet.ts';
import { findMal, listMalForLis, lockLaering } from './maloppnaelse.ts';

/** A file with what decides who may read it. */
export type FilMedTilgang = Omit<FilRad, 'kobling'> & Pick<FilTilgang, 'kobling'> & { hoererTil: Kobling };

/** What a file of this LIS belongs to, or would; undefined for what is not there, or another LIS'. */
export async function findKobling(db: Db, lisId: string, kobling: Kobling): Promise<FilKobling | undefined> {
	switch (kobling.slag) {
		case 'ingen':
			return kobling;
		case 'samtale': {
			const [samtale] = await listSamtaletilgang(db, [kobling.id]);
			return samtale?.lisId === lisId ? { slag: 'samtale', samtale } : undefined;
		}
		case 'aktivitet': {
			const aktivitet = await findAktivitet(db, kobling.id);
			return aktivitet?.lisId === lisId ? { slag: 'aktivitet', aktivitet } : undefined;
		}
		case 'mal': {
			const mal = await findMal(db, lisId, kobling.kode);
			return mal && { slag: 'mal', mal };
		}
	}
}

/** The same, held as it is until the transaction ends: it is neither sent, signed, approved nor finished meanwhile. */
export async function lockKobling(trx: Db, lisId: string, kobling: Kobling): Promise<FilKobling | undefined> {
	await lockLaering(trx, lisId);
	if (kobling.slag === 'samtale' && erId(kobling.id))
		await trx.selectFrom('samtale').select('id').where('id', '=', kobling.id).forShare().execute();
	return findKobling(trx, lisId, kobling);
}

/**
 * The files of one LIS with what decides who may read them, in a fixed number of queries. One that belongs to a goal that is in no plan
 * of the LIS any more is left out: nobody reads it.
 */
export async function medTilgang(db: Db, lisId: string, rader: FilRad[]): Promise<FilMedTilgang[]> {
	const finnes = (slag: Kobling['slag']) => rader.some(({ kobling }) => kobling.slag === slag);
	const samtaleIder = rader.flatMap(({ kobling }) => (kobling.slag === 'samtale' ? [kobling.id] : []));
	const [samtaler, aktiviteter, mal] = await Promise.all([
		listSamtaletilgang(db, samtaleIder),
		finnes('aktivitet') ? listAktiviteterForLis(db, lisId) : [],
		finnes('mal') ? listMalForLis(db, lisId) : []
	]);
	const koblinger = new Map<string, FilKobling>([
		['', { slag: 'ingen' }],
		...samtaler.map((samtale) => [`samtale:${samtale.id}`, { slag: 'samtale', samtale }] as const),
		...aktiviteter.map((aktivitet) => [`aktivitet:${aktivitet.id}`, { slag: 'aktivitet', aktivitet }] as const),
		...mal.map((ett) => [`mal:${ett.kode}`, { slag: 'mal', mal: ett }] as const)
	]);
	return rader.flatMap(({ kobling: hoererTil, ...rad }) => {
		const kobling = koblinger.get(koblingVerdi(hoererTil));
		return kobling ? [{ ...rad, kobling, hoererTil }] : [];
	});
}

/** What decides who may read these samtaler. */
export async function listSamtaletilgang(db: Db, ider: string[]): Promise<SamtaleTilgang[]> {
	const gyldige = [...new Set(ider.filter(erId))];
	if (gyldige.length === 0) return [];
	const [samtaler, deltakere] = await Promise.all([
		db
			.selectFrom('samtale')
			.select(['id', 'lis_id as lisId', sql<SamtaleStatus>`status`.as('status')])
			.where('id', 'in', gyldige)
			.execute(),
		db
			.selectFrom('samtale_deltaker')
			.select(['samtale_id as samtaleId', 'person_id as personId', 'fra', 'til'])
			.select(sql<'lis' | 'veileder'>`rolle`.as('rolle'))
			.where('samtale_id', 'in', gyldige)
			.execute()
	]);
	return samtaler.map((samtale) => ({
		...samtale,
		deltakere: deltakere.filter(({ samtaleId }) => samtaleId === samtale.id)
	}));
}
