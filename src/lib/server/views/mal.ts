import { AppError } from '#lib/domain/feil.ts';
import type { Filregler } from '#lib/domain/fil/fil.ts';
import { kanGjores } from '#lib/domain/laering/mal.ts';
import { purresIgjen, type Purring } from '#lib/domain/laering/purring.ts';
import { can } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { findMalgang, type HistorikkRad } from '../queries/historikk.ts';
import type { MalRad } from '../queries/maloppnaelse.ts';
import { hentFilliste, vedMal, type Filliste } from './filer.ts';
import { hentLaeringMedRader, type MalKort } from './laering.ts';

/** What the leder was sent, and what they answered. */
export type Vurdering = Pick<
	MalRad,
	'fullfortDato' | 'kommentar' | 'avgjortNavn' | 'avgjortRolle' | 'grunn' | 'uten' | 'utenTekst'
>;

export type MalSide = {
	mal: MalKort;
	vurdering: Vurdering;
	/** What was sent or approved fell away, since the plan moved to a version that asks for more. */
	skjerpet: boolean;
	/** Who decides on it now; empty when the LIS has no leder yet. */
	ledere: string[];
	historikk: Pick<HistorikkRad, 'type' | 'at' | 'navn' | 'grunn'>[];
	/** Of a goal that waits for a leder; null otherwise. */
	purring: Purring | null;
	filer: Filliste;
	abilities: { send: boolean; trekk: boolean };
};

/** S14: one of the LIS' own goals, with everything that was done for it. Throws `not_found`. */
export async function hentMalSide(ctx: Ctx, kode: string, regler: Filregler): Promise<MalSide> {
	const lisId = ctx.actor.brukerId;
	const { laering, mal: rader } = await hentLaeringMedRader(ctx, lisId);
	const mal = laering.planer
		.flatMap(({ temaer }) => temaer.flatMap((tema) => tema.mal))
		.find((ett) => ett.kode === kode);
	const rad = rader.find((ett) => ett.kode === kode);
	if (!mal || !rad) throw new AppError('not_found');
	const objekter = mal.aktiviteter.map(({ id }) => id);
	const sendt = rad.status === 'sendt' && rad.id !== null && rad.sendtAt ? { id: rad.id, sendtAt: rad.sendtAt } : null;
	const [filer, gang] = await Promise.all([
		hentFilliste(ctx, vedMal(rad), regler),
		findMalgang(ctx.db, { lisId, kode, objekter, sendt, now: ctx.now })
	]);
	const { historikk, ledere, apnet, purret } = gang;
	const sistHendt = historikk.find(({ type }) => type.startsWith('mal.') && type !== 'mal.anbefalt');
	const eier = can(ctx.actor, 'mal.send', rad, ctx.now);
	const tilstand = { status: rad.status, bekreftet: rad.bekreftetAt !== null };
	const { fullfortDato, kommentar, avgjortNavn, avgjortRolle, grunn, uten, utenTekst } = rad;
	return {
		mal,
		vurdering: { fullfortDato, kommentar, avgjortNavn, avgjortRolle, grunn, uten, utenTekst },
		skjerpet: rad.status === 'pagar' && sistHendt?.type === 'mal.flyttet',
		ledere,
		purring: sendt && ledere.length > 0 ? { apnet, purret, igjen: purresIgjen(purret, ctx.now) } : null,
		historikk: historikk.map(({ type, at, navn, grunn: hvorfor }) => ({ type, at, navn, grunn: hvorfor })),
		filer,
		abilities: { send: eier && kanGjores(tilstand, 'send'), trekk: eier && kanGjores(tilstand, 'trekk') }
	};
}
