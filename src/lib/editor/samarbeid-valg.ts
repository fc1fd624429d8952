import { sanitizeDoc, toJson, type DocNode } from '#lib/collab/render.ts';
import type { Skjemasvar } from '#lib/components/skjemasvar.ts';
import type { RootName } from '#lib/collab/schema.ts';
import type { Connection } from './connection.ts';
import type { Person } from './presence.ts';

/** How the page stands to the server; components say it in words. */
export type Tilkobling =
	'kobler-til' | 'tilkoblet' | 'frakoblet' | 'utlogget' | 'annen-bruker' | 'avvist' | 'uten-tilgang' | 'gammel-side';

/** Text that came too late may be laid beside the finished samtale; `svar`: what came of that. */
export type Merknadsvalg = { svar: Skjemasvar | undefined };

export type Innhold = Record<RootName, DocNode[]>;

export interface SamarbeidValg {
	samtaleId: string;
	meg: Person;
	epoke: number;
	kanSkrive: boolean;
	/** Whether what is not saved may be kept on this device: not on one that many share. */
	paEnheten: boolean;
	/** What the server knew when the page was made: shown until the document is here. */
	forste: Innhold;
}

export interface SamarbeidHendelser {
	/** Someone came or left; told in batches. */
	folk: (change: { joined: Person[]; left: Person[] }) => void;
	/** The page's data are out of date: the document was restored from a backup, or its state has changed. Resolves to the epoch now. */
	fornySide: () => Promise<number | undefined>;
}

/** What a document holds, as the page shows it while no editor stands. */
export function contentOf({ doc }: Connection): Innhold {
	const part = (name: RootName) => sanitizeDoc(toJson(doc, name)).content;
	return { forberedelse: part('forberedelse'), referat: part('referat') };
}
