import type { Sprak } from '#lib/domain/actor.ts';
import * as m from '#lib/i18n/paraglide/messages.js';
import type { Innhold } from './innhold.ts';

/**
 * The portal's colours, as a mail can hold them. Outlook knows neither variables nor `light-dark()`: the light ones stand in
 * each element, and those of the dark scheme come over them by class where a program follows it.
 */
const FONT = "font-family:Inter,'Segoe UI',Helvetica,Arial,sans-serif;word-break:break-word";
const MORKT = [
	'.grunn{background-color:#14191b!important}',
	'.ark{background-color:#1b2225!important;border-color:#2d373a!important}',
	'.tekst{color:#e8ecec!important}',
	'.dempet{color:#a5b1b4!important}',
	'.merke{color:#9bd3c1!important}',
	'.knapp{background-color:#7cc4ae!important}',
	'.knapp a{color:#0d211b!important}',
	'.lenke{color:#9bd3c1!important}',
	'.skille{border-color:#2d373a!important}'
];
/** Outlook.com and its apps mark what they have turned dark in their own way. */
const STIL = [
	':root{color-scheme:light dark;supported-color-schemes:light dark}',
	`@media (prefers-color-scheme:dark){${MORKT.join('')}}`,
	...MORKT.map((regel) => `[data-ogsc] ${regel}`),
	'@media (max-width:480px){.rom{padding-left:20px!important;padding-right:20px!important}}'
].join('');

/** The five characters that HTML reads as its own. */
export function escapeHtml(tekst: string): string {
	const tegn: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
	return tekst.replace(/[&<>"']/g, (t) => tegn[t] ?? t);
}

const avsnitt = (tekst: string, klasse = 'tekst', farge = '#1d2a2e', storrelse = 16): string =>
	`<p class="${klasse}" style="margin:0 0 16px;${FONT};font-size:${storrelse}px;line-height:1.5;color:${farge}">${escapeHtml(tekst)}</p>`;

const dempet = (tekst: string): string => avsnitt(tekst, 'dempet', '#52606a', 14);

function faktatabell(fakta: Innhold['fakta']): string {
	if (fakta.length === 0) return '';
	const celle = `${FONT};font-size:16px;line-height:1.5;padding:8px 0;border-top:1px solid #e4dfd4;text-align:left;vertical-align:top`;
	const rader = fakta.map(
		([navn, verdi]) =>
			`<tr><th scope="row" class="dempet skille" width="34%" style="${celle};font-weight:400;color:#52606a;padding-right:12px">${escapeHtml(navn)}</th>` +
			`<td class="tekst skille" style="${celle};font-weight:600;color:#1d2a2e">${escapeHtml(verdi)}</td></tr>`
	);
	return `<table width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 24px;border-collapse:collapse">${rader.join('')}</table>`;
}

const liste = ({ tittel, punkter }: { tittel: string; punkter: string[] }): string =>
	`<h2 class="tekst" style="margin:0 0 8px;${FONT};font-size:18px;line-height:1.4;font-weight:600;color:#1d2a2e">${escapeHtml(tittel)}</h2>` +
	`<ul class="tekst" style="margin:0 0 24px;padding:0 0 0 20px;${FONT};font-size:16px;line-height:1.5;color:#1d2a2e">` +
	`${punkter.map((punkt) => `<li style="margin:0 0 6px">${escapeHtml(punkt)}</li>`).join('')}</ul>`;

/** The padding stands in the cell: Outlook ignores that of a link. */
function knapp(tekst: string, url: string): string {
	return (
		'<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 24px"><tr>' +
		'<td class="knapp" bgcolor="#14594a" style="border-radius:8px;background-color:#14594a;padding:14px 24px;mso-padding-alt:14px 24px">' +
		`<a href="${escapeHtml(url)}" style="${FONT};font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;display:inline-block">${escapeHtml(tekst)}</a>` +
		'</td></tr></table>'
	);
}

const lenke = (url: string, tekst = url): string =>
	`<p style="margin:0 0 24px;${FONT};font-size:14px;line-height:1.5"><a class="lenke" href="${escapeHtml(url)}" style="color:#1f5f4d;word-break:break-all">${escapeHtml(tekst)}</a></p>`;

/** What stands around the content of a mail; links are whole addresses. */
export type Ramme = {
	hilsen: string;
	url: string | undefined;
	/** Of what can be done besides. */
	lenke: string | undefined;
	avmeld: string | undefined;
	locale: Sprak;
};

/** The HTML part: tables and inline styles, since Outlook draws with Word's engine. */
export function skrivHtml(innhold: Innhold, { hilsen, url, lenke: mer, avmeld, locale }: Ramme): string {
	const kropp = [
		`<p class="merke" style="margin:0 0 24px;${FONT};font-size:16px;font-weight:700;color:#14594a">LIS Kommune</p>`,
		`<h1 class="tekst" style="margin:0 0 16px;${FONT};font-size:24px;line-height:1.3;font-weight:700;color:#1d2a2e">${escapeHtml(innhold.tittel)}</h1>`,
		avsnitt(hilsen),
		...innhold.avsnitt.map((tekst) => avsnitt(tekst)),
		faktatabell(innhold.fakta),
		...(innhold.lister ?? []).map(liste),
		...(innhold.knapp && url !== undefined
			? [knapp(innhold.knapp.tekst, url), dempet(m.epost_knapp_virker_ikke({}, { locale })), lenke(url)]
			: []),
		...(innhold.lenke && mer !== undefined ? [lenke(mer, innhold.lenke.tekst)] : [])
	];
	const bunn = [
		`<h2 class="dempet" style="margin:0 0 4px;${FONT};font-size:14px;line-height:1.5;font-weight:600;color:#52606a">${escapeHtml(m.epost_hvorfor({}, { locale }))}</h2>`,
		dempet(innhold.hvorfor),
		dempet(m.epost_kan_ikke_besvares({}, { locale })),
		...(avmeld === undefined ? [] : [lenke(avmeld, m.epost_avmeld({}, { locale }))])
	];
	return (
		`<!doctype html><html lang="${locale}" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
		'<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">' +
		'<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">' +
		`<title>${escapeHtml(innhold.emne)}</title><style>${STIL}</style></head>` +
		'<body class="grunn" bgcolor="#f7f5f0" style="margin:0;padding:0;background-color:#f7f5f0">' +
		`<div lang="${locale}" dir="ltr"><table role="presentation" class="grunn" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f7f5f0" style="background-color:#f7f5f0"><tr><td align="center" style="padding:24px 8px">` +
		'<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->' +
		'<table role="presentation" class="ark" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#fffefb" style="max-width:600px;background-color:#fffefb;border:1px solid #e4dfd4;border-radius:12px">' +
		`<tr><td class="rom" align="left" style="padding:32px 40px 8px">${kropp.join('')}</td></tr>` +
		`<tr><td class="rom skille" align="left" style="padding:20px 40px 16px;border-top:1px solid #e4dfd4">${bunn.join('')}</td></tr></table>` +
		'<!--[if mso]></td></tr></table><![endif]--></td></tr></table></div></body></html>'
	);
}
