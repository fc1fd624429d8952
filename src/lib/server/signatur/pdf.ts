import { createHash } from 'node:crypto';
import { pdfmelding } from './melding.ts';
import type { Signeringsnokkel } from './nokkel.ts';

/** The last line of a signed PDF, a comment to whatever shows it. */
const LINJE =
	/%LIS-Kommune 1 (?<docId>[0-9a-f-]{36}) (?<jsonSha256>[0-9a-f]{64}) (?<nokkelId>[0-9a-f]{16}) (?<signatur>[A-Za-z0-9+/]{86}==)\n$/;
/** Longer than that line, in bytes. */
const LINJE_BYTES = 512;

/** What the last line of a PDF claims, and the SHA-256 (hex) of all before it. */
export type PdfSignatur = {
	docId: string;
	jsonSha256: string;
	nokkelId: string;
	signatur: Buffer;
	pdfSha256: string;
};

/** Signs a PDF as it is sent: its bytes, and behind them a line that says of which samtale it is. The same bytes and key give the same line. */
export function signerPdf(
	innhold: ReadableStream<Uint8Array>,
	om: { docId: string; jsonSha256: string },
	nokkel: Signeringsnokkel
): ReadableStream<Uint8Array> {
	const sum = createHash('sha256');
	const linje = (): string => {
		const signatur = nokkel.signer(pdfmelding(om.docId, om.jsonSha256, sum.digest('hex')));
		return `%LIS-Kommune 1 ${om.docId} ${om.jsonSha256} ${nokkel.id} ${signatur.toString('base64')}\n`;
	};
	return innhold.pipeThrough(
		new TransformStream<Uint8Array, Uint8Array>({
			transform(bit, ut) {
				sum.update(bit);
				ut.enqueue(bit);
			},
			flush: (ut) => ut.enqueue(Buffer.from(linje(), 'latin1'))
		})
	);
}

/** Reads the signature of a PDF; undefined when it has none as its very last line. */
export function lesPdfSignatur(bytes: Uint8Array): PdfSignatur | undefined {
	const fil = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const slutt = fil.subarray(-LINJE_BYTES).toString('latin1');
	const funnet = LINJE.exec(slutt);
	if (!funnet?.groups) return undefined;
	const { docId = '', jsonSha256 = '', nokkelId = '', signatur = '' } = funnet.groups;
	const lest = Buffer.from(signatur, 'base64');
	// Base64 has bits to spare: only one way of writing it is ours.
	if (lest.toString('base64') !== signatur) return undefined;
	const uten = fil.subarray(0, fil.length - funnet[0].length);
	return {
		...{ docId, jsonSha256, nokkelId, signatur: lest },
		pdfSha256: createHash('sha256').update(uten).digest('hex')
	};
}
