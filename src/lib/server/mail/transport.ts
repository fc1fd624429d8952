import nodemailer from 'nodemailer';
import { localhostNavn, type SmtpServer } from '../config.ts';
import type { Brev } from './brev.ts';

/** What hands a mail to a mail server. Resolves once the server has taken it over. */
export type Transport = (brev: Brev) => Promise<void>;

/** Each step has a limit, so that a server that hangs holds up the outbox for seconds only. */
const TIDSGRENSER = { connectionTimeout: 5_000, greetingTimeout: 5_000, dnsTimeout: 5_000, socketTimeout: 20_000 };

/**
 * The mail server of the configuration, one connection for each mail: a kept one that breaks under way would be tried again
 * beneath us, and somebody would get it twice. A password is never sent without TLS, except on one's own machine.
 */
export function smtpTransport(server: SmtpServer, tidsgrenser = TIDSGRENSER): Transport {
	const { host, port, secure, user, password } = server;
	const transport = nodemailer.createTransport({
		...{ host, port, secure, ...tidsgrenser },
		...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
		requireTLS: user !== undefined && !localhostNavn.includes(host),
		ignoreTLS: localhostNavn.includes(host) && user === undefined,
		// Nothing that stands in a mail may make the worker read a file or ask a server.
		...{ disableFileAccess: true, disableUrlAccess: true }
	});
	return async (brev) => {
		await transport.sendMail({ ...brev, disableFileAccess: true, disableUrlAccess: true });
	};
}
