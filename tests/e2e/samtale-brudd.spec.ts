import type { Locator, Page } from '@playwright/test';
import { FOLK, expect, origin, password, test, visit } from '../support/browser.ts';
import { converged, syntheticNumber, together } from '../support/browser-samtale.ts';
import { tekst, type Nokkel } from '../support/browser-text.ts';
import { Wire, claimsMillions } from '../support/browser-wire.ts';

test.describe.configure({ mode: 'parallel' });

/** What Chromium writes about a network that the test has cut. */
const networkCut = /ERR_INTERNET_DISCONNECTED|WebSocket connection to .* failed/;

/** Words shown above or in the text; the live regions repeat them for those who do not see them. */
const banner = (page: Page, key: Nokkel): Locator => page.locator('.notice').filter({ hasText: tekst(key) });

test('the network is cut and comes back: the text stays, the state is said, and both texts become one', async ({
	as,
	faults
}) => {
	faults.expect(networkCut);
	const { lis, veileder } = await together(as);
	await lis.write('referat', 'Før bruddet. ');
	await lis.saved();

	await lis.page.context().setOffline(true);
	await expect(lis.status).toHaveText(tekst('editor_frakoblet'));
	await expect(lis.tilstede).toContainText(tekst('editor_her_ukjent'));
	await lis.write('referat', 'Uten nett. ');
	await expect(lis.status).toHaveText(tekst('editor_frakoblet_pa_enheten'));
	await expect(banner(lis.page, 'editor_banner_pa_enheten')).toBeVisible();
	await veileder.write('forberedelse', 'Kari har nett.');
	await veileder.saved();
	expect(await veileder.text('referat')).toBe('Før bruddet.');

	await lis.page.context().setOffline(false);
	await lis.saved();
	await expect(veileder.del('referat')).toContainText('Før bruddet. Uten nett.');
	await expect(lis.del('forberedelse')).toHaveText('Kari har nett.');
	await expect(banner(lis.page, 'editor_banner_pa_enheten')).toBeHidden();
	await converged(lis, veileder);
});

test('a network that hangs is noticed: «ikke lagret» in words, and saved when it is back', async ({ as, faults }) => {
	faults.expect(Wire.late);
	let wire: Wire | undefined;
	const { lis, veileder } = await together(as, async (pages) => (wire = await Wire.of(pages.lis)));
	await lis.write('referat', 'Kommer fram. ');
	await lis.saved();
	wire?.hold();
	await lis.write('referat', 'Henger.');
	await expect(lis.status).toHaveText(tekst('editor_lagrer'));
	await expect(lis.status).toHaveText(tekst('editor_ikke_kontakt'), { timeout: 15_000 });
	await expect(lis.page.locator('[data-live=assertive]')).toContainText(tekst('editor_ikke_kontakt'));
	expect(await veileder.text('referat')).toBe('Kommer fram.');

	wire?.release();
	await lis.saved();
	await expect(veileder.del('referat')).toHaveText('Kommer fram. Henger.');
	await converged(lis, veileder);
});

test('leaving with unsaved text is asked about; leaving with saved text is not', async ({ as, faults }) => {
	faults.expect(networkCut);
	const { lis } = await together(as);
	const asked: string[] = [];
	lis.page.on('dialog', (dialog) => {
		asked.push(dialog.type());
		void dialog.dismiss();
	});
	await lis.page.context().setOffline(true);
	await expect(lis.status).toHaveText(tekst('editor_frakoblet'));
	await lis.write('referat', 'Ikke lagret ennå.');
	await lis.page.getByRole('link', { name: tekst('skall_hjem'), exact: true }).click();
	await expect.poll(() => asked).toEqual(['confirm']);
	await expect(lis.del('referat')).toHaveText('Ikke lagret ennå.');

	await lis.page.context().setOffline(false);
	await lis.saved();
	await lis.page.getByRole('link', { name: tekst('skall_hjem'), exact: true }).click();
	await lis.page.waitForURL('**/hjem');
	expect(asked).toEqual(['confirm']);
});

