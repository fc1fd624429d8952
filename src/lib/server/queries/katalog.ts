import { erId } from '#lib/domain/id.ts';
import type { KravSlag } from '#lib/domain/laering/aktivitet.ts';
import type { Katalog, KatalogMal } from '#lib/domain/laering/katalog.ts';
import type { Arena, Nivaa } from '#lib/domain/laering/nivaa.ts';
import { sql, type Db } from '../db/pool.ts';

const felter = [
	...(['id', 'plan', 'versjon', 'navn_nb', 'navn_nn', 'merknad_nb', 'merknad_nn', 'ufullstendig'] as const),
	...(['gyldig_fra as gyldigFra', 'overgang_til as overgangTil'] as const),
	sql<Katalog['status']>`status`.as('status')
] as const;

/** A version without its goals. */
export type KatalogHode = Omit<Katalog, 'mal'>;

/** A version without what still changes once it is published: the end of its transition. */
export type KatalogTekst = Omit<Katalog, 'overgangTil'>;

/** What never changes is read once in each process. */
const publiserte = new Map<string, KatalogTekst>();

/** Every version of every plan, the newest of each plan first. */
export async function listKataloger(db: Db): Promise<KatalogHode[]> {
	const rader = await db.selectFrom('katalog').select(felter).orderBy('plan').orderBy('versjon', 'desc').execute();
	return rader.map(hode);
}

/** One version with its goals and krav, or undefined, for a malformed id too. */
export async function findKatalog(db: Db, id: string): Promise<Katalog | undefined> {
	if (!erId(id)) return undefined;
	const rad = await db.selectFrom('katalog').select(felter).where('id', '=', id).executeTakeFirst();
	return rad && medMal(db, rad);
}

async function medMal(db: Db, rad: Parameters<typeof hode>[0]): Promise<Katalog> {
	const kjent = rad.status === 'publisert' ? publiserte.get(rad.id) : undefined;
	const { overgangTil, ...tekst } = { ...hode(rad), mal: kjent?.mal ?? (await listMal(db, rad.id)) };
	if (rad.status === 'publisert') publiserte.set(rad.id, tekst);
	return { ...tekst, overgangTil };
}

/** The texts of several versions at once, in the order of the ids; asks only for what this process has not read yet. Unknown ids are left out. */
export async function findKataloger(db: Db, ider: Iterable<string>): Promise<KatalogTekst[]> {
	const unike = [...new Set(ider)];
	const ukjente = unike.filter((id) => !publiserte.has(id));
	const rader =
		ukjente.length === 0 ? [] : await db.selectFrom('katalog').select(felter).where('id', 'in', ukjente).execute();
	const leste = new Map((await Promise.all(rader.map((rad) => medMal(db, rad)))).map((en) => [en.id, en]));
	return unike.flatMap((id) => leste.get(id) ?? publiserte.get(id) ?? []);
}

/** The version of a plan that somebody who begins on this day is given: the newest published one that is valid then. */
export async function findGjeldendeKatalogId(
	db: Db,
	plan: string,
	startDato: string | null
): Promise<string | undefined> {
	const rad = await db
		.selectFrom('katalog')
		.select('id')
		.where('plan', '=', plan)
		.where('status', '=', 'publisert')
		.orderBy(sql`(gyldig_fra <= coalesce(${startDato}::date, 'infinity')) desc`)
		.orderBy(
			sql`case when gyldig_fra <= coalesce(${startDato}::date, 'infinity') then versjon else -versjon end`,
			'desc'
		)
		.limit(1)
		.executeTakeFirst();
	return rad?.id;
}

function hode({
	navn_nb,
	navn_nn,
	merknad_nb,
	merknad_nn,
	...rad
}: Omit<KatalogHode, 'navn' | 'merknad'> & {
	navn_nb: string;
	navn_nn: string;
	merknad_nb: string | null;
	merknad_nn: string | null;
}): KatalogHode {
	const merknad = merknad_nb === null || merknad_nn === null ? null : { nb: merknad_nb, nn: merknad_nn };
	return { ...rad, navn: { nb: navn_nb, nn: navn_nn }, merknad };
}

async function listMal(db: Db, katalogId: string): Promise<KatalogMal[]> {
	const [mal, krav] = await Promise.all([
		db.selectFrom('katalog_mal').selectAll().where('katalog_id', '=', katalogId).orderBy('rekkefolge').execute(),
		db.selectFrom('katalog_krav').selectAll().where('katalog_id', '=', katalogId).orderBy('rekkefolge').execute()
	]);
	const kravAv = Map.groupBy(krav, (rad) => rad.kode);
	return mal.map((rad) => ({
		kode: rad.kode,
		tema: { nb: rad.tema_nb, nn: rad.tema_nn },
		tittel: { nb: rad.tittel_nb, nn: rad.tittel_nn },
		nivaer: rad.nivaer as Nivaa[],
		arenaer: rad.arenaer as Arena[],
		skjerpet: rad.skjerpet,
		krav: (kravAv.get(rad.kode) ?? []).map((k) => ({
			id: k.krav_id,
			tittel: { nb: k.tittel_nb, nn: k.tittel_nn },
			slag: k.slag as KravSlag,
			egetForslag: k.eget_forslag
		}))
	}));
}
