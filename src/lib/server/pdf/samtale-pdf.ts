import type { DocNode } from '#lib/collab/render.ts';
import type { lesFrossen } from '#lib/collab/frozen.ts';
import { maskFodselsnumre } from '#lib/domain/fodselsnummer.ts';
import { formatDato, formatKlokke, formatTidsrom, iOslo } from '#lib/i18n/format.ts';
import * as m from '#lib/i18n/paraglide/messages.js';
import { getLocale } from '#lib/i18n/paraglide/runtime.js';
import { rollenavn } from '#lib/i18n/roller.ts';
import { samtaletittel } from '#lib/i18n/samtale.ts';
import { BlockWriter } from './blocks.ts';
import { finish, inTurn, newDocument } from './document.ts';
import type { Run } from './fragments.ts';
import { loadFonts } from './fonts.ts';
import { drawFooters } from './footer.ts';
import { boldRuns, plainRuns } from './runs.ts';
import { Sheet } from './sheet.ts';
import type { Tag } from './tags.ts';

export type Frossen = ReturnType<typeof lesFrossen>;
export type SamtalePdf = { filnavn: string; innhold: ReadableStream<Uint8Array> };

/** What was laid beside it afterwards. */
export type PdfMerknad = { tekst: string; navn: string; at: Date };

/**
 * A finished samtale as a PDF, made of the frozen document and of the merknader to it: the same give the same bytes for ever. Tagged, and
 * declared as PDF/UA-1; in the language of the request. The layout gives way to other requests; what is returned is ready to be
 * sent.
 * @param sha256 of the frozen JSON, hex: it stands on every page
 */
export function lagSamtalePdf(
	frossen: Frossen,
	sha256: string,
	merknader: readonly PdfMerknad[] = []
): Promise<SamtalePdf> {
	return inTurn(() => skriv(frossen, sha256, merknader));
}

async function skriv(frossen: Frossen, sha256: string, merknader: readonly PdfMerknad[]): Promise<SamtalePdf> {
	const fonts = await loadFonts();
	const mask = m.pdf_fodselsnummer_skjult();
	const skjul = (tekst: string) => maskFodselsnumre(tekst, mask);
	const tittel = samtaletittel(frossen.dato);
	const lis = skjul(frossen.lis.navn);
	const doc = newDocument(fonts, {
		...{ title: tittel, locale: getLocale() },
		...{ at: new Date(frossen.ferdigstiltAt), keywords: sha256 }
	});
	const sheet = new Sheet(doc, fonts);
	const rot = sheet.tags.root('Document');

	await skrivHode(sheet, rot, {
		tittel,
		fakta: fakta(frossen, skjul),
		ferdigstilt: skjul(ferdigstilt(frossen)),
		sha256
	});
	const ord = { mask, done: m.samtale_oppgave_gjort(), notDone: m.samtale_oppgave_ikke_gjort() };
	const deler: [string, DocNode[]][] = [
		[m.samtale_forberedelse(), frossen.forberedelse],
		[m.samtale_referat(), frossen.referat]
	];
	for (const [overskrift, innhold] of deler) {
		await sheet.block(rot, 'H2', boldRuns(overskrift), { size: 15, indent: 0, before: 16, after: 5, keep: 2 });
		await new BlockWriter(sheet, fonts, ord, 2).write(rot, innhold);
		if (innhold.length === 0) await sheet.block(rot, 'P', plainRuns(m.pdf_tom_del()), BRODTEKST);
	}
	if (merknader.length > 0) await skrivMerknader(sheet, rot, merknader, skjul);
	sheet.tags.end(rot);
	await drawFooters(doc, sheet, fonts, {
		title: `${tittel} – ${lis}`,
		hash: `LIS Kommune · SHA-256 ${sha256}`,
		page: (side, av) => m.pdf_side({ side: String(side), av: String(av) })
	});
	return { filnavn: `${tittel} – ${lis}.pdf`, innhold: finish(doc) };
}

/** An appendix: not part of what was ferdigstilt, and not of its sum. */
async function skrivMerknader(
	sheet: Sheet,
	rot: Tag,
	merknader: readonly PdfMerknad[],
	skjul: (tekst: string) => string
): Promise<void> {
	await sheet.block(rot, 'H2', boldRuns(m.merknad_tittel()), { size: 15, indent: 0, before: 22, after: 5, keep: 2 });
	await sheet.block(rot, 'P', plainRuns(m.merknad_hjelp()), BRODTEKST);
	for (const { tekst, navn, at } of merknader) {
		const av = m.merknad_av({
			navn: skjul(navn),
			nar: `${formatDato(iOslo(at).dato)} ${m.dato_klokke({ tid: formatKlokke(at) })}`
		});
		await sheet.block(rot, 'H3', boldRuns(av), { size: 12, indent: 0, before: 10, after: 3, keep: 2 });
		for (const avsnitt of skjul(tekst).split(/\n+/)) await sheet.block(rot, 'P', plainRuns(avsnitt), BRODTEKST);
	}
}

const BRODTEKST = { size: 11, indent: 0, before: 0, after: 5 };

async function skrivHode(
	sheet: Sheet,
	rot: Tag,
	hode: { tittel: string; fakta: [string, string][]; ferdigstilt: string; sha256: string }
): Promise<void> {
	const linje = { size: 10.5, indent: 0, before: 0, after: 1 };
	await sheet.block(rot, 'H1', boldRuns(hode.tittel), { size: 20, indent: 0, before: 0, after: 8 });
	for (const [navn, verdi] of hode.fakta) await sheet.block(rot, 'P', medNavn(navn, verdi), linje);
	await sheet.block(rot, 'P', plainRuns(hode.ferdigstilt), linje);
	await sheet.block(rot, 'P', medNavn(m.pdf_kontrollsum(), hode.sha256), { ...linje, size: 8.5, before: 3 });
	sheet.rule();
}

function medNavn(navn: string, verdi: string): Run[] {
	return [...boldRuns(`${navn}: `), ...plainRuns(verdi)];
}

function fakta(frossen: Frossen, skjul: (tekst: string) => string): [string, string][] {
	const tid = [frossen.dato && formatDato(frossen.dato), formatTidsrom(frossen.fra, frossen.til)].filter(Boolean);
	const deltakere = frossen.deltakere.map(({ navn, rolle }) => `${navn} (${rollenavn(rolle)})`);
	return [
		[m.pdf_lis(), skjul(frossen.lis.navn)],
		[m.pdf_deltakere(), skjul(deltakere.join(', '))],
		...(tid.length > 0 ? [[m.pdf_tid(), tid.join(' ')] satisfies [string, string]] : []),
		...(frossen.sted ? [[m.pdf_sted(), skjul(frossen.sted)] satisfies [string, string]] : [])
	];
}

function ferdigstilt({ ferdigstiltAv, ferdigstiltAt }: Frossen): string {
	const at = new Date(ferdigstiltAt);
	const nar = `${formatDato(iOslo(at).dato)} ${m.dato_klokke({ tid: formatKlokke(at) })}`;
	return m.ferdigstill_av({ navn: ferdigstiltAv.navn, nar });
}
