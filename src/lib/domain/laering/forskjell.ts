import type { KatalogKrav, KatalogMal, Tospraklig } from './katalog.ts';
import { kreverMer } from './nivaa.ts';

/** What happened to one goal from one version of a plan to another. */
export type MalForskjell = {
	foer: KatalogMal;
	etter: KatalogMal;
	/** It asks for more: a higher level, or Helsedirektoratet says so. Approvals do not carry over to it. */
	skjerpet: boolean;
	/** Title or theme is put in other words. */
	ord: boolean;
	nivaer: boolean;
	arenaer: boolean;
	krav: { nye: KatalogKrav[]; borte: KatalogKrav[]; endret: { foer: KatalogKrav; etter: KatalogKrav }[] };
};
export type Forskjell = { nye: KatalogMal[]; borte: KatalogMal[]; endret: MalForskjell[]; uendret: number };

/** The difference between two versions of a plan, in the order of the later one; what is gone in the order of the earlier one. */
export function forskjell(foer: readonly KatalogMal[], etter: readonly KatalogMal[]): Forskjell {
	const gamle = new Map(foer.map((mal) => [mal.kode, mal]));
	const nyeKoder = new Set(etter.map(({ kode }) => kode));
	const par = etter.flatMap((mal) => {
		const gammelt = gamle.get(mal.kode);
		return gammelt ? [malForskjell(gammelt, mal)] : [];
	});
	const endret = par.filter(erEndret);
	return {
		nye: etter.filter(({ kode }) => !gamle.has(kode)),
		borte: foer.filter(({ kode }) => !nyeKoder.has(kode)),
		endret,
		uendret: par.length - endret.length
	};
}

function malForskjell(foer: KatalogMal, etter: KatalogMal): MalForskjell {
	const gamle = new Map(foer.krav.map((krav) => [krav.id, krav]));
	const nyeIder = new Set(etter.krav.map(({ id }) => id));
	return {
		foer,
		etter,
		skjerpet: etter.skjerpet || kreverMer(foer.nivaer, etter.nivaer),
		ord: ulike(foer.tittel, etter.tittel) || ulike(foer.tema, etter.tema),
		nivaer: !likeMengder(foer.nivaer, etter.nivaer),
		arenaer: !likeMengder(foer.arenaer, etter.arenaer),
		krav: {
			nye: etter.krav.filter(({ id }) => !gamle.has(id)),
			borte: foer.krav.filter(({ id }) => !nyeIder.has(id)),
			endret: etter.krav.flatMap((krav) => {
				const gammelt = gamle.get(krav.id);
				const annet = gammelt && (ulike(gammelt.tittel, krav.tittel) || gammelt.slag !== krav.slag);
				return annet ? [{ foer: gammelt, etter: krav }] : [];
			})
		}
	};
}

function erEndret({ skjerpet, ord, nivaer, arenaer, krav }: MalForskjell): boolean {
	return skjerpet || ord || nivaer || arenaer || krav.nye.length + krav.borte.length + krav.endret.length > 0;
}

function ulike(a: Tospraklig, b: Tospraklig): boolean {
	return a.nb !== b.nb || a.nn !== b.nn;
}

function likeMengder(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((en) => b.includes(en));
}
