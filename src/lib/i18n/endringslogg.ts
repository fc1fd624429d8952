import type { HendelsePost, Mengde, TekstPost } from '#lib/domain/endringslogg/types.ts';
import type { Tidspunkt } from '#lib/domain/samtale/samtale.ts';
import { formatDato, formatKlokke, formatNarDag, formatTidsrom, iOslo } from './format.ts';
import * as m from './paraglide/messages.js';

/** The words of the endringslogg (S8). */

/** «i dag 14.52», «24. november 09.10»: when, seen from `iDag` (YYYY-MM-DD in Norway). */
export function narTekst(at: string, iDag: string): string {
	const tid = new Date(at);
	return `${formatNarDag(iOslo(tid).dato, iDag)} ${formatKlokke(tid)}`;
}

/** «24. november 2026 kl. 14.30–15.15, Legekontoret». */
export function tidspunktTekst(tid: Tidspunkt): string {
	if (!tid.dato && !tid.sted) return m.endringslogg_uten_tid();
	const nar = tid.dato
		? [formatDato(tid.dato), formatTidsrom(tid.fra, tid.til)].filter(Boolean).join(' ')
		: m.endringslogg_uten_tid();
	return [nar, tid.sted].filter(Boolean).join(', ');
}

/** «+ 18 ord»; less than a word (a comma, a letter) is called characters. */
export function lagtTilTekst({ ord }: Mengde): string {
	if (ord === 0) return `+ ${m.endringslogg_skilletegn()}`;
	return ord === 1 ? m.endringslogg_lagt_til_ett() : m.endringslogg_lagt_til({ ord: String(ord) });
}

/** «− 4 ord». */
export function fjernetTekst({ ord }: Mengde): string {
	if (ord === 0) return `− ${m.endringslogg_skilletegn()}`;
	return ord === 1 ? m.endringslogg_fjernet_ett() : m.endringslogg_fjernet({ ord: String(ord) });
}

/** «i «Legevakt og akutte tilstander»», else the part that it stands in. */
export function stedTekst({ sted, deler }: TekstPost): string {
	if (sted) return m.endringslogg_i({ sted });
	const del = deler[0] === 'forberedelse' ? m.endringslogg_del_forberedelse() : m.endringslogg_del_referat();
	return m.endringslogg_i_del({ del });
}

/** What happened to text that is neither new nor gone. */
export function stelltTekst({ formatert, flyttet, gjenopprettet }: TekstPost): string[] {
	return [
		...(gjenopprettet === null ? [] : [m.endringslogg_gjenopprettet({ seq: String(gjenopprettet) })]),
		...(flyttet ? [m.endringslogg_flyttet_tekst()] : []),
		...(formatert ? [m.endringslogg_formatert()] : [])
	];
}

/** A change of date, time, place or status in words. */
export function hendelseTekst(post: HendelsePost): string {
	switch (post.hendelse) {
		case 'opprettet':
			return post.til.dato || post.til.sted
				? m.endringslogg_h_opprettet_til({ til: tidspunktTekst(post.til) })
				: m.endringslogg_h_opprettet();
		case 'aktiv':
			return m.endringslogg_h_aktiv();
		case 'flyttet':
			return m.endringslogg_h_flyttet({ fra: tidspunktTekst(post.fra), til: tidspunktTekst(post.til) });
		case 'forslag':
			return m.endringslogg_h_forslag({ til: tidspunktTekst(post.til) });
		case 'forslag-godtatt':
			return m.endringslogg_h_forslag_godtatt({ fra: tidspunktTekst(post.fra), til: tidspunktTekst(post.til) });
		case 'forslag-avvist':
			return m.endringslogg_h_forslag_avvist();
		case 'ferdigstilling-begynt':
			return m.endringslogg_h_ferdigstilling_begynt();
		case 'ferdigstilling-avbrutt':
			return m.endringslogg_h_ferdigstilling_avbrutt();
		case 'ferdigstilling-utlopt':
			return m.endringslogg_h_ferdigstilling_utlopt();
		case 'ferdigstilt':
			return m.endringslogg_h_ferdigstilt();
		case 'merknad':
			return m.endringslogg_h_merknad();
		case 'avlyst':
			return m.endringslogg_h_avlyst({ grunn: post.grunn });
	}
}
