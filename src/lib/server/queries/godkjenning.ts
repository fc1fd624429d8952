import type { MalStatus, Mangler, Uten } from '#lib/domain/laering/mal.ts';
import { sql, type Db } from '../db/pool.ts';

/** A goal that waits for the leder, or is approved, of one of several LIS. Nothing is reckoned as missing in what is approved. */
export type GodkjenningRad = {
	lisId: string;
	lisNavn: string;
	kode: string;
	katalogId: string;
	status: Extract<MalStatus, 'sendt' | 'godkjent'>;
	versjon: number;
	fullfortDato: string | null;
	kommentar: string | null;
	nyVurdering: boolean;
	sendtAt: Date | null;
	avgjortAt: Date | null;
	avgjortAv: string | null;
	avgjortNavn: string | null;
	grunn: string | null;
	uten: Uten | null;
	utenTekst: string | null;
	bekreftetAt: Date | null;
	mangler: Mangler | null;
	/** Who recommends what waits, the first first; nobody is looked up for what is approved. */
	anbefaltAv: string[];
};

/** What waits and what is approved of these LIS, the longest wait first; goals of archived plans are left out. */
export async function listTilGodkjenning(db: Db, lisIder: string[]): Promise<GodkjenningRad[]> {
	if (lisIder.length === 0) return [];
	const { rows } = await sql<GodkjenningRad>`
		select g.lis_id as "lisId", l.navn as "lisNavn", g.kode, g.katalog_id as "katalogId", g.status, g.versjon,
			g.fullfort_dato as "fullfortDato", g.kommentar, g.ny_vurdering as "nyVurdering", g.sendt_at as "sendtAt",
			g.avgjort_at as "avgjortAt", g.avgjort_av as "avgjortAv", b.navn as "avgjortNavn", g.grunn, g.uten,
			g.uten_tekst as "utenTekst", g.bekreftet_at as "bekreftetAt",
			case when g.status = 'sendt' then (
				select jsonb_build_object('krav', x.krav, 'veileder', x.veileder, 'supervisor', x.supervisor)
				from maloppnaelse_mangler(g.lis_id, g.kode, g.katalog_id) x) end as mangler,
			array(select n.navn from anbefaling a join bruker n on n.id = a.av
				where g.status = 'sendt' and a.lis_id = g.lis_id and a.kode = g.kode and a.trukket_at is null
				group by n.id, n.navn order by min(a.at), n.id) as "anbefaltAv"
		from maloppnaelse g
		join bruker l on l.id = g.lis_id
		left join bruker b on b.id = g.avgjort_av
		where g.lis_id = any(${lisIder}) and g.status in ('sendt', 'godkjent')
			and exists (select from plan_tildeling p join katalog_mal m on m.katalog_id = p.katalog_id
				where p.lis_id = g.lis_id and p.status <> 'arkivert' and m.kode = g.kode)
		order by g.sendt_at, g.kode
	`.execute(db);
	return rows;
}
