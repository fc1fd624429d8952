import { fileTypeFromBuffer } from 'file-type';
import { AppError } from '#lib/domain/feil.ts';
import { typeAvNavn, type FilType } from '#lib/domain/fil/fil.ts';
import { sjekkZip, type Les } from './zip.ts';

/** How much of a file's beginning is looked at, in bytes: what file-type asks for. */
const HODE = 4100;
const ZIP_TYPER: readonly FilType[] = [
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	'application/vnd.openxmlformats-officedocument.presentationml.presentation',
	'application/vnd.oasis.opendocument.text'
];
/** What a browser could take for a page or a picture that runs scripts. */
const MARKERING = /^[\s\ufeff]*<(!|\?|html|head|body|script|svg|iframe)/i;

/** Looks at a file as it arrives, piece by piece, and never keeps more than the piece. */
export interface Typesjekk {
	/** The next piece. Throws `invalid` as soon as it shows that the file is not what its name says. */
	del(bit: Uint8Array): Promise<void>;
	/** When all has arrived: what it is. `les` reads a part of it again. Throws `invalid`. */
	slutt(storrelse: number, les: Les): Promise<FilType>;
}

/** T16: a kind that is taken, whose bytes agree with the name's ending. Throws `invalid` at once for a name that promises no such kind. */
export function sjekkType(navn: string): Typesjekk {
	const type = typeAvNavn(navn);
	if (type === undefined) throw new AppError('invalid', { reason: 'fil_feil_type' });
	const tekst = type === 'text/plain' ? new TextDecoder('utf-8', { fatal: true }) : undefined;
	let forste = true;
	return {
		del: async (bit) => {
			if (forste) await sjekkHode(type, bit.subarray(0, HODE));
			forste = false;
			if (tekst) sjekkTekst(tekst, bit);
		},
		slutt: async (storrelse, les) => {
			if (tekst) sjekkTekst(tekst);
			if (ZIP_TYPER.includes(type)) await sjekkZip(type, storrelse, les);
			return type;
		}
	};
}

async function sjekkHode(type: FilType, hode: Uint8Array): Promise<void> {
	if (ZIP_TYPER.includes(type)) {
		// Not asked of file-type, which would unpack parts of it.
		if (hode[0] === 0x50 && hode[1] === 0x4b && hode[2] === 3 && hode[3] === 4) return;
		throw new AppError('invalid', { reason: 'fil_feil_innhold' });
	}
	const erZip = hode[0] === 0x50 && hode[1] === 0x4b;
	const funnet = erZip ? 'application/zip' : (await fileTypeFromBuffer(hode).catch(() => undefined))?.mime;
	const forventet: (string | undefined)[] =
		type === 'text/plain' ? [undefined] : type === 'image/heic' ? [type, 'image/heif'] : [type];
	const markering = type === 'text/plain' && MARKERING.test(Buffer.from(hode).toString('utf8'));
	if (markering || !forventet.includes(funnet)) throw new AppError('invalid', { reason: 'fil_feil_innhold' });
}

/** UTF-8 without control characters; throws `invalid`. Without a piece: that it does not end in the middle of a letter. */
function sjekkTekst(dekoder: TextDecoder, bit?: Uint8Array): void {
	let tekst: string;
	try {
		tekst = bit ? dekoder.decode(bit, { stream: true }) : dekoder.decode();
	} catch {
		throw new AppError('invalid', { reason: 'fil_feil_tekst' });
	}
	if (/[^\P{Cc}\t\n\f\r]/u.test(tekst)) throw new AppError('invalid', { reason: 'fil_feil_tekst' });
}
