import { describe, expect, test } from 'vitest';
import { pdfmelding, samtalemelding } from './melding.ts';
import { holder, lagSigneringsnokkel, nokkelId } from './nokkel.ts';
import { lesPdfSignatur, signerPdf } from './pdf.ts';

const nokkel = lagSigneringsnokkel(new Uint8Array(32).map((_, i) => i * 7));
const om = { docId: 'b3c6f2f0-5f2e-4c7e-9a53-2f6a0c6f1a11', jsonSha256: 'ab'.repeat(32) };
const PDF = Buffer.from('%PDF-1.7\n\u00e2\u00e3\n1 0 obj\n<<>>\nendobj\n%%EOF\n', 'latin1');

async function signert(bytes: Uint8Array = PDF): Promise<Buffer> {
	const inn = new ReadableStream<Uint8Array>({
		start(kilde) {
			kilde.enqueue(bytes.subarray(0, 5));
			kilde.enqueue(bytes.subarray(5));
			kilde.close();
		}
	});
	return Buffer.from(
		await new Response(signerPdf(inn, om, nokkel) as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer()
	);
}

function ekte(fil: Uint8Array): boolean {
	const lest = lesPdfSignatur(fil);
	if (!lest) return false;
	return (
		lest.nokkelId === nokkel.id &&
		holder(nokkel.offentlig, pdfmelding(lest.docId, lest.jsonSha256, lest.pdfSha256), lest.signatur)
	);
}

describe('the signature of a PDF', () => {
	test('is one more line, the same each time, and says of what it is', async () => {
		const fil = await signert();
		expect(fil.subarray(0, PDF.length)).toEqual(PDF);
		expect(fil.subarray(PDF.length).toString('latin1').split('\n')).toHaveLength(2);
		expect(fil).toEqual(await signert());
		expect(lesPdfSignatur(fil)).toMatchObject({ ...om, nokkelId: nokkel.id });
		expect(ekte(fil)).toBe(true);
	});

	test('does not hold when any one byte of the file is another', async () => {
		const fil = await signert();
		for (let i = 0; i < fil.length; i++) {
			const endret = Buffer.from(fil);
			endret[i] = (endret[i] ?? 0) ^ 1;
			expect([i, ekte(endret)]).toEqual([i, false]);
		}
	});

	test('is written in one way only', async () => {
		const fil = await signert();
		const spare = fil.length - 4;
		const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
		for (const letter of letters) {
			const other = Buffer.from(fil);
			other.write(letter, spare, 'latin1');
			expect([letter, ekte(other)]).toEqual([letter, other.equals(fil)]);
		}
	});

	test.each([
		['cut short', (fil: Buffer) => fil.subarray(0, -1)],
		['with more behind it', (fil: Buffer) => Buffer.concat([fil, Buffer.from('\n')])],
		['of another file', (fil: Buffer) => Buffer.concat([Buffer.from('%PDF-1.7\n'), fil.subarray(PDF.length)])],
		['twice', (fil: Buffer) => Buffer.concat([fil, fil.subarray(PDF.length)])],
		['nowhere', () => PDF],
		['in no file', () => Buffer.alloc(0)]
	])('does not hold %s', async (_name, gjor) => {
		expect(ekte(gjor(await signert()))).toBe(false);
	});
});

test('a signature of a PDF is none of the samtale, nor one key’s another’s', () => {
	const signatur = nokkel.signer(pdfmelding(om.docId, om.jsonSha256, om.jsonSha256));
	expect(holder(nokkel.offentlig, samtalemelding(om.docId, om.jsonSha256), signatur)).toBe(false);
	const annen = lagSigneringsnokkel(new Uint8Array(32).fill(9));
	expect(holder(annen.offentlig, pdfmelding(om.docId, om.jsonSha256, om.jsonSha256), signatur)).toBe(false);
	expect(nokkelId(annen.offentlig)).toBe(annen.id);
});

test('RFC 8032, test 1: the key and the signature are those of the standard', () => {
	const fro = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
	const egen = lagSigneringsnokkel(fro);
	expect(egen.offentlig.toString('hex')).toBe('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
	expect(egen.signer('').toString('hex')).toBe(
		'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'
	);
});
