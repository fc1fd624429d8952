import Busboy from '@fastify/busboy';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ReadableStream as NodeStream } from 'node:stream/web';
import * as v from 'valibot';
import { AppError } from '#lib/domain/feil.ts';
import { SKJEMA_TILLEGG, tolkKobling, type Filregler } from '#lib/domain/fil/fil.ts';
import { filSkjema, type FilOpplysninger } from '#lib/domain/fil/skjema.ts';
import { deps } from './deps.ts';
import { attachment } from './download.ts';

/** The header in which the page's script says what a file is: JSON, percent-encoded. Not in the address, which is logged: names tell things. */
const OPPLYSNINGER = 'x-fil';
const FELT = ['navn', 'kategori', 'beskrivelse', 'kobling'] as const;
/** What is said of a file is at most this long, in bytes. */
const FELT_MAKS = 4000;

/** A file as it arrives. `storrelse`: how long it is at most, in bytes, where the sender has said so. */
export type Innkommende = {
	opplysninger: Record<string, string>;
	storrelse: number | null;
	innhold: AsyncIterable<Uint8Array>;
};

/** The limits of this installation. */
export function filregler(): Filregler {
	const { filer, clamd } = deps().config;
	return { ...filer, sjekkes: clamd !== undefined };
}

/** Whether a browser sent it as a form, without the page's script. */
export function erSkjema(request: Request): boolean {
	return request.headers.get('content-type')?.startsWith('multipart/form-data') === true;
}

/** The page that a form without scripts was sent from: that of what the file belongs to, else the LIS' files. */
export function sideForSted(lisId: string, sted: string | null): string {
	const kobling = tolkKobling(sted ?? '') ?? { slag: 'ingen' };
	switch (kobling.slag) {
		case 'samtale':
			return `/samtaler/${kobling.id}`;
		case 'aktivitet':
			return `/aktiviteter/${kobling.id}`;
		case 'mal':
			return `/laeringsmal/${kobling.kode}`;
		case 'ingen':
			return `/veiledning/${encodeURIComponent(lisId)}/filer`;
	}
}

/** What such a form was answered with, as its page's address says it: a message key, or that the file has come. */
export function svarFraOpplasting({ searchParams }: URL): { feil: string | null; lastet: boolean } {
	return { feil: searchParams.get('feil'), lastet: searchParams.has('lastet') };
}

/**
 * Reads the one file of a request, as it comes. Whatever happens, the body is read to its end (never more than the server lets in), since a
 * browser hears no answer while it is still sending. Throws `invalid` for what can be no file.
 */
export async function lesFil<T>(request: Request, motta: (fil: Innkommende) => Promise<T>): Promise<T> {
	if (!request.body) throw new AppError('invalid', { reason: 'fil_feil_tom' });
	const { maks } = filregler();
	const lengde = Number(request.headers.get('content-length') ?? '') || null;
	// The server itself ends what is longer than it takes; there is nothing to wait for.
	if ((lengde ?? 0) > maks + SKJEMA_TILLEGG) throw new AppError('invalid', { reason: 'fil_feil_for_stor' });
	const kropp = Readable.fromWeb(request.body as NodeStream<Uint8Array>);
	// A connection may break while nobody is reading: that ends this request, not the process.
	kropp.on('error', () => undefined);
	try {
		if (erSkjema(request)) {
			// A form is somewhat longer than its file.
			const storrelse = lengde === null ? null : Math.min(lengde, maks);
			return await lesSkjema(request, kropp, (fil) => motta({ ...fil, storrelse }));
		}
		const opplysninger = lesOpplysninger(request.headers.get(OPPLYSNINGER) ?? '');
		return await motta({ opplysninger, storrelse: lengde, innhold: uavsluttet(kropp) });
	} finally {
		await finished(kropp.resume()).catch(() => undefined);
	}
}

/** Whoever stops reading early does not end the stream; one that breaks is nobody's fault here. Throws `invalid`. */
async function* uavsluttet(strom: Readable): AsyncGenerator<Uint8Array> {
	try {
		yield* strom.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
	} catch (thrown) {
		throw thrown instanceof AppError ? thrown : new AppError('invalid', { reason: 'fil_feil_avbrutt' });
	}
}

function lesOpplysninger(hode: string): Record<string, string> {
	let lest: unknown;
	try {
		lest = JSON.parse(decodeURIComponent(hode));
	} catch {
		throw new AppError('invalid', { reason: 'felles_feil_ugyldig' });
	}
	const verdi = (navn: string) => (lest as Record<string, unknown> | null)?.[navn];
	return Object.fromEntries(
		FELT.flatMap((navn) => (typeof verdi(navn) === 'string' ? [[navn, verdi(navn) as string]] : []))
	);
}

/** A form whose last field is the file: what is said of it stands before it, and is known when it comes. */
function lesSkjema<T>(request: Request, kropp: Readable, motta: (fil: Innkommende) => Promise<T>): Promise<T> {
	const opplysninger: Record<string, string> = {};
	return new Promise<T>((mottatt, avvist) => {
		let fil: Readable | undefined;
		// A form that is cut off. Whoever receives its file hears of it, however late they begin to read, and clears up before the answer is given.
		const brutt = () => {
			const feil = new AppError('invalid', { reason: 'felles_feil_ugyldig' });
			if (fil) fil.destroy(feil);
			else avvist(feil);
		};
		const parser = new Busboy({
			headers: { 'content-type': request.headers.get('content-type') ?? '' },
			limits: { files: 1, fields: 10, fieldSize: FELT_MAKS, fieldNameSize: 100, parts: 12, headerPairs: 20 }
		});
		parser.on('field', (navn, verdi) => {
			if ((FELT as readonly string[]).includes(navn)) opplysninger[navn] = verdi;
		});
		parser.on('file', (_felt, innkommet, navn) => {
			fil = innkommet.on('error', brutt);
			motta({ opplysninger: { ...opplysninger, navn }, storrelse: null, innhold: uavsluttet(fil) }).then(
				mottatt,
				avvist
			);
		});
		parser.on('finish', () => {
			if (!fil) avvist(new AppError('invalid', { reason: 'fil_feil_navn_mangler' }));
		});
		parser.on('error', brutt);
		kropp.once('error', brutt);
		kropp.pipe(parser);
	}).finally(() => kropp.unpipe());
}

/** What is said of a file, read; throws `invalid` with the first thing that is wrong as its reason. */
export function tolkOpplysninger(opplysninger: Record<string, string>): FilOpplysninger {
	const { success, output, issues } = v.safeParse(filSkjema, opplysninger);
	if (success) return output;
	throw new AppError('invalid', { reason: issues[0].message });
}

/** A file as an answer: nobody takes it for anything else than it is, and nothing in it runs (T16). */
export function filsvar(
	fil: { navn: string; type: string; storrelse: number; innhold: AsyncIterable<Uint8Array> },
	maate: 'lagres' | 'bilde' | 'pdf'
): Response {
	const disposition = attachment(fil.navn);
	return new Response(NodeStream.from(fil.innhold) as ReadableStream<Uint8Array>, {
		headers: {
			'content-type': fil.type === 'text/plain' ? 'text/plain; charset=utf-8' : fil.type,
			'content-length': String(fil.storrelse),
			'content-disposition': maate === 'lagres' ? disposition : disposition.replace(/^attachment/, 'inline'),
			'x-content-type-options': 'nosniff',
			// Safari shows no PDF in a sandbox and other browsers none of this in their own viewer, which keeps it apart from the page by itself.
			'content-security-policy':
				maate === 'pdf'
					? "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
					: "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox",
			'cache-control': 'private, no-store'
		}
	});
}
