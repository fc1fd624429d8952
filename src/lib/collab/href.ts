import { LIMITS } from './limits.ts';

/**
 * Control, format, surrogate and private characters, every kind of space, and what closes an attribute or reads as a slash to a
 * browser. None is needed in an address: browsers copy them percent-encoded.
 */
const NEVER = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}\\<>"`]/u;
const WEB = /^https?:\/\/([^/?#]+)/i;
const MAIL = /^mailto:[^:@?]+@[^:@?]+(?:\?.*)?$/i;
const PHONE = /^tel:\+?[0-9][0-9a-z().;=*#-]*$/i;
const HOST = /^[\p{L}\p{M}\p{N}._:[\]-]+$/u;
const ENCODED_LINE_BREAK = /%0[ad]/i;

/**
 * Whether a link may point to `href`. The one rule for editor, validator and renderer: an absolute http, https, mailto or tel
 * address of at most 2,048 units, written out plainly. Everything that a browser would first have to repair (leading spaces,
 * entities, backslashes, full-width letters, missing slashes, `user@` before the host) is refused, for there browsers and
 * people read different things.
 */
export function isSafeHref(href: unknown): href is string {
	if (typeof href !== 'string' || href.length > LIMITS.hrefLength || NEVER.test(href)) return false;
	const web = WEB.exec(href);
	if (web?.[1] !== undefined) return isPlainHost(href, web[1]);
	return (MAIL.test(href) && !ENCODED_LINE_BREAK.test(href)) || PHONE.test(href);
}

function isPlainHost(href: string, authority: string): boolean {
	if (!HOST.test(authority) || authority.normalize('NFKC') !== authority || !URL.canParse(href)) return false;
	const url = new URL(href);
	return (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname !== '' && url.username === '';
}
