import type { DocNode } from '#lib/collab/render.ts';
import { maskFodselsnumre } from '#lib/domain/fodselsnummer.ts';
import * as m from '#lib/i18n/paraglide/messages.js';
import { getLocale } from '#lib/i18n/paraglide/runtime.js';
import { BlockWriter } from './blocks.ts';
import { finish, inTurn, newDocument } from './document.ts';
import { loadFonts } from './fonts.ts';
import { drawFooters } from './footer.ts';
import { boldRuns, plainRuns } from './runs.ts';
import { Sheet } from './sheet.ts';

export type Papir = { filnavn: string; innhold: ReadableStream<Uint8Array> };

/** A part of a paper: a heading, paragraphs, and a list. `under`: parts with a smaller heading. */
export type Papirdel = { overskrift: string; avsnitt?: string[]; punkter?: string[]; under?: Papirdel[] };
export type Papirinnhold = {
	/** Nothing that a person wrote: it goes into the file's own description. */
	tittel: string;
	/** Whom it is about: in the name of the file and at the foot of each page. */
	om: string;
	fakta: [navn: string, verdi: string][];
	avsnitt?: string[];
	deler: Papirdel[];
	/** What stands at the foot of each page. */
	bunn: string;
	at: Date;
};

/** A paper of the portal as a PDF, tagged and declared as PDF/UA-1, in the language of the request. The same content gives the same bytes. */
export function lagPapir(papir: Papirinnhold): Promise<Papir> {
	return inTurn(() => skriv(papir));
}

const BRODTEKST = { size: 11, indent: 0, before: 0, after: 5 };
const LINJE = { size: 10.5, indent: 0, before: 0, after: 1 };
const OVERSKRIFTER = {
	H2: { size: 15, indent: 0, before: 16, after: 5, keep: 2 },
	H3: { size: 12, indent: 0, before: 8, after: 3, keep: 2 }
};

async function skriv({ tittel, om, fakta, avsnitt = [], deler, bunn, at }: Papirinnhold): Promise<Papir> {
	const fonts = await loadFonts();
	const mask = m.pdf_fodselsnummer_skjult();
	const skjul = (tekst: string) => maskFodselsnumre(tekst, mask);
	const doc = newDocument(fonts, { title: tittel, locale: getLocale(), at, keywords: bunn });
	const sheet = new Sheet(doc, fonts);
	const rot = sheet.tags.root('Document');
	const ord = { mask, done: m.samtale_oppgave_gjort(), notDone: m.samtale_oppgave_ikke_gjort() };

	await sheet.block(rot, 'H1', boldRuns(tittel), { size: 20, indent: 0, before: 0, after: 8 });
	for (const [navn, verdi] of fakta)
		await sheet.block(rot, 'P', [...boldRuns(`${navn}: `), ...plainRuns(skjul(verdi))], LINJE);
	sheet.rule();
	for (const tekst of avsnitt) await sheet.block(rot, 'P', plainRuns(skjul(tekst)), BRODTEKST);

	const del = async (en: Papirdel, niva: 'H2' | 'H3'): Promise<void> => {
		await sheet.block(rot, niva, boldRuns(skjul(en.overskrift)), OVERSKRIFTER[niva]);
		for (const tekst of en.avsnitt ?? []) await sheet.block(rot, 'P', plainRuns(skjul(tekst)), BRODTEKST);
		if (en.punkter?.length) await new BlockWriter(sheet, fonts, ord, 3).write(rot, [liste(en.punkter)]);
		for (const under of en.under ?? []) await del(under, 'H3');
	};
	for (const en of deler) await del(en, 'H2');
	sheet.tags.end(rot);
	await drawFooters(doc, sheet, fonts, {
		title: `${tittel} – ${skjul(om)}`,
		hash: bunn,
		page: (side, av) => m.pdf_side({ side: String(side), av: String(av) })
	});
	return { filnavn: `${tittel} – ${skjul(om)}.pdf`, innhold: finish(doc) };
}

function liste(punkter: string[]): DocNode {
	return {
		type: 'bulletList',
		content: punkter.map((text) => ({
			type: 'listItem',
			content: [{ type: 'paragraph', content: [{ type: 'text', text, marks: [] }] }]
		}))
	};
}
