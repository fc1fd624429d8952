import { expect, hydrated, logInQuietly, password, test, visit } from '../support/browser.ts';
import { keeps, keepsNothing, networkCut, writeOffline } from '../support/browser-enhet.ts';
import { converged, Samtaleside, together } from '../support/browser-samtale.ts';
import { tekst } from '../support/browser-text.ts';

test.describe.configure({ mode: 'parallel' });

test('what was typed without a network is merged when it is back, and then nothing lies on the device', async ({
	as,
	faults
}) => {
	faults.expect(networkCut);
	const { lis, veileder } = await together(as);
	await lis.write('referat', 'Med nett. ');
	await lis.saved();
	await keepsNothing(lis.page);
	await writeOffline(lis, 'Uten nett.');
	await veileder.write('forberedelse', 'Kari har nett.');
	await veileder.saved();

	await lis.page.context().setOffline(false);
	await lis.saved();
	await expect(veileder.del('referat')).toHaveText('Med nett. Uten nett.');
	await converged(lis, veileder);
	await keepsNothing(lis.page);
});

test('a page that is closed without a network keeps its text: opened again it is merged by itself and saved', async ({
	as,
	faults
}) => {
	faults.expect(networkCut);
	const { id, lis, veileder } = await together(as);
	await lis.write('referat', 'Lagret. ');
	await lis.saved();
	await writeOffline(lis, 'På bussen.');
	const context = lis.page.context();
	await lis.page.close();
	await veileder.write('forberedelse', 'Imens.');
	await veileder.saved();

	await context.setOffline(false);
	const igjen = await Samtaleside.open(await context.newPage(), id);
	await expect(igjen.del('referat')).toHaveText('Lagret. På bussen.');
	await igjen.saved();
	await expect(veileder.del('referat')).toHaveText('Lagret. På bussen.');
	await igjen.write('referat', ' Og videre.');
	await igjen.saved();
	await converged(igjen, veileder);
	await keepsNothing(igjen.page);
});

test('two tabs of one person write without a network: one is closed, and nothing of either is lost', async ({
	as,
	faults
}) => {
	faults.expect(networkCut);
	const { id, lis, veileder } = await together(as);
	const context = lis.page.context();
	const tab = await Samtaleside.open(await context.newPage(), id);
	await writeOffline(lis, 'Den ene fanen.');
	await tab.page.bringToFront();
	await tab.write('forberedelse', 'Den andre fanen.');
	await keeps(tab.page, 'fanen.');
	await expect(tab.status).toHaveText(tekst('editor_frakoblet_pa_enheten'));
	await tab.page.close();

	await context.setOffline(false);
	await lis.saved();
	const igjen = await Samtaleside.open(await context.newPage(), id);
	await igjen.saved();
	await expect(veileder.del('referat')).toHaveText('Den ene fanen.');
	await expect(veileder.del('forberedelse')).toHaveText('Den andre fanen.');
	await converged(igjen, veileder);
	await keepsNothing(igjen.page);
});

test('a device that cannot keep anything is not said to: the page must stay open', async ({ as, faults }) => {
	faults.expect(networkCut);
	const { lis } = await together(as, ({ lis: page }) =>
		page.addInitScript(() => {
			IDBObjectStore.prototype.put = () => {
				throw new DOMException('full', 'QuotaExceededError');
			};
		})
	);
	await lis.page.context().setOffline(true);
	await lis.write('referat', 'Bare på siden.');
	await expect(lis.status).toHaveText(tekst('editor_frakoblet_ulagret'));
	await lis.page.context().setOffline(false);
	await lis.saved();
});

test('without IndexedDB the editor works as before', async ({ as, faults }) => {
	faults.expect(networkCut);
	const { lis, veileder } = await together(as, ({ lis: page }) =>
		page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }))
	);
	await lis.write('referat', 'Ord. ');
	await lis.saved();
	await lis.page.context().setOffline(true);
	await lis.write('referat', 'Flere.');
	await expect(lis.status).toHaveText(tekst('editor_frakoblet_ulagret'));
	await lis.page.context().setOffline(false);
	await lis.saved();
	await expect(veileder.del('referat')).toHaveText('Ord. Flere.');
});

