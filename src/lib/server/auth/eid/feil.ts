import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import type { EidGrunn } from '#lib/domain/eid.ts';

/**
 * An attempt at electronic ID that opens nothing. `kode` says for the log what happened, in the protocol's own words; the errors
 * of the library are never passed on, since what hangs on them holds the pid.
 */
export class EidFeil extends Error {
	readonly grunn: EidGrunn;
	readonly kode: string;
	/** What the attempt was for, so that it can be made once more. */
	forsok: { neste: string | null; bekreft: boolean } = { neste: null, bekreft: false };

	constructor(grunn: EidGrunn, kode: string) {
		super(`${grunn}: ${kode}`);
		this.name = 'EidFeil';
		this.grunn = grunn;
		this.kode = kode;
	}
}

/** What the provider says in place of a code (RFC 6749, OpenID Connect, ID-porten), and what that means to the person. */
const SVAR: Record<string, EidGrunn> = {
	access_denied: 'avbrutt',
	user_cancelled_authorization: 'avbrutt',
	login_required: 'avbrutt',
	interaction_required: 'avbrutt',
	unmet_authentication_requirements: 'lavt_niva',
	temporarily_unavailable: 'utilgjengelig',
	server_error: 'utilgjengelig'
};

/** Tells a provider that is away or slow from an answer that does not hold. */
export function eidFeil(error: unknown): EidFeil {
	if (error instanceof EidFeil) return error;
	if (error instanceof AuthorizationResponseError)
		return new EidFeil(SVAR[error.error] ?? 'ugyldig', trygg(error.error));
	if (error instanceof ResponseBodyError)
		return new EidFeil(error.status >= 500 ? 'utilgjengelig' : (SVAR[error.error] ?? 'ugyldig'), trygg(error.error));
	if (error instanceof ClientError) return new EidFeil(erBorte(error) ? 'utilgjengelig' : 'ugyldig', trygg(error.code));
	// How the platform's fetch says that nobody answers, or that the answer was cut off.
	if (error instanceof TypeError && /^(fetch failed|terminated)$/.test(error.message))
		return new EidFeil('utilgjengelig', 'fetch_failed');
	if (error instanceof Error && error.name === 'TimeoutError') return new EidFeil('utilgjengelig', 'timeout');
	return new EidFeil('ugyldig', error instanceof Error ? trygg(error.name) : 'unknown');
}

function erBorte(error: ClientError): boolean {
	if (error.code === 'OAUTH_TIMEOUT' || error.code === 'OAUTH_ABORT') return true;
	if (error.code === 'OAUTH_RESPONSE_IS_NOT_JSON') return true;
	return error.cause instanceof Response && error.cause.status >= 500;
}

/** The other side chooses this text: a short word, or nothing. */
function trygg(kode: string | undefined): string {
	return kode !== undefined && /^[A-Za-z][A-Za-z_]{0,59}$/.test(kode) ? kode : 'unknown';
}
