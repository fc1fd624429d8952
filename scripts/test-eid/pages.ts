import type { EidProfile } from '#lib/server/config-values.ts';
import type { TestPerson } from '#lib/server/demo/eid-personer.ts';

/** Where one chooses whom to be. */
export function choicePage({
	people,
	profile,
	fault
}: {
	people: readonly TestPerson[];
	profile: EidProfile;
	fault: string | undefined;
}): string {
	const list = people
		.map(
			({ pid, navn }, i) =>
				`<li><label><input type="radio" name="person" value="${escape(pid)}"${i === 0 ? ' checked' : ''}> ${escape(navn)} <small>${escape(pid)}</small></label></li>`
		)
		.join('\n');
	return page(
		'Testinnlogging',
		`<p>Denne siden står i stedet for ${profile === 'helseid' ? 'HelseID' : 'ID-porten'} på din egen maskin. Bare oppdiktede personer.</p>
${fault === undefined ? '' : `<p role="alert"><strong>${escape(fault)}</strong></p>`}
<form method="post">
<fieldset><legend>Hvem er du?</legend>
<ul>
${list}
<li><label><input type="radio" name="person" value=""> En annen</label>
<p><label>Fødselsnummer<br><input name="pid" inputmode="numeric" autocomplete="off" maxlength="11"></label></p>
<p><label>Navn<br><input name="navn" autocomplete="off" maxlength="200"></label></p></li>
</ul>
</fieldset>
<fieldset><legend>Sikkerhetsnivå</legend>
<p><label><input type="radio" name="niva" value="hoyt" checked> Høyt (nivå 4)</label></p>
<p><label><input type="radio" name="niva" value="lavt"> Lavere (nivå 3)</label></p>
</fieldset>
<p><button name="valg" value="logg-inn">Logg inn</button> <button name="valg" value="avbryt" formnovalidate>Avbryt</button></p>
</form>`
	);
}

/** Log-out, which the portal has asked for: `form` is the library's own, sent at once. */
export function logoutPage(form: string): string {
	return page(
		'Testutlogging',
		`${form}
<p><button form="op.logoutForm" name="logout" value="yes">Logg ut</button></p>
<script>document.querySelector('[name=logout]').click()</script>`
	);
}

function page(title: string, content: string): string {
	return `<!doctype html>
<html lang="nb">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>
body { font-family: system-ui, sans-serif; max-width: 34rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.5 }
ul { list-style: none; padding: 0 } fieldset { margin-bottom: 1rem } button { font: inherit; padding: 0.5rem 1rem }
label { display: inline-block; min-height: 1.75rem }
</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
}

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
	return text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);
}