test('the session ends in mid-typing: the text stays, one logs in on the page, and it goes on', async ({
	as,
	faults
}) => {
	faults.expect(Wire.late);
	let wire: Wire | undefined;
	const { lis, veileder } = await together(as, async (pages) => (wire = await Wire.of(pages.lis)));
	await lis.write('referat', 'Lagret. ');
	await lis.saved();

	const otherTab = await lis.page.context().newPage();
	await visit(otherTab, '/hjem');
	wire?.hold();
	await lis.write('referat', 'Skrevet mens økten tok slutt. ');
	await otherTab.locator('header summary').click();
	await otherTab.getByRole('button', { name: tekst('skall_logg_ut') }).click();
	await otherTab.getByRole('button', { name: tekst('skall_ut_likevel') }).click();
	await expect(otherTab.getByText(tekst('innlogging_utlogget'))).toBeVisible();
	// The socket is told of the log-out a moment after it; what comes before that is still hers, and saved.
	await wire?.serverClosed;
	wire?.release();

	const dialog = lis.page.getByRole('dialog', { name: tekst('editor_inn_tittel') });
	await expect(dialog).toBeVisible();
	await expect(dialog).toContainText(FOLK.lis);
	await expect(lis.status).toHaveText(tekst('editor_utlogget_ulagret'));
	await expect(lis.page.locator('#referat-tekst')).toHaveText('Lagret. Skrevet mens økten tok slutt.');
	expect(await veileder.text('referat')).toBe('Lagret.');

	await dialog.getByLabel(tekst('innlogging_passord')).fill('ikke riktig passord');
	await dialog.getByRole('button', { name: tekst('innlogging_knapp') }).click();
	await expect(dialog.getByRole('alert')).toHaveText(tekst('innlogging_feil_stemmer_ikke'));
	await dialog.getByLabel(tekst('innlogging_passord')).fill(password);
	await dialog.getByRole('button', { name: tekst('innlogging_knapp') }).click();
	await expect(dialog).toBeHidden();
	await lis.saved();
	await lis.write('referat', 'Og videre.');
	await expect(veileder.del('referat')).toHaveText('Lagret. Skrevet mens økten tok slutt. Og videre.');
	await converged(lis, veileder);
});

test('somebody else logs in in the same browser: nothing of theirs is mixed up', async ({ as, faults }) => {
	faults.expect(Wire.late);
	let wire: Wire | undefined;
	const { lis, veileder } = await together(as, async (pages) => (wire = await Wire.of(pages.lis)));
	await lis.write('referat', 'Noras ord. ');
	await lis.saved();
	wire?.hold();
	await lis.write('referat', 'Noras siste.');
	await lis.page.request.post('/logg-ut', { headers: { origin }, maxRedirects: 0 });
	await wire?.serverClosed;
	wire?.release();
	const dialog = lis.page.getByRole('dialog', { name: tekst('editor_inn_tittel') });
	await dialog.getByLabel(tekst('innlogging_brukernavn')).fill('lis2');
	await dialog.getByLabel(tekst('innlogging_passord')).fill(password);
	await dialog.getByRole('button', { name: tekst('innlogging_knapp') }).click();

	await expect(dialog).toBeHidden();
	await expect(banner(lis.page, 'editor_banner_annen')).toBeVisible();
	await expect(lis.tilSide.getByRole('textbox')).toHaveValue('Noras siste.');
	await expect(lis.page.locator('[contenteditable=true]')).toHaveCount(0);
	await expect(veileder.del('referat')).toHaveText('Noras ord.');
});

test('a fødselsnummer is held back on the device, with words', async ({ as }) => {
	const { lis, veileder } = await together(as);
	await lis.write('referat', `Pasient ${syntheticNumber}`);
	await expect(banner(lis.page, 'editor_nektet_fodselsnummer')).toBeVisible();
	await expect(lis.del('referat')).toHaveText(`Pasient ${syntheticNumber.slice(0, 10)}`);
	await lis.write('referat', ' videre');
	await expect(banner(lis.page, 'editor_nektet_fodselsnummer')).toBeHidden();
	await lis.saved();
	await converged(lis, veileder);
	expect(await veileder.text('referat')).toBe(`Pasient ${syntheticNumber.slice(0, 10)} videre`);
});

