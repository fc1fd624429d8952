import type { IncomingMessage } from 'node:http';
import { KONTROLL, KONTROLL_BYTES, OPPLASTING, SKJEMA_TILLEGG } from '#lib/domain/fil/fil.ts';

/** The longest form that is read, in bytes. */
const FORM_BYTES = 512 * 1024;
/** Silence in the middle of a request's body after which it is given up, in milliseconds. */
const SILENCE_MS = 60_000;

/**
 * The status with which a request is refused before anybody reads its body: only the addresses that take files take more than a form, and
 * a form says how long it is. Undefined: let it in.
 */
export function refusedBody({ headers, url = '' }: Pick<IncomingMessage, 'headers' | 'url'>): 411 | 413 | undefined {
	const path = url.split('?')[0] ?? '';
	if (OPPLASTING.test(path)) return undefined;
	if (headers['transfer-encoding'] !== undefined) return 411;
	const most = path === KONTROLL ? KONTROLL_BYTES + SKJEMA_TILLEGG : FORM_BYTES;
	return Number(headers['content-length'] ?? 0) > most ? 413 : undefined;
}

/** A large file over a slow line may take minutes; one that has stopped coming may not. */
export function limitSilence(request: IncomingMessage): void {
	if (request.method !== 'GET' && request.method !== 'HEAD')
		request.setTimeout(SILENCE_MS, () => request.destroy(new Error('the body has stopped coming')));
}
