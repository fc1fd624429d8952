/** Headers of every answer, errors included (T15). The page's own CSP with its nonce comes from SvelteKit; this one is for all else. */
export function securityHeaders(origin: string, pathname: string): [name: string, value: string][] {
	const headers: [string, string][] = [
		['x-content-type-options', 'nosniff'],
		['referrer-policy', 'same-origin'],
		['x-frame-options', 'DENY'],
		['cross-origin-opener-policy', 'same-origin'],
		['cross-origin-resource-policy', 'same-origin'],
		['permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
		['content-security-policy', "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"]
	];
	if (origin.startsWith('https:')) headers.push(['strict-transport-security', 'max-age=31536000; includeSubDomains']);
	// What stands on a page behind log-in must not come back from a cache after log-out.
	if (!pathname.startsWith('/_app/')) headers.push(['cache-control', 'private, no-store']);
	return headers;
}
