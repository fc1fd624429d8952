import { gjelder } from '#lib/domain/actor.ts';
import { dagINorge } from '#lib/domain/dager.ts';
import { dagerMellom } from '#lib/domain/laering/kalender.ts';
import type { KatalogMal, Tospraklig } from '#lib/domain/laering/katalog.ts';
import { kravTilstand, type KravTilstand } from '#lib/domain/laering/krav.ts';
import { kanGjores, type Mangler } from '#lib/domain/laering/mal.ts';
import type { Ctx } from '../ctx.ts';
import { can } from '../authz/index.ts';
import { listTilGodkjenning, type GodkjenningRad } from '../queries/godkjenning.ts';
import { findKataloger } from '../queries/katalog.ts';
import { noterApnedeMal } from '../queries/purring.ts';
import { listAktiviteterMedMal, type AktivitetRad } from '../queries/laeringsaktivitet.ts';
import { hentFilerVed, vedAktivitet, vedMal, type FilKort, type Filoppslag } from './filer.ts';

/** An aktivitet under a goal, in full: it is read before the goal is decided on. */
export type UnderMal = Pick<
	AktivitetRad,
	'id' | 'status' | 'slag' | 'kurs' | 'dato' | 'sted' | 'tekst' | 'refleksjon' | 'nivaa' | 'tilbakemelding' | 'grunn'
> & { avgjortAt: Date | null; avgjortNavn: string | null; hos: string | null; filer: FilKort[] };
type Felles = Pick<GodkjenningRad, 'kode' | 'versjon'> & { tittel: Tospraklig; tema: Tospraklig };
/** `dager`: calendar days in Norway that it has waited. */
export type VentendeMal = Felles &
	Pick<GodkjenningRad, 'fullfortDato' | 'kommentar' | 'nyVurdering'> & {
		dager: number;
		mangler: Mangler;
		krav: { id: string; tittel: Tospraklig; tilstand: KravTilstand; aktiviteter: UnderMal[] }[];
		andre: UnderMal[];
		anbefaltAv: string[];
		filer: FilKort[];
	};
export type GodkjentMal = Felles &
	Pick<GodkjenningRad, 'avgjortAt' | 'avgjortNavn' | 'grunn' | 'uten' | 'utenTekst'> & {
		bekreftet: boolean;
		filer: FilKort[];
		abilities: { trekk: boolean };
	};
export type LisTilGodkjenning = {
	id: string;
	navn: string;
	dager: number;
	temaer: { tema: Tospraklig; mal: VentendeMal[] }[];
	antall: number;
};
export type GodkjenteForLis = { id: string; navn: string; mal: GodkjentMal[] };

/**
 * S15: what waits for the one who asks as leder or deputy, by LIS and theme with all that lies under it, the longest wait first; and what is approved.
 * Scope and single read are one rule: the LIS whose leder they are now. That what waits has been opened is noted for the LIS.
 */
export async function hentGodkjenning(
	ctx: Ctx
): Promise<{ harLis: boolean; venter: LisTilGodkjenning[]; antall: number; godkjente: GodkjenteForLis[] }> {
	const relasjoner = ctx.actor.relasjoner.filter((r) => r.rolle === 'leder' && gjelder(r, ctx.now));
	const lisIder = [...new Set(relasjoner.map(({ lisId }) => lisId))];
	const rader = await listTilGodkjenning(ctx.db, lisIder);
	const sendt = rader.filter(({ status }) => status === 'sendt');
	const lisSendt = [...new Set(sendt.map(({ lisId }) => lisId))];
	const [kataloger, aktiviteter] = await Promise.all([
		findKataloger(
			ctx.db,
			rader.map(({ katalogId }) => katalogId)
		),
		listAktiviteterMedMal(ctx.db, lisSendt, [...new Set(sendt.map(({ kode }) => kode))]),
		noterApnedeMal(ctx.db, lisSendt, ctx.actor.brukerId, ctx.now)
	]);
	const filer = await hentFilerVed(ctx, [
		...aktiviteter.map(vedAktivitet),
		...rader.map((rad) => vedMal({ ...rad, delt: false, supervisorer: [] }))
	]);
	const tekster = new Map(
		kataloger.flatMap((katalog) => katalog.mal.map((mal) => [`${katalog.id} ${mal.kode}`, mal] as const))
	);
	const tekstAv = ({ katalogId, kode }: GodkjenningRad) => tekster.get(`${katalogId} ${kode}`);
	const iDag = dagINorge(ctx.now);

	const venter = [...Map.groupBy(sendt, ({ lisId }) => lisId)].map(([id, alle]) => {
		const mal = alle.flatMap((rad) => {
			const tekst = tekstAv(rad);
			return tekst ? [ventende(rad, tekst, { aktiviteter, filer, iDag })] : [];
		});
		const temaer = [...Map.groupBy(mal, ({ tema }) => tema.nb).values()].flatMap((gruppe) =>
			gruppe[0] ? [{ tema: gruppe[0].tema, mal: gruppe }] : []
		);
		return {
			id,
			navn: alle[0]?.lisNavn ?? '',
			dager: Math.max(0, ...mal.map(({ dager }) => dager)),
			temaer,
			antall: mal.length
		};
	});
	const godkjent = rader.filter(({ status }) => status === 'godkjent');
	const godkjente = [...Map.groupBy(godkjent, ({ lisId }) => lisId)].map(([id, alle]) => ({
		...{ id, navn: alle[0]?.lisNavn ?? '' },
		mal: alle
			.flatMap((rad) => {
				const tekst = tekstAv(rad);
				return tekst
					? [somGodkjent(ctx, rad, { ...tekst, filer: filer(rad.lisId, { slag: 'mal', kode: rad.kode }) })]
					: [];
			})
			.sort((a, b) => (a.kode < b.kode ? -1 : 1))
	}));
	return { harLis: lisIder.length > 0, venter, antall: sendt.length, godkjente };
}

