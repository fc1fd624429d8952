import type { Rolle } from '#lib/domain/actor.ts';
import { sql, type Db } from '../db/pool.ts';
import { standAv, type Sendt } from './purring.ts';
import type { HendelseType } from '#lib/domain/hendelse.ts';

/** What happened to a læringsmål and to what serves it, for people to read. */
export const MALHENDELSER = [
	...(['mal.sendt', 'mal.trukket', 'mal.godkjent', 'mal.sendt-tilbake', 'mal.underkjent'] as const),
	...(['mal.godkjenning-trukket', 'mal.bekreftet', 'mal.bekreftelse-trukket', 'mal.anbefalt', 'mal.flyttet'] as const),
	...(['aktivitet.sendt', 'aktivitet.trukket', 'aktivitet.signert', 'aktivitet.underkjent'] as const),
	...(['aktivitet.registrert', 'aktivitet.angret', 'aktivitet.annullert'] as const)
] as const satisfies readonly HendelseType[];
export type MalHendelseType = (typeof MALHENDELSER)[number];

export type HistorikkRad = {
	type: MalHendelseType;
	at: Date;
	navn: string | null;
	rolle: Rolle | null;
	objektId: string | null;
	/** The reason that was given, if one was. */
	grunn: string | null;
};

/** Of one goal of a LIS, and of these aktiviteter. */
type Om = { lisId: string; kode: string | null; objekter: string[] };

const historikk = ({ lisId, kode, objekter }: Om) => sql<HistorikkRad>`
		select h.type, h.at, b.navn, h.aktor_rolle as rolle, h.objekt_id as "objektId",
			case when jsonb_typeof(h.data -> 'grunn') = 'string' then h.data ->> 'grunn' end as grunn
		from hendelse h
		left join bruker b on b.id = h.aktor_id
		where h.lis_id = ${lisId} and h.type = any(${[...MALHENDELSER]})
			and (h.objekt_id = any(${objekter}) or (h.type like 'mal.%' and h.data ->> 'kode' = ${kode}))
		order by h.id desc
		limit 200
	`;

/** What has happened, the latest first. */
export async function listHistorikk(db: Db, om: Om): Promise<HistorikkRad[]> {
	const { rows } = await historikk(om).execute(db);
	return rows;
}

/**
 * How it goes with a goal, in one question: what has happened, who decides on it now, and of one that was sent (its row, and when), when it was opened
 * first and when the LIS purret last.
 */
export async function findMalgang(
	db: Db,
	{ sendt, now, ...om }: Om & { sendt: Sendt | null; now: Date }
): Promise<{ historikk: HistorikkRad[]; ledere: string[]; apnet: Date | null; purret: Date | null }> {
	const { rows } = await sql<{
		historikk: (Omit<HistorikkRad, 'at'> & { at: string })[];
		ledere: string[];
		apnet: Date | null;
		purret: Date | null;
	}>`
		select (select coalesce(json_agg(h), '[]') from (${historikk(om)}) h) as historikk,
			array(select b.navn from relasjon r join bruker b on b.id = r.person_id
				where r.lis_id = ${om.lisId} and r.rolle = 'leder' and r.fra <= ${now} and (r.til is null or r.til > ${now})
				order by r.fra) as ledere,
			s.apnet, s.purret
		from ${standAv(sendt)} s
	`.execute(db);
	const [rad] = rows;
	if (!rad) throw new Error('a question of one row has none');
	return { ...rad, historikk: rad.historikk.map((en) => ({ ...en, at: new Date(en.at) })) };
}
