import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { Mailbox } from './mailbox.ts';
import { framedHtml, listPage, mailPage } from './pages.ts';

export interface MailCatcher {
	smtpPort: number;
	webPort: number;
	mailbox: Mailbox;
	close(): Promise<void>;
}

const HOST = '127.0.0.1';
/** Whoever opens another name that leads here (DNS rebinding) is not shown anybody's mail. */
const OWN_NAMES = /^(localhost|127\.0\.0\.1)(:\d+)?$/;
const FRAME_POLICY =
	"sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'none'";

/** A mail server that lets nothing out, and pages to read what it caught; on the loopback only. Port 0 = any free one. */
export async function startMailCatcher(ports: { smtp: number; web: number }): Promise<MailCatcher> {
	const mailbox = new Mailbox();
	const smtp = new SMTPServer({
		...{ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], logger: false, size: 5_000_000 },
		onData(stream, session, done) {
			const to = session.envelope.rcptTo.map(({ address }) => address);
			mailbox.take(stream, to).then(
				() => done(),
				(error: Error) => done(error)
			);
		}
	});
	// A client that goes away is its own affair.
	smtp.on('error', () => undefined);
	const web = createServer((request, response) => answer(mailbox, request, response));
	await Promise.all([listen(smtp.server, ports.smtp), listen(web, ports.web)]);
	return {
		smtpPort: (smtp.server.address() as AddressInfo).port,
		webPort: (web.address() as AddressInfo).port,
		mailbox,
		close: async () => {
			web.closeAllConnections();
			await Promise.all([
				new Promise<void>((resolve) => smtp.close(() => resolve())),
				new Promise<void>((resolve) => web.close(() => resolve()))
			]);
		}
	};
}

function listen(server: Server, port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, HOST, () => resolve());
	});
}

function answer(mailbox: Mailbox, request: IncomingMessage, response: ServerResponse): void {
	const send = (status: number, type: string, body: string, policy = PAGE_POLICY): void => {
		response.writeHead(status, {
			'content-type': `${type}; charset=utf-8`,
			'content-security-policy': policy,
			'cache-control': 'no-store',
			'referrer-policy': 'no-referrer',
			'x-content-type-options': 'nosniff'
		});
		response.end(body);
	};
	if (!OWN_NAMES.test(request.headers.host ?? '') || request.method !== 'GET')
		return send(403, 'text/plain', 'Refused');
	const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
	if (pathname === '/') return send(200, 'text/html', listPage(mailbox.mails));
	if (pathname === '/api/mails') {
		const to = searchParams.get('to')?.toLowerCase();
		const found = mailbox.mails.filter(
			(mail) => to === undefined || mail.to.some(({ address }) => address.toLowerCase() === to)
		);
		return send(200, 'application/json', JSON.stringify(found));
	}
	const [, id, html] = /^\/mails\/([0-9a-f-]{36})(\/html)?$/.exec(pathname) ?? [];
	const mail = mailbox.mails.find((candidate) => candidate.id === id);
	if (!mail) return send(404, 'text/plain', 'Not found');
	return html === undefined
		? send(200, 'text/html', mailPage(mail))
		: send(200, 'text/html', framedHtml(mail), FRAME_POLICY);
}
