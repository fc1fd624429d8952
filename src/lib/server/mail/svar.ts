import { maskPids } from '../log-pids.ts';
import { UbrukeligEpost } from './brev.ts';

/**
 * What a failed attempt means. `aldri`: the mail server (or we) will never send this mail. `senere`: this mail, later.
 * `borte`: nothing can be sent now, the server is away, hangs, or refuses us as a whole.
 */
export type Utfall = 'aldri' | 'senere' | 'borte';

type SmtpFeil = Error & { code?: string; command?: string; responseCode?: number; response?: string };

/** RFC 5321 (4.2.1): 5yz is permanent, 4yz transient. Only of this mail when it answers to its receiver or its content. */
export function utfallAv(feil: unknown): Utfall {
	if (feil instanceof UbrukeligEpost) return 'aldri';
	const { code, command, responseCode } = feil as SmtpFeil;
	if (code === undefined) return 'senere';
	const gjelderBrevet = command === 'RCPT TO' || command === 'DATA';
	if (code === 'EENVELOPE' && command === 'API') return 'aldri';
	if (responseCode === undefined || !gjelderBrevet) return 'borte';
	if (responseCode === 421) return 'borte';
	return responseCode >= 500 ? 'aldri' : 'senere';
}

/** What may be kept and shown of an error: the server's words, without addresses, links and numbers of people, at most 300 characters. */
export function forklar(feil: unknown): string {
	if (feil instanceof UbrukeligEpost) return feil.message;
	const { response, code, message } = feil as SmtpFeil;
	if (code === undefined) return 'the mail could not be written';
	return maskPids(JSON.stringify(response ?? `${code}: ${message}`))
		.slice(1, -1)
		.replaceAll(/\\[nrtbf]|\\u[0-9a-f]{4}/g, ' ')
		.replaceAll(/\S*@\S*/g, '[adresse]')
		.replaceAll(/\bhttps?:\S+/gi, '[lenke]')
		.replaceAll(/\s+/g, ' ')
		.trim()
		.slice(0, 300);
}

const MINUTT = 60_000;
/** Waits between the attempts, in minutes: close at first, then every eight hours until two days have gone. */
const VENTETIDER = [1, 5, 15, 60, 120, 240, 480, 480, 480, 480, 480, 480];

/** When the next attempt comes after `forsok` failed ones; undefined when it is time to give up (48 h). */
export function nesteForsok(forsok: number, now: Date): Date | undefined {
	const minutter = VENTETIDER[forsok - 1];
	return minutter === undefined ? undefined : new Date(now.getTime() + minutter * MINUTT);
}
