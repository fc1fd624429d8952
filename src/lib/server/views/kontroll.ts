import type { Db } from '../db/pool.ts';
import { findFinal } from '../queries/collab.ts';
import { listNokler, listSignaturer } from '../queries/signatur.ts';
import { pdfmelding, samtalemelding } from '../signatur/melding.ts';
import { holder } from '../signatur/nokkel.ts';
import { lesPdfSignatur, type PdfSignatur } from '../signatur/pdf.ts';

/** What the portal itself says of the samtale of a genuine PDF today. */
export type Referat = 'lik' | 'usignert' | 'ulik' | 'borte';

export type Kontroll =
	| { utfall: 'ekte'; nokkel: string; kontrollsum: string; referat: Referat }
	| { utfall: 'endret' }
	| { utfall: 'ukjent'; nokkel: string }
	| { utfall: 'usignert' };

/** The public keys, for whoever wants to check without the portal. */
export async function hentNokler(db: Db): Promise<{ id: string; offentlig: string; fra: string }[]> {
	const nokler = await listNokler(db);
	return nokler.map(({ id, offentlig, fra }) => ({
		...{ id, offentlig: offentlig.toString('base64'), fra: fra.toISOString() }
	}));
}

/**
 * Checks a PDF for whoever has it, with or without a log-in: that its bytes are signed with a key of this portal, and that the samtale it names is still
 * what was signed. Nothing is told of a samtale to anybody who has not a genuine PDF of it, and nothing is kept.
 */
export async function kontrollerPdf(db: Db, bytes: Uint8Array): Promise<Kontroll> {
	const pdf = lesPdfSignatur(bytes);
	if (!pdf) return { utfall: 'usignert' };
	const nokkel = (await listNokler(db)).find(({ id }) => id === pdf.nokkelId);
	if (!nokkel) return { utfall: 'ukjent', nokkel: pdf.nokkelId };
	if (!holder(nokkel.offentlig, pdfmelding(pdf.docId, pdf.jsonSha256, pdf.pdfSha256), pdf.signatur))
		return { utfall: 'endret' };
	return { utfall: 'ekte', nokkel: nokkel.id, kontrollsum: pdf.jsonSha256, referat: await sammenlikn(db, pdf) };
}

async function sammenlikn(db: Db, { docId, jsonSha256 }: PdfSignatur): Promise<Referat> {
	const final = await findFinal(db, docId);
	if (!final) return 'borte';
	if (final.jsonSha256.toString('hex') !== jsonSha256) return 'ulik';
	const signaturer = await listSignaturer(db, docId);
	if (signaturer.length === 0) return 'usignert';
	const melding = samtalemelding(docId, jsonSha256);
	return signaturer.every(({ offentlig, signatur }) => holder(offentlig, melding, signatur)) ? 'lik' : 'ulik';
}
