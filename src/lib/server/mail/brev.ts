import type { Sprak } from '#lib/domain/actor.ts';
import { erEpostadresse } from '#lib/domain/epostadresse.ts';
import * as m from '#lib/i18n/paraglide/messages.js';
import type { Avsender } from '../config.ts';
import { skrivIcs, type Kalenderhendelse } from '../kalender/ics.ts';
import { skrivHtml, type Ramme } from './html.ts';
import { enLinje, navnIEpost, type Innhold } from './innhold.ts';
import type { Mal, MalData } from './maler.ts';
import { skrivInnhold } from './templates/index.ts';

/** A mail as it is handed to the mail server. Addresses are objects: no text of anybody's can become a second receiver. */
export type Brev = {
	messageId: string;
	from: { name: string; address: string };
	to: { name: string; address: string };
	subject: string;
	text: string;
	html: string;
	date: Date;
	headers: Record<string, string>;
	attachments: { filename: string; content: string; contentType: string }[];
	/** The one receiver, again, for the mail server: what the headers say is for people. */
	envelope: { from: string; to: [string] };
};

/** What is known when one mail is to be written. */
export type Utkast<M extends Mal = Mal> = {
	id: string;
	mal: M;
	data: MalData[M];
	til: { navn: string; epost: string };
	sprak: Sprak;
	/** The path that was sealed for this mail. */
	sti: string | undefined;
	/** The path that turns off mail of this kind, where it can be. */
	avmelding?: string | undefined;
	/** When it was put into the outbox. */
	at: Date;
};

/** The mail can never be sent, however often it is tried. The message names no address. */
export class UbrukeligEpost extends Error {
	override readonly name = 'UbrukeligEpost';
}

/**
 * Writes a mail. The same draft gives the same Message-ID and date, so that a mail that was sent twice after a crash is
 * shown once (trust.md, R06). Links begin with the configured origin, never with what a request said.
 * @throws UbrukeligEpost when the address is none
 */
export function skrivBrev(utkast: Utkast, avsender: Avsender, origin: string): Brev {
	const { id, mal, data, til, sprak: locale, sti, at } = utkast;
	if (!erEpostadresse(til.epost)) throw new UbrukeligEpost('the address of the receiver is not one');
	const innhold = skrivInnhold(mal, data, { locale, sti });
	const navn = navnIEpost(til.navn);
	const hilsen = m.epost_hei({ navn }, { locale });
	const url = innhold.knapp ? origin + innhold.knapp.sti : undefined;
	const avmeld = utkast.avmelding === undefined ? undefined : origin + utkast.avmelding;
	const lenke = innhold.lenke ? origin + innhold.lenke.sti : undefined;
	const ramme = { hilsen, url, lenke, avmeld, locale };
	return {
		messageId: `<${id}@${new URL(origin).hostname}>`,
		from: { name: enLinje(avsender.name), address: avsender.address },
		to: { name: navn, address: til.epost },
		subject: [...enLinje(innhold.emne)].slice(0, 200).join(''),
		text: skrivTekst(innhold, ramme),
		html: skrivHtml(innhold, ramme),
		date: at,
		// So that no holiday reply comes back, and so that a reader knows the language (RFC 3834, RFC 3282).
		headers: {
			...{ 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', 'Content-Language': locale },
			// RFC 2369 and RFC 8058: the mail program shows a button of its own, which posts.
			...(avmeld === undefined
				? {}
				: { 'List-Unsubscribe': `<${avmeld}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' })
		},
		attachments: innhold.kalender ? [kalenderfil(innhold.kalender(origin), at)] : [],
		envelope: { from: avsender.address, to: [til.epost] }
	};
}

/** A file for one's own calendar; `at` is when the mail was written, so that sent twice it is the same. */
function kalenderfil(hendelse: Kalenderhendelse, at: Date): Brev['attachments'][number] {
	return {
		filename: 'samtale.ics',
		content: skrivIcs(hendelse, { metode: 'PUBLISH' }, at),
		contentType: 'text/calendar; charset=utf-8; method=PUBLISH'
	};
}

function skrivTekst(innhold: Innhold, { hilsen, url, lenke, avmeld, locale }: Ramme): string {
	const avmeldt = avmeld === undefined ? '' : `${m.epost_avmeld({}, { locale })}:\n${avmeld}\n`;
	return [
		innhold.tittel,
		hilsen,
		...innhold.avsnitt,
		innhold.fakta.map(([navn, verdi]) => `${navn}: ${verdi}`).join('\n'),
		...(innhold.lister ?? []).map(({ tittel, punkter }) => `${tittel}\n${punkter.map((p) => `- ${p}`).join('\n')}`),
		innhold.knapp && url !== undefined ? `${innhold.knapp.tekst}:\n${url}` : '',
		innhold.lenke && lenke !== undefined ? `${innhold.lenke.tekst}:\n${lenke}` : '',
		`-- \nLIS Kommune\n${m.epost_hvorfor({}, { locale })} ${innhold.hvorfor}\n${m.epost_kan_ikke_besvares({}, { locale })}\n${avmeldt}`
	]
		.filter((del) => del !== '')
		.join('\n\n');
}
