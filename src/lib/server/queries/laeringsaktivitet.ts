import { erId } from '#lib/domain/id.ts';
import type { AktivitetSlag, AktivitetStatus, Kurs } from '#lib/domain/laering/aktivitet.ts';
import type { Nivaa } from '#lib/domain/laering/nivaa.ts';
import type { AktivitetTilgang } from '../authz/actions.ts';
import { sql, type Db } from '../db/pool.ts';
import { navnAv } from './bruker.ts';

/** What the LIS fills in. Days as YYYY-MM-DD. */
export type AktivitetInnhold = {
	slag: AktivitetSlag;
	kravId: string | null;
	kurs: Kurs | null;
	dato: string | null;
	sted: string | null;
	tekst: string | null;
	refleksjon: string | null;
	nivaa: Nivaa | null;
	supervisorId: string | null;
	invitasjonId: string | null;
};

/** A læringsaktivitet with the goals it serves, as views, commands and policies need it. */
export type AktivitetRad = AktivitetTilgang &
	AktivitetInnhold & {
		id: string;
		lisNavn: string;
		/** The goals it serves, in the order of their codes. */
		koder: string[];
		supervisorNavn: string | null;
		/** The name of the one invited who has not accepted yet. */
		invitertNavn: string | null;
		versjon: number;
		createdAt: Date;
		endretAt: Date;
		sendtAt: Date | null;
		avgjortAt: Date | null;
		avgjortAv: string | null;
		avgjortNavn: string | null;
		grunn: string | null;
		tilbakemelding: string | null;
		signertHash: Buffer | null;
	};

const koderAv = sql<
	string[]
>`array(select m.kode from laeringsaktivitet_mal m where m.aktivitet_id = a.id order by m.kode)`;

function aktiviteter(db: Db) {
	return db.selectFrom('laeringsaktivitet as a').select([
		...(['a.id', 'a.lis_id as lisId', 'a.krav_id as kravId', 'a.dato', 'a.sted'] as const),
		...(['a.tekst', 'a.refleksjon', 'a.supervisor_id as supervisorId'] as const),
		...(['a.invitasjon_id as invitasjonId', 'a.versjon', 'a.created_at as createdAt'] as const),
		...(['a.endret_at as endretAt', 'a.sendt_at as sendtAt', 'a.avgjort_at as avgjortAt'] as const),
		...(['a.avgjort_av as avgjortAv', 'a.grunn', 'a.tilbakemelding'] as const),
		'a.signert_hash as signertHash',
		navnAv<string>('a.lis_id').as('lisNavn'),
		navnAv('a.supervisor_id').as('supervisorNavn'),
		navnAv('a.avgjort_av').as('avgjortNavn'),
		sql<string | null>`(select i.navn from invitasjon i where i.id = a.invitasjon_id)`.as('invitertNavn'),
		sql<AktivitetSlag>`a.slag`.as('slag'),
		sql<AktivitetStatus>`a.status`.as('status'),
		sql<Kurs | null>`a.kurs`.as('kurs'),
		sql<Nivaa | null>`a.nivaa`.as('nivaa'),
		koderAv.as('koder'),
		sql<boolean>`exists (
				select from laeringsaktivitet_mal m
				join katalog_mal k on k.kode = m.kode
				join plan_tildeling p on p.katalog_id = k.katalog_id and p.lis_id = a.lis_id and p.status = 'delt'
				where m.aktivitet_id = a.id)`.as('delt')
	]);
}

/** One aktivitet, or undefined, for a malformed id too. With `forUpdate` its row is locked until the transaction ends. */
export async function findAktivitet(
	db: Db,
	id: string,
	options: { forUpdate?: boolean } = {}
): Promise<AktivitetRad | undefined> {
	if (!erId(id)) return undefined;
	let query = aktiviteter(db).where('a.id', '=', id);
	if (options.forUpdate) query = query.forUpdate('a');
	return query.executeTakeFirst();
}

/** Those of one LIS, the latest first. The caller leaves out what the asker may not see. */
export function listAktiviteterForLis(db: Db, lisId: string): Promise<AktivitetRad[]> {
	return aktiviteter(db).where('a.lis_id', '=', lisId).orderBy('a.endret_at', 'desc').orderBy('a.id').execute();
}

