import type { ServerResponse } from 'node:http';

const always: readonly (readonly [string, string])[] = [
	['X-Content-Type-Options', 'nosniff'],
	['X-Frame-Options', 'DENY'],
	// Not no-referrer: with that Chromium sends «Origin: null» with forms, which the Origin check refuses (trust.md, T04).
	['Referrer-Policy', 'same-origin'],
	['Cross-Origin-Opener-Policy', 'same-origin'],
	['Cross-Origin-Resource-Policy', 'same-origin'],
	['Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()']
];

/**
 * Headers that every response carries, static files and errors included: those never pass the application's own hook
 * (trust.md, T15). The content security policy is the pages' own affair.
 */
export function setSecurityHeaders(response: ServerResponse, https: boolean): void {
	for (const [name, value] of always) response.setHeader(name, value);
	if (https) response.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
}
