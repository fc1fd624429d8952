import type { Tidspunkt } from '../samtale/samtale.ts';

/**
 * What the endringslogg under the referat shows (S8). Made by views/endringslogg.ts; the endpoints give it as JSON. Every text
 * in it is clean (no control characters), and a valid fødselsnummer in it is masked already. What an opened entry and a version
 * hold is in src/lib/collab/history/difference.ts.
 *
 * Addresses, all GET, JSON, for those who may read the samtale (404 for everybody else):
 * - `/samtaler/<id>/endringslogg?foer=<nokkel>` → Endringslogg (the newest first; `foer` = `eldre` of the page before)
 * - `/samtaler/<id>/endringslogg/post/<forsteSeq>` → Forskjell of one entry
 * - `/samtaler/<id>/endringslogg/forskjell/<fra>-<til>` → Forskjell between two versions
 * - `/samtaler/<id>/endringslogg/versjon/<seq>` → Versjon
 * When the log cannot be computed in time or the database is away: 503 with the message key in `message`
 * (`endringslogg_feil_for_tung` or `felles_feil_utilgjengelig`).
 */

/** The two parts, in the order of the page. */
export type Del = 'forberedelse' | 'referat';

/** Who did it, with today's name; `farge` is the palette index of the avatar. */
export type Forfatter = { id: string; navn: string; farge: number };

export type Post = TekstPost | HendelsePost;

/**
 * What one person wrote in one burst (pauses of at most 60 s, at most 5 minutes, cut when the other writes in the same
 * paragraph). An entry may still grow while it is the newest of its person; `id` and `forsteSeq` stay.
 */
export type TekstPost = {
	slag: 'tekst';
	/** Key of the list: stable. */
	id: string;
	av: Forfatter;
	/** First and last change, ISO 8601 in UTC. */
	fra: string;
	til: string;
	/** The parts it touched; nearly always one. */
	deler: Del[];
	/** Positions in the log: the version after this entry is `sisteSeq`, the one before it `forsteSeq - 1`. */
	forsteSeq: number;
	sisteSeq: number;
	/** Net of the entry: what was typed and taken away again within it counts as nothing. */
	lagtTil: Mengde | null;
	fjernet: Mengde | null;
	/** Text that stayed and got another look (bold, heading, list, ticked …). */
	formatert: boolean;
	/** Text that stayed and stands elsewhere (a split or joined paragraph, a list, a move). */
	flyttet: boolean;
	/** «i «…»»: the nearest heading, else the beginning of the paragraph; null where there is neither. */
	sted: string | null;
	/** A gjenopprett: the version that was brought back; null for all else. */
	gjenopprettet: number | null;
};

/** Words counted by spaces; `utdrag` is the beginning of the text, cut between words, with … where it was cut. */
export type Mengde = { ord: number; utdrag: string };

/** A change of date, time, place or status, or a merknad, whose text stands beside. `av` is null where nobody did it (a lapsed ferdigstilling). */
export type HendelsePost = { slag: 'hendelse'; id: string; av: Forfatter | null; at: string } & Hendelsesinnhold;

export type Hendelsesinnhold =
	| { hendelse: 'opprettet'; til: Tidspunkt }
	| { hendelse: 'aktiv' }
	| { hendelse: 'flyttet'; fra: Tidspunkt; til: Tidspunkt }
	| { hendelse: 'forslag'; til: Tidspunkt }
	| { hendelse: 'forslag-godtatt'; fra: Tidspunkt; til: Tidspunkt }
	| { hendelse: 'forslag-avvist' }
	| { hendelse: 'ferdigstilling-begynt' }
	| { hendelse: 'ferdigstilling-avbrutt' }
	| { hendelse: 'ferdigstilling-utlopt' }
	| { hendelse: 'ferdigstilt' }
	| { hendelse: 'merknad' }
	| { hendelse: 'avlyst'; grunn: string };

/** One page of the list. */
export type Endringslogg = {
	/** The newest first. */
	poster: Post[];
	/** For the next, older page; null when there is none. */
	eldre: string | null;
	/** Where the log stands: the newest version that can be shown. */
	hode: number;
	abilities: { gjenopprett: boolean };
};

/**
 * What an opened entry, or the way from one version to another, shows. `D` is Difference of collab/history/difference.ts:
 * its `author` and `by` are ids found in `folk`.
 */
export type Forskjell<D> = { fra: number; til: number; deler: D; folk: Forfatter[] };

/** A whole version: `D` is VersionContent. `at`: when its last row was written, ISO 8601; `av`: by whom. */
export type Versjon<D> = { seq: number; at: string; av: Forfatter | null; innhold: D };
