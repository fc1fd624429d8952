import { randomUUID } from 'node:crypto';
import { simpleParser, type AddressObject } from 'mailparser';
import type { Readable } from 'node:stream';

/** A mail as the catcher keeps and shows it. */
export interface CaughtMail {
	id: string;
	/** When it was caught, ISO 8601. */
	at: string;
	/** Whom the mail server was told to give it to. */
	envelopeTo: string[];
	from: { name: string; address: string }[];
	to: { name: string; address: string }[];
	subject: string;
	messageId: string;
	text: string;
	html: string;
	/** Every header as it stood. */
	headers: string[];
	/** The addresses of the links in the HTML part, in order. */
	links: string[];
}

const KEPT = 500;

/** The last 500 mails, newest first. In memory: they hold links that let somebody in. */
export class Mailbox {
	readonly mails: CaughtMail[] = [];

	/** Reads one mail to its end and keeps it. */
	async take(stream: Readable, envelopeTo: string[]): Promise<CaughtMail> {
		const parsed = await simpleParser(stream, { skipTextToHtml: true, skipImageLinks: true });
		const html = parsed.html || '';
		const mail: CaughtMail = {
			...{ id: randomUUID(), at: new Date().toISOString(), envelopeTo, html },
			...{ from: addresses(parsed.from), to: addresses(parsed.to) },
			subject: parsed.subject ?? '',
			messageId: parsed.messageId ?? '',
			text: parsed.text ?? '',
			headers: parsed.headerLines.map(({ line }) => line),
			links: [...html.matchAll(/<a\s[^>]*?href="([^"]*)"/g)].map(([, href]) => (href ?? '').replaceAll('&amp;', '&'))
		};
		this.mails.unshift(mail);
		this.mails.length = Math.min(this.mails.length, KEPT);
		return mail;
	}
}

function addresses(found: AddressObject | AddressObject[] | undefined): { name: string; address: string }[] {
	return (found === undefined ? [] : [found].flat()).flatMap(({ value }) =>
		value.map(({ name, address }) => ({ name, address: address ?? '' }))
	);
}
