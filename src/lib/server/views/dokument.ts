import { lesFrossen } from '#lib/collab/frozen.ts';
import { sanitizeDoc, toJson, type DocNode } from '#lib/collab/render.ts';
import { tilDetStarStille } from '#lib/domain/samtale/ferdigstilling.ts';
import { loadDoc, type LoadedDoc } from '../collab-state.ts';
import type { Ctx } from '../ctx.ts';
import { filerTilSignering, filsum } from '../fil/signert.ts';
import { findCollabDoc, findFinal } from '../queries/collab.ts';
import { listSignaturer } from '../queries/signatur.ts';
import type { SamtaleRad } from '../queries/samtale.ts';

/** What the veileder is shown before «Bekreft ferdigstilling», and confirms by giving it back (compare-and-swap). */
export type Ferdigstilling = { seq: number; hash: string; versjon: number; filer: string; utloper: string };

/**
 * Where the document stands. `apent`: people write. `ferdigstilles`: read-only for now, with what to confirm for whoever may.
 * `ferdigstilt`: frozen; `at` in ISO 8601, the hashes in hex; `nokkel`: the name of the key that signed it last.
 */
export type Dokument =
	| { tilstand: 'apent' | 'avlyst' }
	| { tilstand: 'ferdigstilles'; bekreft: Ferdigstilling | null }
	| {
			tilstand: 'ferdigstilt';
			av: string;
			at: string;
			sha256: string;
			kjede: string;
			seq: number;
			nokkel: string | null;
	  };

export type DokumentMedInnhold = {
	dokument: Dokument;
	innhold: { forberedelse: DocNode[]; referat: DocNode[] };
	epoke: number;
};

/**
 * After «Ferdigstill» what was under way may still land for a second. Waits that second out, so that what is shown afterwards
 * is what can be confirmed.
 */
export async function ventTilDetStarStille(ctx: Ctx, id: string, vent: (ms: number) => Promise<void>): Promise<void> {
	const head = await findCollabDoc(ctx.db, id);
	if (head?.state !== 'closing' || !head.closingAt) return;
	const ms = tilDetStarStille(head.closingAt, ctx.now);
	if (ms > 0) await vent(ms);
}

/** The document as it stands: from the frozen JSON once it is final, without Yjs; else from the log. */
export async function hentDokument(
	ctx: Ctx,
	samtale: SamtaleRad,
	kanFerdigstille: boolean
): Promise<DokumentMedInnhold | undefined> {
	const final = await findFinal(ctx.db, samtale.id);
	if (final) {
		const signaturer = await listSignaturer(ctx.db, samtale.id);
		const { forberedelse, referat, ferdigstiltAv, ferdigstiltAt, epoke } = lesFrossen(final.json);
		return {
			dokument: {
				tilstand: 'ferdigstilt',
				av: ferdigstiltAv.navn,
				at: ferdigstiltAt,
				sha256: final.jsonSha256.toString('hex'),
				kjede: final.chainHash.toString('hex'),
				seq: final.seq,
				nokkel: signaturer.at(-1)?.nokkelId ?? null
			},
			innhold: { forberedelse, referat },
			epoke
		};
	}
	const loaded = await loadDoc(ctx.db, samtale.id);
	if (!loaded) return undefined;
	const sted = { lisId: samtale.lisId, kobling: { slag: 'samtale', id: samtale.id } } as const;
	const filer = kanFerdigstille ? await filerTilSignering(ctx.db, sted) : [];
	return {
		dokument: tilstandAv(loaded, samtale, kanFerdigstille, filsum(filer)),
		innhold: {
			forberedelse: sanitizeDoc(toJson(loaded.doc, 'forberedelse')).content,
			referat: sanitizeDoc(toJson(loaded.doc, 'referat')).content
		},
		epoke: loaded.head.epoch
	};
}

function tilstandAv({ head }: LoadedDoc, samtale: SamtaleRad, kanFerdigstille: boolean, filer: string): Dokument {
	if (head.state === 'cancelled') return { tilstand: 'avlyst' };
	if (head.state !== 'closing') return { tilstand: 'apent' };
	const bekreft =
		kanFerdigstille && head.closingUntil
			? {
					seq: head.headSeq,
					hash: head.headHash.toString('hex'),
					versjon: samtale.versjon,
					filer,
					utloper: head.closingUntil.toISOString()
				}
			: null;
	return { tilstand: 'ferdigstilles', bekreft };
}
