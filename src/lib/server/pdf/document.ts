import { Readable } from 'node:stream';
import PDFDocument from 'pdfkit';
import type { Fonts } from './fonts.ts';

/**
 * An empty document, tagged and declared as PDF/UA-1. Nothing in it depends on when or where it is made: the same content gives the
 * same bytes. `keywords`: what programs find it by; nothing that a person wrote.
 */
export function newDocument(
	fonts: Fonts,
	{ title, locale, at, keywords }: { title: string; locale: string; at: Date; keywords: string }
): PDFKit.PDFDocument {
	const subset: string = 'PDF/UA';
	const doc = new PDFDocument({
		pdfVersion: '1.7',
		// Known to pdfkit, not to its types.
		subset: subset as PDFKit.Mixins.PDFSubsets,
		tagged: true,
		lang: locale,
		displayTitle: true,
		autoFirstPage: false,
		bufferPages: true,
		// None of its own fonts: those cannot be embedded.
		font: '',
		// pdfkit writes these into XML as they are: nothing that a person wrote may stand here.
		info: {
			Title: title,
			Keywords: keywords,
			Creator: 'LIS Kommune',
			Producer: 'LIS Kommune',
			CreationDate: at,
			ModDate: at
		}
	});
	// pdfkit takes fonts that are open already; its types do not know.
	for (const [name, font] of Object.entries(fonts)) doc.registerFont(name, font as unknown as Buffer);
	return doc;
}

/** Ends a document, and gives its bytes to send. pdfkit's document is a stream of node; its types know an older one. */
export function finish(doc: PDFKit.PDFDocument): ReadableStream<Uint8Array> {
	doc.end();
	return Readable.toWeb(doc as unknown as Readable) as ReadableStream<Uint8Array>;
}

let queue: Promise<unknown> = Promise.resolve();

/** One document at a time: one of thousands of pages takes hundreds of megabytes while it is laid out. */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
	const turn = queue.then(work);
	queue = turn.catch(() => undefined);
	return turn;
}
