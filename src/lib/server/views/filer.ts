import { AppError } from '#lib/domain/feil.ts';
import {
	KATEGORIER,
	koblingVerdi,
	tolkKobling,
	visning,
	type Filregler,
	type FilStatus,
	type Kategori,
	type Kobling
} from '#lib/domain/fil/fil.ts';
import type { MalStatus } from '#lib/domain/laering/mal.ts';
import { erId } from '#lib/domain/id.ts';
import type { Rolle } from '#lib/domain/actor.ts';
import type { AktivitetTilgang, FilSted, MalTilgang } from '../authz/actions.ts';
import { authorize, can } from '../authz/index.ts';
import { samtalerSomKanLeses } from '../authz/scope/samtale.ts';
import type { Ctx } from '../ctx.ts';
import { findKobling, medTilgang, type FilMedTilgang } from '../queries/fil-kobling.ts';
import { listFilerForLis, listFilerVed, sumStorrelse } from '../queries/fil.ts';
import { findLis, listFolkRundtLis } from '../queries/lis.ts';
import { listSamtaler } from '../queries/samtale.ts';
import { hentFilvalg, type Filvalg } from './filvalg.ts';
import { personKort, type PersonKort } from './kort.ts';

/** A file in a list. `dato`: of the samtale that it belongs to. Sizes in bytes. */
export type FilKort = {
	id: string;
	navn: string;
	kategori: Kategori;
	beskrivelse: string | null;
	storrelse: number;
	status: FilStatus;
	at: Date;
	av: string;
	egen: boolean;
	kobling: Kobling;
	dato: string | null;
	visning: 'bilde' | 'pdf' | null;
	abilities: { les: boolean; slett: boolean };
};

/** What the list is narrowed to; `del`: what kind of thing a file belongs to. */
export type Filfilter = { kategori: Kategori | null; del: Kobling['slag'] | null; egne: boolean };

/** Files that belong to one thing, with what the part of a page that shows them needs. */
export type Filliste = {
	lisId: string;
	kobling: Kobling;
	filer: FilKort[];
	/** Those who may read a file that belongs to nothing, by name; said before one sends one. */
	lesere: (PersonKort & { rolle: Rolle })[];
	grenser: { maks: number; sjekkes: boolean };
	abilities: { lastOpp: boolean };
};

export type Filside = Filliste & {
	lis: PersonKort & { erMeg: boolean; arbeidssted: string | null };
	/** How many there are without the filter. */
	antall: number;
	filter: Filfilter;
	valg: Filvalg;
	plass: { brukt: number; kvote: number };
};

/** A thing that files may belong to, with what decides who may read them. */
type Filting = FilSted & { hva: Kobling };

/** The files of one of several things, of this LIS. */
export type Filoppslag = (lisId: string, hva: Kobling) => FilKort[];

/** S12: every file of a LIS that the asker may see. Throws `not_found` or `ended`. */
export async function hentFilside(ctx: Ctx, lisId: string, sok: URLSearchParams, grenser: Filregler): Promise<Filside> {
	if (!erId(lisId)) throw new AppError('not_found');
	authorize(ctx.actor, 'veiledning.se', { lisId }, ctx.now);
	const [lis, alle, brukt, lesere] = await Promise.all([
		findLis(ctx.db, lisId),
		hentFiler(ctx, lisId),
		sumStorrelse(ctx.db, lisId),
		hentLesere(ctx, lisId)
	]);
	if (!lis) throw new AppError('not_found');
	const sted: FilSted = { lisId, kobling: { slag: 'ingen' } };
	const lastOpp = can(ctx.actor, 'fil.lastOpp', sted, ctx.now);
	const filter = tolkFilter(sok);
	return {
		...{ lisId, kobling: { slag: 'ingen' }, lesere, filter, antall: alle.length },
		lis: { ...personKort(lis), arbeidssted: lis.arbeidssted, erMeg: lis.id === ctx.actor.brukerId },
		filer: alle.filter(
			(fil) =>
				(filter.kategori === null || fil.kategori === filter.kategori) &&
				(filter.del === null || fil.kobling.slag === filter.del) &&
				(!filter.egne || fil.egen)
		),
		valg: lastOpp ? await hentFilvalg(ctx, lisId) : { samtaler: [], mal: [], aktiviteter: [] },
		plass: { brukt, kvote: grenser.kvote },
		grenser: { maks: grenser.maks, sjekkes: grenser.sjekkes },
		abilities: { lastOpp }
	};
}

/** The files of one samtale, goal or aktivitet, for its own page. Throws `not_found` for one that is not there or not the asker's to read. */
export async function hentFilerFor(
	ctx: Ctx,
	{ lisId, kobling }: { lisId: string; kobling: Kobling },
	grenser: Filregler
): Promise<Filliste> {
	const funnet = await findKobling(ctx.db, lisId, kobling);
	if (!funnet) throw new AppError('not_found');
	return hentFilliste(ctx, { lisId, kobling: funnet, hva: kobling }, grenser);
}

