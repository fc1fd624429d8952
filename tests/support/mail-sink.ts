import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { SmtpServer } from '#lib/server/config.ts';
import { openRecord } from '../../scripts/lib/records.ts';

/** A mail that the server has taken over, with what the envelope said. */
export type Received = { mail: ParsedMail; to: string[]; raw: string };

/** What a step is answered with: a code of 4yz or 5yz, or nothing for «well». */
export type Refusal = { code: number; text: string } | undefined;

/** A real mail server of a test's own, which can be told to refuse. */
export class MailSink {
	readonly received: Received[] = [];
	readonly #keep = openRecord('mail', 'sink');
	/** Answers to RCPT and to the end of DATA. */
	onRcpt: (address: string) => Refusal = () => undefined;
	onData: () => Refusal = () => undefined;
	/** Runs when a mail is kept and before the 250 leaves. */
	beforeAnswer: () => Promise<void> = () => Promise.resolve();
	#server: SMTPServer | undefined;
	#port = 0;

	/** Where it listens; the port stays the same over stops and starts. */
	get address(): SmtpServer {
		return { host: '127.0.0.1', port: this.#port, secure: false, user: undefined, password: undefined };
	}

	async start(): Promise<void> {
		const server = new SMTPServer({
			...{ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], logger: false },
			onRcptTo: ({ address }, _session, done) => done(fault(this.onRcpt(address))),
			onData: (stream, session, done) => {
				const to = session.envelope.rcptTo.map(({ address }) => address);
				const parts: Buffer[] = [];
				stream.on('data', (part: Buffer) => parts.push(part));
				stream.on('end', () => void this.#take(Buffer.concat(parts), to).then(done, done));
			}
		});
		server.on('error', () => undefined);
		await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
		this.#port = (server.server.address() as AddressInfo).port;
		this.#server = server;
	}

	async stop(): Promise<void> {
		const server = this.#server;
		this.#server = undefined;
		if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
	}

	/** How many times each Message-ID has come. */
	counts(): Map<string, number> {
		const counts = new Map<string, number>();
		for (const { mail } of this.received) counts.set(mail.messageId ?? '', (counts.get(mail.messageId ?? '') ?? 0) + 1);
		return counts;
	}

	async #take(raw: Buffer, to: string[]): Promise<Error | undefined> {
		const refusal = this.onData();
		if (refusal) return fault(refusal);
		const mail = await simpleParser(raw, { skipTextToHtml: true });
		this.received.push({ mail, to, raw: raw.toString('utf8') });
		// As people read it, beside what came over the wire: there bodies and names are encoded.
		this.#keep([raw.toString('utf8'), mail.subject, mail.from?.text, ...to, mail.text, mail.html, ''].join('\n'));
		await this.beforeAnswer();
		return undefined;
	}
}

function fault(refusal: Refusal): Error | undefined {
	return refusal && Object.assign(new Error(refusal.text), { responseCode: refusal.code });
}
