import type { AktivitetSlag, AktivitetStatus, Kurs } from '#lib/domain/laering/aktivitet.ts';
import type { KatalogKrav, KatalogMal, Tospraklig } from '#lib/domain/laering/katalog.ts';
import { kravTilstand, type KravTilstand } from '#lib/domain/laering/krav.ts';
import type { MalStatus, Mangler } from '#lib/domain/laering/mal.ts';
import type { PlanStatus } from '#lib/domain/laering/plan.ts';
import { authorize, can } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { findKataloger } from '../queries/katalog.ts';
import { listAktiviteterForLis, type AktivitetRad } from '../queries/laeringsaktivitet.ts';
import { listMalForLis, type MalRad } from '../queries/maloppnaelse.ts';
import { listPlaner } from '../queries/plan.ts';

/** A læringsaktivitet in a list. */
export type AktivitetKort = {
	id: string;
	status: AktivitetStatus;
	slag: AktivitetSlag;
	kurs: Kurs | null;
	kravId: string | null;
	/** The title of the krav, where a version of the catalogue at hand has it. */
	krav: Tospraklig | null;
	koder: string[];
	dato: string | null;
	/** Whom it was sent to, or who has decided on it; an invited person has not accepted yet. */
	hos: string | null;
	sendtAt: Date | null;
	avgjortAt: Date | null;
	grunn: string | null;
};
export type KravKort = KatalogKrav & { tilstand: KravTilstand; aktiviteter: AktivitetKort[] };
export type MalKort = Pick<KatalogMal, 'kode' | 'tittel' | 'tema' | 'nivaer' | 'arenaer'> & {
	status: MalStatus;
	nyVurdering: boolean;
	sendtAt: Date | null;
	avgjortAt: Date | null;
	bekreftetAt: Date | null;
	mangler: Mangler;
	krav: KravKort[];
	kravFullfort: number;
	/** Everything that serves the goal, what was done for its krav too, the latest first. */
	aktiviteter: AktivitetKort[];
	/** `egen`: the asker's own. */
	anbefalinger: { navn: string; rolle: 'veileder' | 'supervisor'; at: Date; egen: boolean }[];
};
export type PlanKort = {
	id: string;
	status: PlanStatus;
	katalogId: string;
	navn: Tospraklig;
	merknad: Tospraklig | null;
	ufullstendig: boolean;
	temaer: { tema: Tospraklig; mal: MalKort[] }[];
	antall: number;
	godkjent: number;
	sendt: number;
};
export type Laering = {
	lisId: string;
	planer: PlanKort[];
	/** Everything that was done, or begun, the latest first. */
	aktiviteter: AktivitetKort[];
	/** What serves no goal of these plans: the two courses, and goals of plans that are archived. */
	andre: AktivitetKort[];
};

/**
 * S11: plan → theme → goals with krav and what was done, for the LIS and those who follow them; archived plans are left out. Drafts are
 * the LIS' own. Throws `not_found` or `ended`.
 */
export async function hentLaering(ctx: Ctx, lisId: string): Promise<Laering> {
	return (await hentLaeringMedRader(ctx, lisId)).laering;
}

