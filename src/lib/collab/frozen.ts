import { canonicalJson } from './canonical-json.ts';
import { sanitizeDoc, type DocNode } from './safe-doc.ts';
import type { RawDoc } from './render.ts';

/**
 * A finished samtale as it is kept for ever: what was written, with all that a reader needs to understand it without the rest
 * of the database. Its canonical JSON (sorted keys, UTF-8) is what the SHA-256 on the page and in the PDF is of.
 */
export type FrossenSamtale = {
	/** The first form knew no files. */
	format: 'lis-kommune/samtale/1' | 'lis-kommune/samtale/2';
	id: string;
	lis: { id: string; navn: string };
	deltakere: { id: string; navn: string; rolle: 'lis' | 'veileder' }[];
	/** Local time in Norway. */
	dato: string | null;
	fra: string | null;
	til: string | null;
	sted: string | null;
	ferdigstiltAv: { id: string; navn: string };
	/** ISO 8601, UTC. */
	ferdigstiltAt: string;
	epoke: number;
	/** The last row of the log that is in it, and the hash of the chain up to there, hex. */
	seq: number;
	kjede: string;
	/** ProseMirror JSON as it stands in the document. */
	forberedelse: RawDoc;
	referat: RawDoc;
	/** By their SHA-256, hex; sizes in bytes. */
	filer?: { id: string; navn: string; storrelse: number; sha256: string }[];
};

/** The canonical JSON that is stored and hashed. */
export function frossenJson(frossen: FrossenSamtale): string {
	return canonicalJson(frossen);
}

/** Reads what `frossenJson` wrote; the parts come out through the whitelist filter. */
export function lesFrossen(
	json: string
): Omit<FrossenSamtale, 'forberedelse' | 'referat'> & { forberedelse: DocNode[]; referat: DocNode[] } {
	const frossen = JSON.parse(json) as FrossenSamtale;
	return {
		...frossen,
		forberedelse: sanitizeDoc(frossen.forberedelse).content,
		referat: sanitizeDoc(frossen.referat).content
	};
}
