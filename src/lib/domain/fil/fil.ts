import type { AktivitetStatus } from '../laering/aktivitet.ts';
import type { MalStatus } from '../laering/mal.ts';

/** A document about the training (S12): its kinds, what it may belong to, and what may still be done with it. Pure. */

/**
 * - `laster`: arriving; nobody sees it
 * - `sjekkes`: waits for the virus scanner; nobody opens it
 * - `klar`: can be read
 * - `avvist`: the scanner found something; only who sent it sees that, and its bytes are gone
 */
export type FilStatus = 'laster' | 'sjekkes' | 'klar' | 'avvist';

export const KATEGORIER = ['kursbevis', 'attest', 'opplaring', 'notat', 'annet'] as const;
export type Kategori = (typeof KATEGORIER)[number];

/** How large one file may be, and all of a LIS together, in bytes; and whether every file has to pass the virus scanner first. */
export type Filregler = { maks: number; kvote: number; sjekkes: boolean };

/** What a file belongs to: at most one thing, whose readers are then the file's. */
export type Kobling =
	| { slag: 'ingen' }
	| { slag: 'samtale'; id: string }
	| { slag: 'mal'; kode: string }
	| { slag: 'aktivitet'; id: string };

/** As a form and an address write it: nothing, or «samtale:<id>». */
export function koblingVerdi(kobling: Kobling): string {
	if (kobling.slag === 'ingen') return '';
	return `${kobling.slag}:${kobling.slag === 'mal' ? kobling.kode : kobling.id}`;
}

/** What `koblingVerdi` wrote; undefined for anything else. */
export function tolkKobling(verdi: string): Kobling | undefined {
	if (verdi === '') return { slag: 'ingen' };
	const [, slag, hva = ''] = /^(samtale|mal|aktivitet):([\w-]{1,40})$/.exec(verdi) ?? [];
	if (slag === 'samtale' || slag === 'aktivitet') return { slag, id: hva };
	return slag === 'mal' ? { slag, kode: hva } : undefined;
}

/** Whether an aktivitet is as it was sent or signed: what was sent is what is signed, its files too. The database says the same (migration 0011). */
export function aktivitetLaast(status: AktivitetStatus): boolean {
	return status === 'sendt' || status === 'signert';
}

/** As `aktivitetLaast`, of a goal that is with the leder or approved. */
export function malLaast(status: MalStatus): boolean {
	return status === 'sendt' || status === 'godkjent';
}

/** Each kind that is taken, with the endings of its names. No SVG, HTML or macros (T16). */
export const TYPER = {
	'application/pdf': ['pdf'],
	'image/png': ['png'],
	'image/jpeg': ['jpg', 'jpeg'],
	'image/webp': ['webp'],
	'image/heic': ['heic', 'heif'],
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
	'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
	'application/vnd.oasis.opendocument.text': ['odt'],
	'text/plain': ['txt']
} as const satisfies Record<string, readonly string[]>;
export type FilType = keyof typeof TYPER;

/** Every ending that is taken, in the order of the kinds. */
export const ENDELSER: readonly string[] = Object.values(TYPER).flat();

/** The kind that a name promises; undefined for one that is not taken. */
export function typeAvNavn(navn: string): FilType | undefined {
	const endelse = /\.([a-z0-9]+)$/i.exec(navn)?.[1]?.toLowerCase() ?? '';
	return (Object.keys(TYPER) as FilType[]).find((type) => (TYPER[type] as readonly string[]).includes(endelse));
}

/** What a browser shows by itself without harm: pictures within the page, PDF in a tab of its own. */
export function visning(type: string | null): 'bilde' | 'pdf' | null {
	if (type === 'application/pdf') return 'pdf';
	return type === 'image/png' || type === 'image/jpeg' || type === 'image/webp' ? 'bilde' : null;
}

/** How much longer than its file a form that holds one may be, in bytes. */
export const SKJEMA_TILLEGG = 64 * 1024;

/** The one address that takes more than a form. */
export const OPPLASTING = /^\/veiledning\/[^/]+\/filer\/last-opp$/;

/** The page on which a PDF is checked, and the largest that it takes, in bytes: it is read at once, and not kept. */
export const KONTROLL = '/kontroll';
export const KONTROLL_BYTES = 10 * 1024 * 1024;
