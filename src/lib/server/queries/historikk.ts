import type { Rolle } from '#lib/domain/actor.ts';
import { sql, type Db } from '../db/pool.ts';
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

/** The events of one goal of a LIS and of these aktiviteter, the latest first. */
export async function listHistorikk(
	db: Db,
	{ lisId, kode, objekter }: { lisId: string; kode: string | null; objekter: string[] }
): Promise<HistorikkRad[]> {
	const { rows } = await sql<HistorikkRad>`
		select h.type, h.at, b.navn, h.aktor_rolle as rolle, h.objekt_id as "objektId",
			case when jsonb_typeof(h.data -> 'grunn') = 'string' then h.data ->> 'grunn' end as grunn
		from hendelse h
		left join bruker b on b.id = h.aktor_id
		where h.lis_id = ${lisId} and h.type = any(${[...MALHENDELSER]})
			and (h.objekt_id = any(${objekter}) or (h.type like 'mal.%' and h.data ->> 'kode' = ${kode}))
		order by h.id desc
		limit 200
	`.execute(db);
	return rows;
}
