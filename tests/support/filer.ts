import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { deflateRawSync, crc32 } from 'node:zlib';
import type { Filregler, Kategori, Kobling } from '#lib/domain/fil/fil.ts';
import { lastOppFil } from '#lib/server/commands/last-opp-fil.ts';
import type { Ctx } from '#lib/server/ctx.ts';

const MB = 1024 ** 2;
export const REGLER: Filregler = { maks: 25 * MB, kvote: 500 * MB, sjekkes: false };

/** The shortest bytes that each kind is known by. */
export const PDF = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n', 'latin1');
export const PNG = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64'
);
export const JPEG = Buffer.concat([
	Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
	Buffer.alloc(64),
	Buffer.from('ffd9', 'hex')
]);

/** A zip file of these entries; `utpakket` lies about how long one is. */
export function zip(innhold: Record<string, string | Buffer>, utpakket?: number): Buffer {
	const deler: Buffer[] = [];
	const liste: Buffer[] = [];
	let her = 0;
	for (const [navn, tekst] of Object.entries(innhold)) {
		const raa = Buffer.from(tekst);
		const pakket = navn === 'mimetype' ? raa : deflateRawSync(raa);
		const felles = Buffer.alloc(26);
		felles.writeUInt16LE(20, 0);
		felles.writeUInt16LE(navn === 'mimetype' ? 0 : 8, 4);
		felles.writeUInt32LE(crc32(raa), 10);
		felles.writeUInt32LE(pakket.length, 14);
		felles.writeUInt32LE(utpakket ?? raa.length, 18);
		felles.writeUInt16LE(Buffer.byteLength(navn), 22);
		const lokal = Buffer.concat([Buffer.from('PK\x03\x04'), felles, Buffer.from(navn), pakket]);
		const sted = Buffer.alloc(14);
		sted.writeUInt32LE(her, 10);
		liste.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), felles, sted, Buffer.from(navn)]));
		deler.push(lokal);
		her += lokal.length;
	}
	const slutt = Buffer.alloc(18);
	const lengde = liste.reduce((sum, del) => sum + del.length, 0);
	slutt.writeUInt16LE(liste.length, 4);
	slutt.writeUInt16LE(liste.length, 6);
	slutt.writeUInt32LE(lengde, 8);
	slutt.writeUInt32LE(her, 12);
	return Buffer.concat([...deler, ...liste, Buffer.from('PK\x05\x06'), slutt]);
}

export const DOCX = zip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w:document/>' });
export const ODT = zip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<x/>' });

/** Sends a file as the portal does; `innhold` may come in pieces. */
export function lastOpp(
	ctx: Ctx,
	lisId: string,
	navn: string,
	innhold: Buffer | AsyncIterable<Uint8Array>,
	mer: { kobling?: Kobling; regler?: Partial<Filregler>; kategori?: Kategori; storrelse?: number | null } = {}
): Promise<{ id: string }> {
	const lengde = Buffer.isBuffer(innhold) ? innhold.length : null;
	return lastOppFil(
		ctx,
		{ ...REGLER, ...mer.regler },
		{
			...{
				lisId,
				navn,
				kategori: mer.kategori ?? 'annet',
				beskrivelse: null,
				kobling: mer.kobling ?? { slag: 'ingen' }
			},
			storrelse: mer.storrelse === undefined ? lengde : mer.storrelse,
			innhold: Buffer.isBuffer(innhold) ? strom(innhold) : innhold
		}
	);
}

/** The bytes in pieces as a network gives them. */
export async function* strom(bytes: Buffer, lengde = 61_003): AsyncGenerator<Uint8Array> {
	for (let fra = 0; fra < bytes.length; fra += lengde) yield bytes.subarray(fra, fra + lengde);
	await Promise.resolve();
}

/** A scanner that speaks as clamd does (INSTREAM): finds a virus in whatever holds «EICAR». */
export interface FalskClamd {
	readonly port: number;
	/** What it has been sent, whole, in order. */
	readonly sett: Buffer[];
	/** What it answers instead of a verdict. */
	svar: string | undefined;
	close(): Promise<void>;
}

export async function falskClamd(): Promise<FalskClamd> {
	const sett: Buffer[] = [];
	const clamd = { port: 0, sett, svar: undefined as string | undefined, close: () => lukk(server) };
	const server = createServer({ allowHalfOpen: true }, (socket) => {
		let mottatt = Buffer.alloc(0);
		socket.on('error', () => undefined);
		socket.on('data', (del) => {
			mottatt = Buffer.concat([mottatt, del]);
			const fil = tolkInstream(mottatt);
			if (fil === undefined) return;
			sett.push(fil);
			socket.end(`${clamd.svar ?? (fil.includes('EICAR') ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK')}\0`);
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	clamd.port = (server.address() as { port: number }).port;
	return clamd;
}

function tolkInstream(mottatt: Buffer): Buffer | undefined {
	const ord = 'zINSTREAM\0';
	if (!mottatt.subarray(0, ord.length).equals(Buffer.from(ord))) return undefined;
	const biter: Buffer[] = [];
	for (let i = ord.length; i + 4 <= mottatt.length;) {
		const lengde = mottatt.readUInt32BE(i);
		if (lengde === 0) return Buffer.concat(biter);
		biter.push(mottatt.subarray(i + 4, i + 4 + lengde));
		i += 4 + lengde;
	}
	return undefined;
}

async function lukk(server: Server): Promise<void> {
	if (!server.listening) return;
	server.close();
	await once(server, 'close');
}
