import { randomBytes } from 'node:crypto';
import * as m from '#lib/i18n/paraglide/messages.js';
import type { Utlogging } from '#lib/server/auth/eid/klient.ts';

/*
 * Pages between the portal and the provider of electronic ID, in place of a redirect: Chromium holds the whole way that a form leads
 * against the page's `form-action`, and the provider sends people on to others (BankID, Buypass) that nobody can list. So `form-action`
 * stays 'self' on every page of the portal, and the way out begins here.
 */

/** Sends the browser to the provider at once; the link is for one that does not follow. */
export function videreside(sprak: string, adresse: string): Response {
	return side(
		sprak,
		m.eid_videre_tittel(),
		`<p><a href="${escape(adresse)}">${escape(m.eid_videre_lenke())}</a></p>`,
		"default-src 'none'",
		{ refresh: `0; url=${adresse}` }
	);
}

/**
 * Logs the browser out at the provider by POST (OpenID Connect RP-Initiated Logout 1.0, section 2): in an address the id_token,
 * in which the pid stands, would be kept by history and logs. Without scripts it takes a press of the button.
 */
export function utloggingsside(sprak: string, { adresse, felter }: Utlogging): Response {
	const nonce = randomBytes(16).toString('base64');
	const skjulte = Object.entries(felter)
		.map(([navn, verdi]) => `<input type="hidden" name="${escape(navn)}" value="${escape(verdi)}">`)
		.join('');
	return side(
		sprak,
		m.eid_utlogging_tittel(),
		`<p>${escape(m.eid_utlogging_tekst())}</p>
<form method="post" action="${escape(adresse)}">${skjulte}<button>${escape(m.eid_utlogging_knapp())}</button></form>
<p><a href="/logg-inn?ut=1">${escape(m.eid_feil_til_innlogging())}</a></p>
<script nonce="${nonce}">document.forms[0].submit()</script>`,
		`default-src 'none'; script-src 'nonce-${nonce}'`,
		{}
	);
}

function side(sprak: string, tittel: string, innhold: string, csp: string, headers: Record<string, string>): Response {
	const html = `<!doctype html>
<html lang="${escape(sprak)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(tittel)}</title>
</head>
<body>
<main>
<h1>${escape(tittel)}</h1>
${innhold}
</main>
</body>
</html>
`;
	return new Response(html, {
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'content-security-policy': `${csp}; base-uri 'none'; frame-ancestors 'none'`,
			...headers
		}
	});
}

const TEGN: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(tekst: string): string {
	return tekst.replace(/[&<>"']/g, (tegn) => TEGN[tegn] ?? tegn);
}
