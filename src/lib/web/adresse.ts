import type { RequestEvent } from '@sveltejs/kit';
import { deps } from './deps.ts';

/**
 * Where a request comes from, for throttling only. Undefined without a trusted proxy: then every request would seem to come from one
 * place, or from wherever the sender says (trust.md, «Decisions»).
 */
export function klientadresse(event: RequestEvent): string | undefined {
	if (deps().config.trustProxy === 0) return undefined;
	try {
		return event.getClientAddress();
	} catch {
		// A request that did not come through the proxy, which always says whose it is.
		return undefined;
	}
}