/** What these LIS have sent or registered that serves one of these goals, the latest first. */
export function listAktiviteterMedMal(db: Db, lisIder: string[], koder: string[]): Promise<AktivitetRad[]> {
	if (lisIder.length === 0 || koder.length === 0) return Promise.resolve([]);
	return (
		aktiviteter(db)
			.where('a.lis_id', 'in', lisIder)
			.where('a.status', '<>', 'kladd')
			// By aktivitet: an `exists` is answered from the goals, over every LIS who has them.
			.where(sql<boolean>`${koderAv} && ${koder}::text[]`)
			.orderBy('a.endret_at', 'desc')
			.orderBy('a.id')
			.execute()
	);
}

/** Those that wait for a supervisør, the longest first. */
export function listSendtTil(db: Db, supervisorId: string): Promise<AktivitetRad[]> {
	return aktiviteter(db)
		.where('a.supervisor_id', '=', supervisorId)
		.where('a.status', '=', 'sendt')
		.orderBy('a.sendt_at')
		.orderBy('a.id')
		.execute();
}

/** Those that a supervisør has signed or refused, the latest first. */
export function listVurdertAv(db: Db, supervisorId: string, antall: number): Promise<AktivitetRad[]> {
	return aktiviteter(db)
		.where('a.supervisor_id', '=', supervisorId)
		.where('a.status', 'in', ['signert', 'underkjent'])
		.orderBy('a.avgjort_at', 'desc')
		.orderBy('a.id')
		.limit(antall)
		.execute();
}

const kolonner = (innhold: AktivitetInnhold) => ({
	slag: innhold.slag,
	krav_id: innhold.kravId,
	kurs: innhold.kurs,
	dato: innhold.dato,
	sted: innhold.sted,
	tekst: innhold.tekst,
	refleksjon: innhold.refleksjon,
	nivaa: innhold.nivaa,
	supervisor_id: innhold.supervisorId,
	invitasjon_id: innhold.invitasjonId
});

/** Adds a draft that serves these goals. */
export async function insertAktivitet(
	trx: Db,
	ny: { id: string; lisId: string; innhold: AktivitetInnhold; koder: string[]; now: Date }
): Promise<void> {
	await trx
		.insertInto('laeringsaktivitet')
		.values({
			id: ny.id,
			lis_id: ny.lisId,
			status: 'kladd',
			created_at: ny.now,
			endret_at: ny.now,
			...kolonner(ny.innhold)
		})
		.execute();
	await settKoder(trx, ny.id, ny.koder);
}

/** Changes what a draft says and which goals it serves. */
export async function updateInnhold(
	trx: Db,
	id: string,
	{ innhold, koder, now }: { innhold: AktivitetInnhold; koder: string[]; now: Date }
): Promise<void> {
	await trx
		.updateTable('laeringsaktivitet')
		.set({ ...kolonner(innhold), endret_at: now })
		.where('id', '=', id)
		.execute();
	await trx.deleteFrom('laeringsaktivitet_mal').where('aktivitet_id', '=', id).execute();
	await settKoder(trx, id, koder);
}

async function settKoder(trx: Db, id: string, koder: string[]): Promise<void> {
	if (koder.length === 0) return;
	await trx
		.insertInto('laeringsaktivitet_mal')
		.values(koder.map((kode) => ({ aktivitet_id: id, kode })))
		.execute();
}

export type AktivitetEndring = {
	status?: AktivitetStatus;
	supervisor_id?: string | null;
	invitasjon_id?: string | null;
	endret_at?: Date;
	sendt_at?: Date | null;
	avgjort_at?: Date | null;
	avgjort_av?: string | null;
	grunn?: string | null;
	tilbakemelding?: string | null;
	signert_hash?: Buffer | null;
};

export async function updateAktivitet(trx: Db, id: string, endring: AktivitetEndring): Promise<void> {
	await trx.updateTable('laeringsaktivitet').set(endring).where('id', '=', id).execute();
}

/** What waits for somebody invited goes to them now that they have accepted. */
export async function updateInvitertTilSupervisor(trx: Db, invitasjonId: string, supervisorId: string): Promise<void> {
	await trx
		.updateTable('laeringsaktivitet')
		.set({ supervisor_id: supervisorId, invitasjon_id: null })
		.where('invitasjon_id', '=', invitasjonId)
		.execute();
}

/** What waits for somebody invited waits for whoever is invited instead. */
export async function updateVentendeInvitasjon(trx: Db, fra: string, til: string): Promise<void> {
	await trx.updateTable('laeringsaktivitet').set({ invitasjon_id: til }).where('invitasjon_id', '=', fra).execute();
}

export async function deleteAktivitet(trx: Db, id: string): Promise<void> {
	await trx.deleteFrom('laeringsaktivitet').where('id', '=', id).execute();
}
