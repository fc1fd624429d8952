import { escapeHtml } from '#lib/server/mail/html.ts';
import type { CaughtMail } from './mailbox.ts';

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.5rem;border-bottom:1px solid #8886;vertical-align:top}
iframe{width:100%;height:44rem;border:1px solid #8886;resize:both}pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#8881;padding:1rem}`;

function page(title: string, body: string): string {
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>`;
}

const people = (list: CaughtMail['to']): string =>
	list.map(({ name, address }) => escapeHtml(name === '' ? address : `${name} <${address}>`)).join(', ');

/** All that was caught, newest first. */
export function listPage(mails: readonly CaughtMail[]): string {
	const rows = mails.map(
		(mail) =>
			`<tr><td>${escapeHtml(mail.at.slice(11, 19))}</td><td>${people(mail.to)}</td><td><a href="/mails/${mail.id}">${escapeHtml(mail.subject)}</a></td></tr>`
	);
	const table = `<table><thead><tr><th>Time (UTC)</th><th>To</th><th>Subject</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
	return page(
		'Caught mail',
		`<h1>Caught mail</h1><p>Mail of this portal is caught here and goes nowhere else. The last 500 are kept until it stops.</p>${rows.length === 0 ? '<p>None yet.</p>' : table}`
	);
}

/** One mail: as it looks, its text part, its headers. */
export function mailPage(mail: CaughtMail): string {
	const links = mail.links.map((link) => `<li><a href="${escapeHtml(link)}">${escapeHtml(link)}</a></li>`);
	return page(
		mail.subject,
		`<p><a href="/">All mail</a></p><h1>${escapeHtml(mail.subject)}</h1><p>To ${people(mail.to)}<br>From ${people(mail.from)}</p>
<iframe title="As it looks" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/mails/${mail.id}/html"></iframe>
<h2>Links</h2><ul>${[...new Set(links)].join('')}</ul><h2>Text part</h2><pre>${escapeHtml(mail.text)}</pre><h2>Headers</h2><pre>${escapeHtml(mail.headers.join('\n'))}</pre>`
	);
}

/** The HTML part as it came; its links open in a tab of their own. */
export function framedHtml(mail: CaughtMail): string {
	return mail.html.replace(/<head>/i, '<head><base target="_blank">');
}