function ventende(
	rad: GodkjenningRad,
	tekst: KatalogMal,
	alt: { aktiviteter: AktivitetRad[]; filer: Filoppslag; iDag: string }
): VentendeMal {
	const { kode, versjon, fullfortDato, kommentar, nyVurdering, sendtAt, lisId } = rad;
	const egne = alt.aktiviteter.filter((en) => en.lisId === lisId && en.koder.includes(kode));
	const medFiler = (en: AktivitetRad) => underMal(en, alt.filer(lisId, { slag: 'aktivitet', id: en.id }));
	const kravIder = new Set(tekst.krav.map(({ id }) => id));
	return {
		...{ kode, versjon, fullfortDato, kommentar, nyVurdering, tittel: tekst.tittel, tema: tekst.tema },
		dager: sendtAt === null ? 0 : Math.max(0, dagerMellom(dagINorge(sendtAt), alt.iDag)),
		mangler: rad.mangler ?? { krav: 0, veileder: true, supervisor: true },
		krav: tekst.krav.map(({ id, tittel }) => {
			const mine = egne.filter(({ kravId }) => kravId === id);
			return { id, tittel, tilstand: kravTilstand(mine), aktiviteter: mine.map(medFiler) };
		}),
		andre: egne.filter(({ kravId }) => kravId === null || !kravIder.has(kravId)).map(medFiler),
		filer: alt.filer(lisId, { slag: 'mal', kode }),
		anbefaltAv: rad.anbefaltAv
	};
}

function underMal(rad: AktivitetRad, filer: FilKort[]): UnderMal {
	const { id, status, slag, kurs, dato, sted, tekst, refleksjon, nivaa, tilbakemelding, grunn } = rad;
	const { avgjortAt, avgjortNavn } = rad;
	const hos = rad.supervisorNavn ?? rad.invitertNavn;
	return {
		...{ id, status, slag, kurs, dato, sted, tekst, refleksjon, nivaa, tilbakemelding, grunn },
		...{ avgjortAt, avgjortNavn, hos, filer }
	};
}

function somGodkjent(
	ctx: Ctx,
	rad: GodkjenningRad,
	{ tittel, tema, filer }: KatalogMal & { filer: FilKort[] }
): GodkjentMal {
	const { kode, versjon, lisId, avgjortAv, avgjortAt, avgjortNavn, grunn, uten, utenTekst } = rad;
	const bekreftet = rad.bekreftetAt !== null;
	const tilgang = { lisId, delt: false, supervisorer: [], avgjortAv };
	return {
		...{ kode, versjon, tittel, tema, avgjortAt, avgjortNavn, grunn, uten, utenTekst, bekreftet, filer },
		abilities: {
			trekk:
				can(ctx.actor, 'mal.trekkGodkjenning', tilgang, ctx.now) &&
				kanGjores({ status: rad.status, bekreftet }, 'trekkGodkjenning')
		}
	};
}