/** As `hentLaering`, with the rows of the goals, for a page that shows one of them in full. */
export async function hentLaeringMedRader(ctx: Ctx, lisId: string): Promise<{ laering: Laering; mal: MalRad[] }> {
	const planer = await listPlaner(ctx.db, lisId);
	authorize(ctx.actor, 'laering.se', { lisId, delt: planer.some(({ status }) => status === 'delt') }, ctx.now);
	// Helsedirektoratet sees what was shared, and no other plan.
	const gjeldende = planer.filter(
		({ status }) => status !== 'arkivert' && can(ctx.actor, 'laering.se', { lisId, delt: status === 'delt' }, ctx.now)
	);
	const [alleMal, rader] = await Promise.all([listMalForLis(ctx.db, lisId), listAktiviteterForLis(ctx.db, lisId)]);
	const mal = alleMal.filter((rad) => can(ctx.actor, 'mal.se', rad, ctx.now));
	const kataloger = await findKataloger(
		ctx.db,
		[...gjeldende, ...mal].map(({ katalogId }) => katalogId)
	);
	const katalogAv = new Map(kataloger.map((katalog) => [katalog.id, katalog]));
	const tekstAv = new Map(
		kataloger.flatMap((katalog) => katalog.mal.map((ett) => [`${katalog.id} ${ett.kode}`, ett] as const))
	);
	const kravtitler = new Map(
		kataloger.flatMap(({ mal }) => mal.flatMap(({ krav }) => krav.map((k) => [k.id, k.tittel])))
	);
	const aktiviteter = rader
		.filter((rad) => can(ctx.actor, 'aktivitet.se', rad, ctx.now))
		.map((rad) => aktivitetKort(rad, (rad.kravId && kravtitler.get(rad.kravId)) || null));
	const malAv = new Map(
		mal.flatMap((rad) => {
			const tekst = tekstAv.get(`${rad.katalogId} ${rad.kode}`);
			return tekst ? [[rad.kode, malKort(rad, tekst, aktiviteter, ctx.actor.brukerId)] as const] : [];
		})
	);
	const laering: Laering = {
		lisId,
		aktiviteter,
		planer: gjeldende.flatMap((plan) => {
			const katalog = katalogAv.get(plan.katalogId);
			if (!katalog) return [];
			const { navn, merknad, ufullstendig } = katalog;
			const kort = katalog.mal.flatMap(({ kode }) => malAv.get(kode) ?? []);
			return {
				...{ id: plan.id, status: plan.status, katalogId: plan.katalogId, navn, merknad, ufullstendig },
				temaer: etterTema(kort),
				antall: kort.length,
				godkjent: kort.filter(({ status }) => status === 'godkjent').length,
				sendt: kort.filter(({ status }) => status === 'sendt').length
			};
		}),
		andre: aktiviteter.filter(({ koder }) => !koder.some((kode) => malAv.has(kode)))
	};
	return { laering, mal };
}

/** As a list shows it. */
function aktivitetKort(rad: AktivitetRad, krav: Tospraklig | null): AktivitetKort {
	const { id, status, slag, kurs, kravId, koder, dato, sendtAt, avgjortAt, grunn } = rad;
	const hos = rad.avgjortNavn ?? rad.supervisorNavn ?? rad.invitertNavn;
	return { id, status, slag, kurs, kravId, krav, koder, dato, hos, sendtAt, avgjortAt, grunn };
}

function malKort(rad: MalRad, tekst: KatalogMal, alle: AktivitetKort[], leser: string): MalKort {
	const { kode, status, nyVurdering, sendtAt, avgjortAt, bekreftetAt, mangler } = rad;
	const { tittel, tema, nivaer, arenaer } = tekst;
	const krav = tekst.krav.map((ett) => {
		const aktiviteter = alle.filter(({ kravId }) => kravId === ett.id);
		return { ...ett, tilstand: kravTilstand(aktiviteter), aktiviteter };
	});
	return {
		...{ kode, tittel, tema, nivaer, arenaer, status, nyVurdering, sendtAt, avgjortAt, bekreftetAt, mangler },
		krav,
		kravFullfort: krav.filter(({ tilstand }) => tilstand === 'fullfort').length,
		aktiviteter: alle.filter(({ koder }) => koder.includes(kode)),
		anbefalinger: rad.anbefalinger.map(({ av, navn, rolle, at }) => ({ navn, rolle, at, egen: av === leser }))
	};
}

function etterTema(mal: MalKort[]): { tema: Tospraklig; mal: MalKort[] }[] {
	return [...Map.groupBy(mal, ({ tema }) => tema.nb).values()].flatMap((gruppe) =>
		gruppe[0] ? [{ tema: gruppe[0].tema, mal: gruppe }] : []
	);
}
