import { AppError } from '#lib/domain/feil.ts';
import { forskjell, type Forskjell } from '#lib/domain/laering/forskjell.ts';
import type { Katalog } from '#lib/domain/laering/katalog.ts';
import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { findKatalog, findKataloger, listKataloger, type KatalogHode } from '../queries/katalog.ts';
import { countPaVersjoner, listPaVersjoner, type PaVersjon } from '../queries/katalog-utkast.ts';

export type Katalogliste = { plan: string; harUtkast: boolean; versjoner: (KatalogHode & { antall: number })[] }[];
export type Katalogside = {
	katalog: Katalog;
	/** The version before it, and what differs; null for the first one. */
	forrige: { hode: KatalogHode; forskjell: Forskjell } | null;
	/** LIS on older versions, by version; only for one that is published. */
	eldre: { versjon: number; lis: PaVersjon[] }[];
	abilities: { endre: boolean };
};

/** Every version of every plan, the newest first, and how many LIS are on each. Throws `not_found` for all but Helsedirektoratet. */
export async function hentKataloger(ctx: Ctx): Promise<Katalogliste> {
	authorize(ctx.actor, 'portal.katalog', { portal: true }, ctx.now);
	const [versjoner, antall] = await Promise.all([listKataloger(ctx.db), countPaVersjoner(ctx.db)]);
	const medAntall = versjoner.map((en) => ({ ...en, antall: antall.get(en.id) ?? 0 }));
	return [...Map.groupBy(medAntall, ({ plan }) => plan)].map(([plan, rader]) => ({
		...{ plan, versjoner: rader },
		harUtkast: rader.some(({ status }) => status === 'utkast')
	}));
}

/** One version, what differs from the one before it, and who could be moved to it. Throws `not_found`. */
export async function hentKatalogside(ctx: Ctx, id: string): Promise<Katalogside> {
	authorize(ctx.actor, 'portal.katalog', { portal: true }, ctx.now);
	const katalog = await findKatalog(ctx.db, id);
	if (!katalog) throw new AppError('not_found');
	const egne = (await listKataloger(ctx.db)).filter(
		({ plan, versjon, status }) => plan === katalog.plan && versjon < katalog.versjon && status === 'publisert'
	);
	const hode = egne[0];
	const [foer] = await findKataloger(ctx.db, hode ? [hode.id] : []);
	const eldre = katalog.status === 'publisert' ? egne : [];
	const lis = await listPaVersjoner(
		ctx.db,
		eldre.map((en) => en.id)
	);
	return {
		katalog,
		forrige: hode && foer ? { hode, forskjell: forskjell(foer.mal, katalog.mal) } : null,
		eldre: eldre
			.map(({ id: eldreId, versjon }) => ({ versjon, lis: lis.filter(({ katalogId }) => katalogId === eldreId) }))
			.filter((en) => en.lis.length > 0),
		abilities: { endre: katalog.status === 'utkast' }
	};
}

/** One goal of a draft, or null for one to be added (`ny`). Throws `not_found`; a conflict for a version that is published. */
export async function hentUtkastMal(ctx: Ctx, id: string, kode: string) {
	authorize(ctx.actor, 'portal.katalog', { portal: true }, ctx.now);
	const katalog = await findKatalog(ctx.db, id);
	if (!katalog) throw new AppError('not_found');
	if (katalog.status !== 'utkast') throw new AppError('conflict', { reason: 'katalog_konflikt_publisert' });
	const mal = kode === 'ny' ? null : katalog.mal.find((ett) => ett.kode === kode);
	if (mal === undefined) throw new AppError('not_found');
	const temaer = [...new Map(katalog.mal.map(({ tema }) => [tema.nb, tema])).values()];
	return { id, navn: katalog.navn, versjon: katalog.versjon, mal, temaer };
}
