import { readFile } from 'node:fs/promises';
import type { Download, Locator, Page } from '@playwright/test';
import { extractText, getDocumentProxy } from 'unpdf';
import { FOLK, expect, origin, test } from '../support/browser.ts';
import { createSamtale, findLisId, planned, Samtaleside, writeEverything } from '../support/browser-samtale.ts';
import { monster, tekst } from '../support/browser-text.ts';

async function download(page: Page, link: Locator): Promise<{ file: Download; bytes: Uint8Array }> {
	const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
	return { file, bytes: new Uint8Array(await readFile(await file.path())) };
}

/** All the words of a PDF. */
async function words(bytes: Uint8Array): Promise<string> {
	const { text } = await extractText(await getDocumentProxy(bytes.slice()), { mergePages: true });
	return text.replace(/\s+/g, ' ');
}

/** Whoever has the PDF has it checked, without a log-in: it is genuine, and it is not when a word in it is another. */
async function checked(guest: Page, bytes: Uint8Array, sum: string): Promise<void> {
	const check = async (buffer: Buffer) => {
		await guest.goto('/kontroll');
		await guest
			.getByLabel(tekst('kontroll_fil'))
			.setInputFiles({ name: 'referat.pdf', mimeType: 'application/pdf', buffer });
		await guest.getByRole('button', { name: tekst('kontroll_knapp') }).click();
	};
	await check(Buffer.from(bytes));
	await expect(guest.getByText(tekst('kontroll_ekte'), { exact: true })).toBeVisible();
	await expect(guest.getByText(tekst('kontroll_lik'))).toBeVisible();
	await expect(guest.getByText(sum)).toBeVisible();
	const changed = Buffer.from(bytes);
	changed.writeUInt8(changed.readUInt8(1000) ^ 1, 1000);
	await check(changed);
	await expect(guest.getByText(tekst('kontroll_endret'), { exact: true })).toBeVisible();
}

test('a samtale goes into the calendar, and when it is finished onto paper: as a PDF and from the page', async ({
	as,
	page: guest
}, info) => {
	const [lisPage, veilederPage] = await Promise.all([as('lis'), as('veileder')]);
	const { dato, iOrd } = planned();
	const tid = { dato, fra: '14:30', til: '15:15', sted: 'Rom 3, Čáhcesuolu' };
	const id = await createSamtale(veilederPage, await findLisId(lisPage), tid);
	const lis = await Samtaleside.open(lisPage, id);

	const ics = await download(lisPage, lisPage.getByRole('link', { name: tekst('kalender_legg_i') }));
	expect(ics.file.suggestedFilename()).toBe(`veiledningssamtale-${dato}.ics`);
	const lines = Buffer.from(ics.bytes).toString('utf8').replaceAll('\r\n ', '').split('\r\n');
	expect(lines).toContain(`UID:${id}@${new URL(origin).hostname}`);
	expect(lines).toContain(`DTSTART;TZID=Europe/Oslo:${dato.replaceAll('-', '')}T143000`);
	expect(lines).toContain('LOCATION:Rom 3\\, Čáhcesuolu');
	expect(lines).toContain(`SUMMARY:${tekst('kalender_tittel_med', { navn: FOLK.veileder })}`);

	await writeEverything(lis, 'referat');
	await lis.write('forberedelse', 'Vil snakke om søvn. 😀');
	await lis.saved();
	const veileder = await Samtaleside.open(veilederPage, id);
	await expect(veileder.del('forberedelse')).toContainText('Vil snakke om søvn.');
	await veilederPage.getByRole('button', { name: tekst('ferdigstill_knapp') }).click();
	await veilederPage.getByRole('button', { name: tekst('ferdigstill_bekreft') }).click();
	const av = monster('ferdigstill_av', { navn: FOLK.veileder });
	await expect(veilederPage.getByText(av)).toBeVisible();
	const sum = (await veilederPage.getByTestId('kontrollsum').textContent()) ?? '';

	// The PDF, from the built portal: its fonts are found there too.
	const pdf = await download(veilederPage, veilederPage.getByRole('link', { name: tekst('ferdigstill_pdf') }));
	const tittel = tekst('samtale_tittel', { dato: iOrd });
	expect(pdf.file.suggestedFilename()).toBe(`${tittel} – ${FOLK.lis}.pdf`);
	const text = await words(pdf.bytes);
	for (const said of [tittel, FOLK.lis, FOLK.veileder, tid.sted, 'Vil snakke om søvn.', 'Fet og kursiv.', sum])
		expect(text).toContain(said);
	expect(text).toMatch(av);

	await checked(guest, pdf.bytes, sum);

	const answer = await veilederPage.request.get(`/samtaler/${id}/pdf`);
	expect(answer.headers()).toMatchObject({
		'content-type': 'application/pdf',
		'x-content-type-options': 'nosniff',
		'cache-control': 'private, no-store'
	});

	// The page itself on paper: what was written, by whom it was finished and the sum; nothing that can only be pressed.
	await veilederPage.emulateMedia({ media: 'print', colorScheme: 'dark' });
	for (const hidden of ['banner', 'contentinfo', 'navigation', 'complementary', 'toolbar', 'button'] as const)
		await expect(veilederPage.getByRole(hidden)).toHaveCount(0);
	await expect(veilederPage.locator('body')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
	await expect(veilederPage.locator('#referat .document')).toHaveCSS('color', 'rgb(0, 0, 0)');
	await expect(veilederPage.locator('#referat .document')).toHaveCSS('font-family', /serif$/);
	const path = info.outputPath('papir.pdf');
	const paper = await words(new Uint8Array(await veilederPage.pdf({ path, preferCSSPageSize: true, tagged: true })));
	for (const said of [tittel, FOLK.lis, tid.sted, 'Vil snakke om søvn.', 'Fet og kursiv.', sum])
		expect(paper).toContain(said);
	expect(paper).toMatch(av);
	expect(paper).not.toContain(tekst('ferdigstill_skriv_ut'));
	expect(paper).not.toContain(tekst('veiledning_tidligere'));
});