test('on a machine that many share nothing is kept', async ({ as, browse, faults }) => {
	faults.expect(networkCut);
	const { id } = await together(as);
	const context = await browse();
	const page = await context.newPage();
	await visit(page, '/logg-inn');
	await page.getByLabel(tekst('innlogging_brukernavn')).fill('lis');
	await page.getByLabel(tekst('innlogging_passord')).fill(password);
	await page.getByLabel(tekst('innlogging_felles')).check();
	await page.getByRole('button', { name: tekst('innlogging_knapp') }).click();
	await page.waitForURL('**/hjem');
	const lis = await Samtaleside.open(page, id);
	await context.setOffline(true);
	await lis.write('referat', 'På biblioteket.');
	await expect(lis.status).toHaveText(tekst('editor_frakoblet_ulagret'));
	await keepsNothing(page);
	await context.setOffline(false);
	await lis.saved();
});

test('somebody else on the same browser neither sees nor sends it; the same person finds it again', async ({
	as,
	faults
}) => {
	faults.expect(networkCut);
	const { id, lis, veileder } = await together(as);
	await lis.write('referat', 'Lagret. ');
	await lis.saved();
	await writeOffline(lis, 'Noras egne ord.');
	const context = lis.page.context();
	await lis.page.close();
	await context.setOffline(false);

	// The veileder of the same samtale, who may read and write all of it.
	await context.clearCookies();
	await logInQuietly(context, 'veileder');
	const annen = await Samtaleside.open(await context.newPage(), id);
	await expect(annen.del('referat')).toHaveText('Lagret.');
	await annen.write('referat', ' Karis ord.');
	await annen.saved();
	await expect(veileder.del('referat')).toHaveText('Lagret. Karis ord.');
	await annen.page.locator('header summary').last().click();
	await annen.page.getByRole('button', { name: tekst('skall_logg_ut') }).click();
	await expect(annen.page.getByText(tekst('innlogging_utlogget'))).toBeVisible();

	await logInQuietly(context, 'lis');
	const igjen = await Samtaleside.open(annen.page, id);
	await igjen.saved();
	await expect(veileder.del('referat')).toContainText('Noras egne ord.');
	await expect(veileder.del('referat')).toContainText('Karis ord.');
	await keepsNothing(igjen.page);
});

test('logging out warns of text that is not saved, and takes it away', async ({ as, faults }) => {
	faults.expect(networkCut);
	const { id, lis, veileder } = await together(as);
	await lis.write('referat', 'Lagret. ');
	await lis.saved();
	await writeOffline(lis, 'Blir borte.');
	const context = lis.page.context();
	await lis.page.close();
	await context.setOffline(false);

	const page = await context.newPage();
	await visit(page, '/hjem');
	const loggUt = page.getByRole('button', { name: tekst('skall_logg_ut') });
	const dialog = page.getByRole('dialog', { name: tekst('skall_ut_tittel') });
	await page.locator('header summary').last().click();
	await loggUt.click();
	await expect(dialog).toContainText(tekst('skall_ut_tekst_en'));
	await dialog.getByRole('button', { name: tekst('skall_ut_bli') }).click();
	await expect(dialog).toBeHidden();
	await keeps(page, 'borte.');

	await loggUt.click();
	await dialog.getByRole('button', { name: tekst('skall_ut_likevel') }).click();
	await expect(page.getByText(tekst('innlogging_utlogget'))).toBeVisible();
	await hydrated(page);
	await keepsNothing(page);

	await logInQuietly(context, 'lis');
	const igjen = await Samtaleside.open(page, id);
	await expect(igjen.del('referat')).toHaveText('Lagret.');
	expect(await veileder.text('referat')).toBe('Lagret.');
});
