import { AppError } from '#lib/domain/feil.ts';
import type { FilType } from '#lib/domain/fil/fil.ts';

/** Reads a part of a file; fewer bytes than asked for only at its end. */
export type Les = (fra: number, antall: number) => Promise<Buffer>;

/** One thing in a zip file, as its list of contents has it; sizes in bytes, as it says itself. */
type Oppforing = { navn: string; pakket: number; utpakket: number };

const SLUTT_SIGNATUR = 0x06054b50;
const OPPFORING_SIGNATUR = 0x02014b50;
const SLUTT_LENGDE = 22;
/** A comment at the end may be this long (the format's own limit). */
const KOMMENTAR_MAKS = 65_535;
const LISTE_MAKS = 1024 * 1024;
const OPPFORINGER_MAKS = 5_000;
/** An honest office file unpacks to less than this: what says that it becomes more is a bomb for whoever opens it. */
const UTPAKKET_MAKS = 1024 ** 3;
const FORHOLD_MAKS = 200;
const FORHOLD_FRA = 100 * 1024 ** 2;

/** What must be inside for a file to be of the kind. */
const HOVEDDEL: Partial<Record<FilType, string>> = {
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'word/document.xml',
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xl/workbook.xml',
	'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'ppt/presentation.xml'
};
/** Programs within office files: VBA, Excel 4 macros, ActiveX; Basic and scripts in OpenDocument. */
const MAKRO = /vbaproject|vbadata|(^|\/)macrosheets\/|(^|\/)activex\/|^basic\/|^scripts\//i;

/**
 * That an office file is of its kind, holds no macros and is no bomb. Only its list of contents is read, which is at most 1 MiB: nothing is
 * ever unpacked. Throws `invalid`.
 */
export async function sjekkZip(type: FilType, storrelse: number, les: Les): Promise<void> {
	const liste = await lesListe(storrelse, les);
	if (liste.some(({ navn }) => MAKRO.test(navn))) throw new AppError('invalid', { reason: 'fil_feil_makro' });
	const pakket = liste.reduce((sum, en) => sum + en.pakket, 0);
	const utpakket = liste.reduce((sum, en) => sum + en.utpakket, 0);
	if (utpakket > UTPAKKET_MAKS || (utpakket > FORHOLD_FRA && utpakket > FORHOLD_MAKS * pakket))
		throw new AppError('invalid', { reason: 'fil_feil_innhold' });
	const navn = new Set(liste.map((en) => en.navn));
	const hoveddel = HOVEDDEL[type];
	const riktig = hoveddel === undefined ? await erOdt(les) : navn.has('[Content_Types].xml') && navn.has(hoveddel);
	if (!riktig) throw new AppError('invalid', { reason: 'fil_feil_innhold' });
}

/** The list of contents at the end of a zip file (APPNOTE 4.3.12, 4.3.16). One in the 64-bit form is for files far larger than ours. */
async function lesListe(storrelse: number, les: Les): Promise<Oppforing[]> {
	const fra = Math.max(0, storrelse - SLUTT_LENGDE - KOMMENTAR_MAKS);
	const hale = await les(fra, storrelse - fra);
	const slutt = finnSlutt(hale);
	if (slutt < 0) throw new AppError('invalid', { reason: 'fil_feil_innhold' });
	const antall = hale.readUInt16LE(slutt + 10);
	const lengde = hale.readUInt32LE(slutt + 12);
	const start = hale.readUInt32LE(slutt + 16);
	if (antall > OPPFORINGER_MAKS || lengde > LISTE_MAKS || start + lengde > fra + slutt)
		throw new AppError('invalid', { reason: 'fil_feil_innhold' });
	return tolkListe(await les(start, lengde), antall);
}

function finnSlutt(hale: Buffer): number {
	for (let i = hale.length - SLUTT_LENGDE; i >= 0; i--)
		if (hale.readUInt32LE(i) === SLUTT_SIGNATUR && i + SLUTT_LENGDE + hale.readUInt16LE(i + 20) === hale.length)
			return i;
	return -1;
}

function tolkListe(liste: Buffer, antall: number): Oppforing[] {
	const funnet: Oppforing[] = [];
	let i = 0;
	while (i + 46 <= liste.length && liste.readUInt32LE(i) === OPPFORING_SIGNATUR) {
		const navnLengde = liste.readUInt16LE(i + 28);
		funnet.push({
			navn: liste.toString('utf8', i + 46, i + 46 + navnLengde),
			pakket: liste.readUInt32LE(i + 20),
			utpakket: liste.readUInt32LE(i + 24)
		});
		i += 46 + navnLengde + liste.readUInt16LE(i + 30) + liste.readUInt16LE(i + 32);
	}
	// A list that says one thing and holds another is read differently by different programs.
	if (funnet.length !== antall || i !== liste.length) throw new AppError('invalid', { reason: 'fil_feil_innhold' });
	return funnet;
}

/** An OpenDocument text says so in plain letters in its first entry (OpenDocument 1.3, part 2, 3.3). */
async function erOdt(les: Les): Promise<boolean> {
	const hode = await les(0, 200);
	const innhold = 'mimetypeapplication/vnd.oasis.opendocument.text';
	return hode.toString('latin1', 30, 30 + innhold.length) === innhold && hode[30 + innhold.length] === 0x50;
}
