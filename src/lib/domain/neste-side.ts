/**
 * Where a person goes after log-in. Only a path within the portal is taken; anything else (another host, a scheme, a
 * protocol-relative or back-slashed address, control characters) leads to Hjem (T14).
 */
export function tryggNeste(next: string | null | undefined): string {
	if (!next || next.length > 2000 || !/^\/(?![/\\])/.test(next) || /[\p{Cc}\\]/u.test(next)) return '/hjem';
	const base = 'http://portal.invalid';
	const url = URL.parse(next, base);
	if (!url || url.origin !== base || url.pathname.startsWith('//') || url.pathname.startsWith('/logg-')) return '/hjem';
	return url.pathname + url.search + url.hash;
}