test('a paste of 5 MB is refused with words before it is applied, and one can go on', async ({ as }) => {
	const { lis, veileder } = await together(as);
	await lis.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await lis.write('referat', 'Før. ');
	await lis.page.evaluate(() => navigator.clipboard.writeText('Mye tekst. '.repeat(480_000)));
	await lis.page.keyboard.press('Control+v');
	await expect(banner(lis.page, 'editor_nektet_for_stor')).toBeVisible();
	await expect(lis.page.locator('[data-live=assertive]')).toContainText(tekst('editor_nektet_for_stor'));
	expect(await lis.text('referat')).toBe('Før.');

	await lis.page.evaluate(() => navigator.clipboard.writeText('Litt tekst. '));
	await lis.page.keyboard.press('Control+v');
	await lis.page.keyboard.type('Etter.');
	await expect(banner(lis.page, 'editor_nektet_for_stor')).toBeHidden();
	await lis.saved();
	await expect(veileder.del('referat')).toHaveText('Før. Litt tekst. Etter.');
	await expect(lis.tilSide).toBeHidden();
});

test('what the server refuses is set aside to copy, and the page goes on with a fresh document', async ({
	as,
	faults
}) => {
	faults.expect(Wire.late);
	let wire: Wire | undefined;
	const { lis, veileder } = await together(as, async (pages) => (wire = await Wire.of(pages.lis)));
	await lis.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await lis.write('referat', 'Godt. ');
	await lis.saved();

	wire?.replaceNextEdit(claimsMillions);
	await lis.page.keyboard.insertText('Ble borte på veien.');
	await expect(lis.tilSide).toBeVisible();
	await expect(lis.tilSide.getByRole('textbox')).toHaveValue('Ble borte på veien.');
	await expect(lis.del('referat')).toHaveText('Godt.');
	await lis.ready();

	await lis.tilSide.getByRole('button', { name: tekst('editor_lukk') }).click();
	await expect(lis.tilSide).toContainText(tekst('editor_tilside_ukopiert'));
	await lis.tilSide.getByRole('button', { name: tekst('editor_tilside_behold') }).click();
	await lis.tilSide.getByRole('button', { name: tekst('editor_kopier') }).click();
	await expect(lis.tilSide).toContainText(tekst('editor_kopiert'));
	await lis.del('referat').focus();
	await lis.page.keyboard.press('Control+End');
	await lis.page.keyboard.press('Control+v');
	await expect(veileder.del('referat')).toHaveText('Godt. Ble borte på veien.');
	await lis.tilSide.getByRole('button', { name: tekst('editor_lukk') }).click();
	await expect(lis.tilSide).toBeHidden();
	await lis.saved();
	await converged(lis, veileder);
});

test('the veileder avlyser with a reason while the LIS writes: closed for both, and unsaved text is set aside', async ({
	as,
	faults
}) => {
	faults.expect(Wire.late);
	let wire: Wire | undefined;
	const { lis, veileder } = await together(as, async (pages) => (wire = await Wire.of(pages.lis)));
	await lis.write('referat', 'Rakk å bli lagret. ');
	await lis.saved();
	wire?.hold();
	await lis.write('referat', 'Kom for sent.');

	await veileder.page.getByText(tekst('samtale_avlys'), { exact: true }).click();
	await veileder.page.getByLabel(tekst('samtale_avlys_grunn')).fill('Nora er syk.');
	await veileder.page.getByRole('button', { name: tekst('samtale_avlys_bekreft') }).click();
	await expect(veileder.page.getByText(tekst('samtale_avlyst_grunn', { grunn: 'Nora er syk.' }))).toBeVisible();
	wire?.release();

	await expect(lis.page.getByText(tekst('samtale_avlyst_grunn', { grunn: 'Nora er syk.' }))).toBeVisible();
	await expect(lis.tilSide.getByRole('textbox')).toHaveValue('Kom for sent.');
	await expect(banner(lis.page, 'editor_banner_avlyst')).toBeVisible();
	for (const side of [lis, veileder]) {
		await expect(side.status).toHaveText(tekst('editor_avlyst'));
		await expect(side.page.locator('#referat')).toContainText('Rakk å bli lagret.');
		await expect(side.page.locator('[contenteditable=true]')).toHaveCount(0);
	}
	await veileder.page.reload();
	await expect(veileder.page.locator('#referat')).toContainText('Rakk å bli lagret.');
	await expect(veileder.page.locator('#referat')).not.toContainText('for sent');
	await expect(veileder.page.getByRole('toolbar')).toHaveCount(0);
});
