import type { RelasjonRolle, Sprak } from '#lib/domain/actor.ts';
import { erId } from '#lib/domain/id.ts';
import type { InvitasjonStatus, InvitertRolle } from '#lib/domain/invitasjon/invitasjon.ts';
import type { Updateable } from 'kysely';
import type { Invitasjon } from '../db/typer.ts';
import { sql, type Db } from '../db/pool.ts';

export type InvitasjonRad = {
	id: string;
	lisId: string;
	lisNavn: string;
	opprettetAv: string;
	navn: string;
	epost: string;
	sprak: Sprak;
	status: InvitasjonStatus;
	sendtAt: Date;
	utloperAt: Date;
	apnetAt: Date | null;
	akseptertAv: string | null;
	akseptertNavn: string | null;
	avgjortAt: Date | null;
	bedtOmNyAt: Date | null;
	delTidligere: boolean;
	roller: InvitertRolle[];
};

function invitasjoner(db: Db) {
	return db
		.selectFrom('invitasjon as i')
		.innerJoin('bruker as l', 'l.id', 'i.lis_id')
		.select([
			...(['i.id', 'i.lis_id as lisId', 'l.navn as lisNavn', 'i.opprettet_av as opprettetAv', 'i.navn'] as const),
			...(['i.epost', 'i.sendt_at as sendtAt', 'i.utloper_at as utloperAt', 'i.apnet_at as apnetAt'] as const),
			...(['i.akseptert_av as akseptertAv', 'i.akseptert_navn as akseptertNavn'] as const),
			...(['i.avgjort_at as avgjortAt', 'i.bedt_om_ny_at as bedtOmNyAt', 'i.del_tidligere as delTidligere'] as const),
			sql<Sprak>`i.sprak`.as('sprak'),
			sql<InvitasjonStatus>`i.status`.as('status'),
			sql<{ rolle: RelasjonRolle; til: string | null }[]>`(
				select jsonb_agg(jsonb_build_object('rolle', r.rolle, 'til', r.til) order by r.rolle)
				from invitasjon_rolle r where r.invitasjon_id = i.id
			)`.as('roller')
		]);
}
type Rad = Awaited<ReturnType<ReturnType<typeof invitasjoner>['executeTakeFirstOrThrow']>>;

function lest(rad: Rad): InvitasjonRad {
	const roller = rad.roller.map(({ rolle, til }) => ({ rolle, til: til === null ? null : new Date(til) }));
	return { ...rad, roller };
}

/** One invitation, or undefined, for a malformed id too. */
export async function findInvitasjon(db: Db, id: string): Promise<InvitasjonRad | undefined> {
	if (!erId(id)) return undefined;
	const rad = await invitasjoner(db).where('i.id', '=', id).executeTakeFirst();
	return rad && lest(rad);
}

/** The invitation that a link's token opens: the one that was mailed last, or that of a reminder since. */
export async function findInvitasjonByToken(db: Db, tokenHash: Buffer): Promise<InvitasjonRad | undefined> {
	const rad = await invitasjoner(db)
		.where((eb) =>
			eb.or([
				eb('i.token_hash', '=', tokenHash),
				eb(
					'i.id',
					'=',
					eb
						.selectFrom('invitasjon_lenke as lenke')
						.select('lenke.invitasjon_id')
						.where('lenke.token_hash', '=', tokenHash)
				)
			])
		)
		.executeTakeFirst();
	return rad && lest(rad);
}

/** The links of its reminders open nothing any more. */
export async function deleteLenker(trx: Db, invitasjonId: string): Promise<void> {
	await trx.deleteFrom('invitasjon_lenke').where('invitasjon_id', '=', invitasjonId).execute();
}

/** The one that stands open to this address, if any: a further role is added to it. */
export async function findApenInvitasjon(
	db: Db,
	{ lisId, epost, now }: { lisId: string; epost: string; now: Date }
): Promise<InvitasjonRad | undefined> {
	const rad = await invitasjoner(db)
		.where('i.lis_id', '=', lisId)
		.where(sql`lower(i.epost)`, '=', epost.toLowerCase())
		.where('i.status', 'in', ['sendt', 'apnet'])
		.where('i.utloper_at', '>', now)
		.orderBy('i.created_at', 'desc')
		.executeTakeFirst();
	return rad && lest(rad);
}

/** What this person accepted last. */
export async function findNyesteAkseptert(db: Db, personId: string): Promise<InvitasjonRad | undefined> {
	const rad = await invitasjoner(db)
		.where('i.akseptert_av', '=', personId)
		.orderBy('i.avgjort_at', 'desc')
		.limit(1)
		.executeTakeFirst();
	return rad && lest(rad);
}

/** How the newest mail about an invitation went. */
export type Epoststatus = 'venter' | 'sendt' | 'feilet';

/** All invitations of one LIS, the newest first, with how their mail went. */
export async function listInvitasjoner(
	db: Db,
	hvor: { lisId: string; opprettetAv?: string }
): Promise<(InvitasjonRad & { epoststatus: Epoststatus | null })[]> {
	let query = invitasjoner(db)
		.select(
			sql<Epoststatus | null>`(
				select e.status from epost e
				where e.objekt_id = i.id and e.mal in ('invitasjon', 'invitasjon_purring') and lower(e.til_epost) = lower(i.epost)
				order by e.created_at desc limit 1
			)`.as('epoststatus')
		)
		.where('i.lis_id', '=', hvor.lisId);
	if (hvor.opprettetAv) query = query.where('i.opprettet_av', '=', hvor.opprettetAv);
	const rader = await query.orderBy('i.created_at', 'desc').limit(200).execute();
	return rader.map((rad) => ({ ...lest(rad), epoststatus: rad.epoststatus }));
}

export type NyInvitasjon = {
	id: string;
	lisId: string;
	opprettetAv: string;
	navn: string;
	epost: string;
	sprak: Sprak;
	tokenHash: Buffer;
	now: Date;
	utloperAt: Date;
	delTidligere: boolean;
};

export async function insertInvitasjon(trx: Db, ny: NyInvitasjon): Promise<void> {
	await trx
		.insertInto('invitasjon')
		.values({
			id: ny.id,
			lis_id: ny.lisId,
			opprettet_av: ny.opprettetAv,
			navn: ny.navn,
			epost: ny.epost,
			sprak: ny.sprak,
			status: 'sendt',
			token_hash: ny.tokenHash,
			created_at: ny.now,
			sendt_at: ny.now,
			utloper_at: ny.utloperAt,
			del_tidligere: ny.delTidligere
		})
		.execute();
}

/** Gives an invitation further roles; those that it has already stay as they are. */
export async function insertInvitasjonRoller(trx: Db, id: string, roller: InvitertRolle[]): Promise<void> {
	await trx
		.insertInto('invitasjon_rolle')
		.values(roller.map(({ rolle, til }) => ({ invitasjon_id: id, rolle, til })))
		.onConflict((oc) => oc.doNothing())
		.execute();
}

export async function updateInvitasjon(trx: Db, id: string, endret: Updateable<Invitasjon>): Promise<void> {
	await trx.updateTable('invitasjon').set(endret).where('id', '=', id).execute();
}

/** How many invitations have been mailed for this LIS since then. */
export async function countSendte(db: Db, lisId: string, since: Date): Promise<number> {
	const { antall } = await db
		.selectFrom('hendelse')
		.select(({ fn }) => fn.countAll<number>().as('antall'))
		.where('lis_id', '=', lisId)
		.where('type', '=', 'invitasjon.sendt')
		.where('at', '>', since)
		.executeTakeFirstOrThrow();
	return antall;
}