/** The same, of what the page has read already. */
export async function hentFilliste(
	ctx: Ctx,
	{ lisId, kobling, hva }: Filting,
	{ maks, sjekkes }: Filregler
): Promise<Filliste> {
	const ved = await hentFilerVed(ctx, [{ lisId, kobling, hva }]);
	return {
		// Whose readers a linked file has is said without names.
		...{ lisId, kobling: hva, lesere: [], filer: ved(lisId, hva) },
		grenser: { maks, sjekkes },
		abilities: { lastOpp: can(ctx.actor, 'fil.lastOpp', { lisId, kobling }, ctx.now) }
	};
}

/**
 * The files of several samtaler, goals and aktiviteter that a page shows, in one query: each thing's as the asker may see them. Nothing is looked up
 * of the things, which the page has read already, so that the rule for a file is the rule for its thing.
 */
export async function hentFilerVed(ctx: Ctx, ting: (FilSted & { hva: Kobling })[]): Promise<Filoppslag> {
	const nokkel = (lisId: string, hva: Kobling) => `${lisId} ${koblingVerdi(hva)}`;
	const steder = new Map(ting.map((en) => [nokkel(en.lisId, en.hva), en]));
	const ider = (slag: 'samtale' | 'aktivitet') => ting.flatMap(({ hva }) => (hva.slag === slag ? [hva.id] : []));
	const rader = await listFilerVed(ctx.db, {
		lisIder: [...new Set(ting.map(({ lisId }) => lisId))],
		...{ samtaler: ider('samtale'), aktiviteter: ider('aktivitet') },
		koder: [...new Set(ting.flatMap(({ hva }) => (hva.slag === 'mal' ? [hva.kode] : [])))]
	});
	const synlige = rader.flatMap(({ kobling: hoererTil, ...rad }) => {
		const sted = steder.get(nokkel(rad.lisId, hoererTil));
		const fil = sted && { ...rad, hoererTil, kobling: sted.kobling };
		return fil && can(ctx.actor, 'fil.se', fil, ctx.now) ? [fil] : [];
	});
	const etter = Map.groupBy(synlige, (fil) => nokkel(fil.lisId, fil.hoererTil));
	return (lisId, hva) => (etter.get(nokkel(lisId, hva)) ?? []).map((fil) => kort(ctx, fil, []));
}

/** An aktivitet that a page has read, as `hentFilerVed` takes it. */
export const vedAktivitet = (aktivitet: AktivitetTilgang & { id: string }): Filting => ({
	lisId: aktivitet.lisId,
	kobling: { slag: 'aktivitet', aktivitet },
	hva: { slag: 'aktivitet', id: aktivitet.id }
});

/** A goal that a page has read, as `hentFilerVed` takes it. */
export const vedMal = (mal: MalTilgang & { status: MalStatus; kode: string }): Filting => ({
	lisId: mal.lisId,
	kobling: { slag: 'mal', mal },
	hva: { slag: 'mal', kode: mal.kode }
});

/** Those of a LIS that the asker may see, the latest first: the rule for a list is the rule for one. */
export async function hentFiler(ctx: Ctx, lisId: string): Promise<FilKort[]> {
	const filer = await medTilgang(ctx.db, lisId, await listFilerForLis(ctx.db, lisId));
	const synlige = filer.filter((fil) => can(ctx.actor, 'fil.se', fil, ctx.now));
	const samtaler = synlige.some(({ hoererTil }) => hoererTil.slag === 'samtale')
		? await listSamtaler(samtalerSomKanLeses(ctx.db, ctx.actor.brukerId, ctx.now))
		: [];
	return synlige.map((fil) => kort(ctx, fil, samtaler));
}

function kort(ctx: Ctx, fil: FilMedTilgang, samtaler: { id: string; dato: string | null }[]): FilKort {
	const { id, navn, kategori, beskrivelse, storrelse, status, hoererTil } = fil;
	const samtale = samtaler.find((en) => hoererTil.slag === 'samtale' && en.id === hoererTil.id);
	return {
		...{ id, navn, kategori, beskrivelse, storrelse, status, kobling: hoererTil, dato: samtale?.dato ?? null },
		...{ at: fil.createdAt, av: fil.opplastetNavn, egen: fil.opplastetAv === ctx.actor.brukerId },
		visning: visning(fil.type),
		abilities: {
			les: can(ctx.actor, 'fil.les', fil, ctx.now),
			slett: can(ctx.actor, 'fil.slett', fil, ctx.now)
		}
	};
}

async function hentLesere(ctx: Ctx, lisId: string): Promise<Filliste['lesere']> {
	const [lis, folk] = await Promise.all([findLis(ctx.db, lisId), listFolkRundtLis(ctx.db, lisId, ctx.now)]);
	const folger = folk.filter(({ rolle }) => rolle !== 'supervisor');
	return [
		...(lis ? [{ ...personKort(lis), rolle: 'lis' as const }] : []),
		...folger.map((en) => ({ ...personKort(en), rolle: en.rolle }))
	];
}

function tolkFilter(sok: URLSearchParams): Filfilter {
	const del = sok.get('del') ?? '';
	return {
		kategori: KATEGORIER.find((kategori) => kategori === sok.get('kategori')) ?? null,
		del: del === 'ingen' ? 'ingen' : (tolkKobling(`${del}:x`)?.slag ?? null),
		egne: sok.get('egne') === 'ja'
	};
}
