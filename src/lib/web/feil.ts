import { error, fail, isHttpError, isRedirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { AppError, type FeilKode } from '#lib/domain/feil.ts';
import { isUnavailable } from '#lib/server/db/pool.ts';

/** The one place where a coded error becomes an HTTP status. */
const STATUS: Record<FeilKode, number> = {
	not_found: 404,
	ended: 403,
	forbidden: 403,
	conflict: 409,
	invalid: 400,
	too_many: 429,
	unavailable: 503
};

/** What a form gets back: a message key for the whole, message keys by field, and what was typed. */
export type SkjemaFeil = { feil: string | undefined; felter: Record<string, string>; verdier: Record<string, string> };

/** Runs a view for a load: what it throws becomes the error page with the right status. */
export async function vis<T>(event: RequestEvent, view: () => Promise<T>): Promise<T> {
	try {
		return await view();
	} catch (thrown) {
		if (thrown instanceof AppError) {
			const since = thrown.detail.since;
			error(STATUS[thrown.code], {
				message: thrown.detail.reason ?? `felles_feil_${thrown.code}`,
				id: event.locals.base.requestId,
				...(since ? { since: since.toISOString() } : {})
			});
		}
		if (isUnavailable(thrown)) error(503, { message: 'felles_feil_utilgjengelig', id: event.locals.base.requestId });
		throw thrown;
	}
}

/**
 * Runs a command for a form action. What the person can mend (400, 409, 429, 503) comes back to the form with what was typed;
 * what they may not do or know of becomes the error page.
 */
export async function utfor<T>(
	event: RequestEvent,
	verdier: Record<string, string>,
	command: () => Promise<T>
): Promise<T | ActionFailure<SkjemaFeil>> {
	try {
		return await command();
	} catch (thrown) {
		if (isRedirect(thrown) || isHttpError(thrown)) throw thrown;
		if (thrown instanceof AppError && ['invalid', 'conflict', 'too_many', 'unavailable'].includes(thrown.code)) {
			const { reason, fields, retryAfterMs } = thrown.detail;
			if (retryAfterMs) event.setHeaders({ 'retry-after': String(Math.ceil(retryAfterMs / 1000)) });
			return fail(STATUS[thrown.code], {
				feil: reason ?? (fields ? undefined : `felles_feil_${thrown.code}`),
				felter: fields ?? {},
				verdier
			});
		}
		if (isUnavailable(thrown)) return fail(503, { feil: 'felles_feil_utilgjengelig', felter: {}, verdier });
		return vis(event, () => Promise.reject(thrown as Error));
	}
}

/**
 * The text fields of a form, by name; a file is not one, and of a repeated field the first counts. Unknown names are dropped
 * (T08). Throws 400 when the body is no form.
 */
export async function tekstfelter<N extends string>(request: Request, navn: readonly N[]): Promise<Record<N, string>> {
	const data = await lesSkjema(request);
	return Object.fromEntries(
		navn.map((n) => {
			const verdi = data.get(n);
			return [n, typeof verdi === 'string' ? verdi : ''];
		})
	) as Record<N, string>;
}

/** As `tekstfelter`; of the fields in `flere`, which a form may repeat, all values count, one a line. */
export async function tekstfelterMedFlere<N extends string>(
	request: Request,
	navn: readonly N[],
	flere: readonly N[]
): Promise<Record<N, string>> {
	const data = await lesSkjema(request);
	return Object.fromEntries(
		navn.map((n) => {
			const verdier = data.getAll(n).filter((verdi) => typeof verdi === 'string');
			return [n, (flere.includes(n) ? verdier.join('\n') : verdier[0]) ?? ''];
		})
	) as Record<N, string>;
}

/** The one file that a form sends; undefined when none was chosen. For what may be read at once. Throws 400 when the body is no form. */
export async function skjemafil(request: Request, navn: string): Promise<File | undefined> {
	const fil = (await lesSkjema(request)).get(navn);
	return fil instanceof File && fil.size > 0 ? fil : undefined;
}

async function lesSkjema(request: Request): Promise<FormData> {
	try {
		return await request.formData();
	} catch (thrown) {
		// How the platform says that it cannot read the body as a form; a body that is too large or cut off is another error.
		if (thrown instanceof TypeError) error(400, { message: 'felles_feil_invalid' });
		throw thrown;
	}
}
