import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { BuiltWeb } from './built-web.ts';
import { PDF } from './filer.ts';

export const MB = 1024 ** 2;

/** What the page's script says of a file, as the header that it says it in. */
export const omFil = (navn: string, kobling = '') => encodeURIComponent(JSON.stringify({ navn, kobling }));

/** An upload that is begun: its body is for the caller to send. */
export function begynn(web: BuiltWeb, token: string, lisId: string, navn: string, storrelse: number): ClientRequest {
	return request(`${web.url}/veiledning/${lisId}/filer/last-opp`, {
		method: 'POST',
		headers: {
			...{ origin: web.origin, cookie: `okt=${token}`, accept: 'application/json' },
			...{ 'content-type': 'application/octet-stream', 'content-length': storrelse, 'x-fil': omFil(navn) }
		}
	});
}

/** Sends a PDF of so many megabytes, which is never whole in this process either; the answer's status and body. */
export async function sendStor(
	web: BuiltWeb,
	token: string,
	lisId: string,
	mb: number
): Promise<{ status: number; body: string }> {
	const asked = begynn(web, token, lisId, `Stor ${mb}.pdf`, mb * MB);
	const answered = once(asked, 'response') as Promise<[IncomingMessage]>;
	Readable.from(biter(mb)).pipe(asked);
	const [response] = await answered;
	return { status: response.statusCode ?? 0, body: await text(response) };
}

function* biter(mb: number): Generator<Buffer> {
	const forste = Buffer.alloc(MB, 'x');
	PDF.copy(forste);
	yield forste;
	for (let i = 1; i < mb; i++) yield Buffer.alloc(MB, i % 256);
}

/** Fetches a file and counts its bytes. */
export async function hentStor(web: BuiltWeb, token: string, filId: string): Promise<number> {
	const asked = request(`${web.url}/filer/${filId}`, { headers: { cookie: `okt=${token}` } });
	asked.end();
	const [response] = (await once(asked, 'response')) as [IncomingMessage];
	let lest = 0;
	response.on('data', (del: Buffer) => (lest += del.length));
	await finished(response);
	return lest;
}

/** What a process holds in memory, in bytes; the highest since it was last set back. */
export function mestMinne(pid: number): number {
	return 1024 * Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

/** The same, now. */
export function minneNa(pid: number): number {
	return 1024 * Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}
