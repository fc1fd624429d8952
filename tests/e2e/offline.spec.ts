import { test } from '../support/browser-folk.ts';
import { expect, FOLK, hydrated, logInQuietly, password, visit } from '../support/browser.ts';
import { keeps, keepsNothing } from '../support/browser-enhet.ts';
import { converged, Samtaleside, together } from '../support/browser-samtale.ts';
import { monster, tekst } from '../support/browser-text.ts';

test.describe.configure({ mode: 'parallel' });

/** What Chromium writes about a network that the test has cut. */
const networkCut = /ERR_INTERNET_DISCONNECTED|WebSocket connection to .* failed/;

/** Writes without a network, until the device keeps it. */
async function writeOffline(side: Samtaleside, text: string): Promise<void> {
	await side.page.context().setOffline(true);
	await side.write('referat', text);
	await expect(side.status).toHaveText(tekst('editor_frakoblet_pa_enheten'));
	// What is typed lands in more than one piece of the document: its end is the last to come.
	await keeps(side.page, text.slice(-6));
}

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

/** The veileder ends it: what was shown is frozen. */
async function ferdigstill(veileder: Samtaleside): Promise<void> {
	await veileder.page.getByRole('button', { name: tekst('ferdigstill_knapp'), exact: true }).click();
	await veileder.page.getByRole('button', { name: tekst('ferdigstill_bekreft') }).click();
	await expect(veileder.page.getByText(monster('ferdigstill_av', { navn: FOLK.veileder }))).toBeVisible();
}

test('ferdigstilt while the LIS had no network: the text stands beside the frozen one, and is attached as a merknad', async ({
	as,
	faults
}) => {
	faults.expect(networkCut);
	const { id, lis, veileder } = await together(as);
	await lis.write('referat', 'Det vi ble enige om. ');
	await lis.saved();
	await expect(veileder.del('referat')).toContainText('Det vi ble enige om.');
	await writeOffline(lis, 'Kom for sent.');
	await ferdigstill(veileder);
	const sum = await veileder.page.getByTestId('kontrollsum').textContent();

	await lis.page.context().setOffline(false);
	await expect(lis.tilSide.getByRole('textbox')).toHaveValue('Kom for sent.');
	await expect(lis.page.locator('#referat')).toContainText('Det vi ble enige om.');
	await expect(lis.page.locator('#referat')).not.toContainText('for sent');
	// Loaded anew, it is still there.
	await keeps(lis.page, 'Kom for sent.');
	await visit(lis.page, `/samtaler/${id}`);
	await expect(lis.tilSide.getByRole('textbox')).toHaveValue('Kom for sent.');
	await lis.tilSide.getByRole('button', { name: tekst('merknad_legg_ved') }).click();

	await expect(lis.page.locator('#innhold').getByText(tekst('merknad_ok'))).toBeVisible();
	await expect(lis.tilSide).toBeHidden();
	await keepsNothing(lis.page);
	const merknader = lis.page.getByTestId('merknader');
	await expect(merknader).toContainText('Kom for sent.');
	await expect(merknader).toContainText(FOLK.lis);
	expect(await lis.page.getByTestId('kontrollsum').textContent()).toBe(sum);
	const uten = await as('veileder', { javaScriptEnabled: false });
	await uten.goto(`/samtaler/${id}`);
	await expect(uten.getByTestId('merknader')).toContainText('Kom for sent.');
	expect(await uten.getByTestId('kontrollsum').textContent()).toBe(sum);
});

test('ferdigstilt while the page was closed: opened again, the text is there to copy, and closing it takes it away', async ({
	as,
	faults
}) => {
	faults.expect(networkCut);
	const { id, lis, veileder } = await together(as);
	await lis.write('referat', 'Enige. ');
	await lis.saved();
	await expect(veileder.del('referat')).toContainText('Enige.');
	await writeOffline(lis, 'Skrevet i heisen.');
	const context = lis.page.context();
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await lis.page.close();
	await ferdigstill(veileder);

	await context.setOffline(false);
	const page = await context.newPage();
	await visit(page, `/samtaler/${id}`);
	const { tilSide } = new Samtaleside(page);
	await expect(tilSide.getByRole('textbox')).toHaveValue('Skrevet i heisen.');
	await tilSide.getByRole('button', { name: tekst('editor_kopier') }).click();
	await expect(tilSide).toContainText(tekst('editor_kopiert'));
	expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('Skrevet i heisen.');
	await tilSide.getByRole('button', { name: tekst('editor_lukk') }).click();
	await expect(tilSide).toBeHidden();
	await keepsNothing(page);
});

test('access that ended meanwhile: the page is not there any more, and the own words still are', async ({
	as,
	faults,
	world
}) => {
	faults.expect(networkCut, /status of 40[34]/);
	const { id, lis, veileder } = await together(as);
	await lis.write('referat', 'Noras ord. ');
	await lis.saved();
	await expect(veileder.del('referat')).toContainText('Noras ord.');
	await writeOffline(veileder, 'Karis ord.');
	const context = veileder.page.context();
	await veileder.page.close();
	// As when somebody else takes over: on this samtale alone, for the demo world is in use.
	await world.owner
		.updateTable('samtale_deltaker')
		.set({ til: new Date() })
		.where('samtale_id', '=', id)
		.where('rolle', '=', 'veileder')
		.execute();

	await context.setOffline(false);
	const page = await context.newPage();
	await visit(page, `/samtaler/${id}`);
	const { tilSide } = new Samtaleside(page);
	await expect(page.locator('#innhold')).not.toContainText('Noras ord.');
	await expect(tilSide.getByRole('textbox')).toHaveValue('Karis ord.');
	await expect(tilSide.getByRole('button', { name: tekst('merknad_legg_ved') })).toHaveCount(0);
});

test('a page from before a deploy writes nothing: it is told to reload, and its text is there afterwards', async ({
	as,
	faults
}) => {
	faults.expect(networkCut);
	const { id, lis, veileder } = await together(as);
	await lis.write('referat', 'Før. ');
	await lis.saved();
	await writeOffline(lis, 'Skrevet på en gammel side.');
	// From now on this page is one whose editor was built with another schema.
	await lis.page.evaluate(() => {
		window.WebSocket = class extends WebSocket {
			constructor(url: string | URL, protocols?: string | string[]) {
				super(String(url).replace(/skjema=[0-9a-f]+/, 'skjema=0123456789abcdef'), protocols);
			}
		};
	});
	await lis.page.context().setOffline(false);
	await expect(lis.page.locator('.notice').filter({ hasText: tekst('editor_banner_gammel') })).toBeVisible();
	await expect(lis.tilSide.getByRole('textbox')).toHaveValue('Skrevet på en gammel side.');
	await expect(lis.page.locator('[contenteditable=true]')).toHaveCount(0);
	expect(await veileder.text('referat')).toBe('Før.');

	await keeps(lis.page, 'Skrevet på en gammel side.');
	lis.page.on('dialog', (dialog) => void dialog.accept());
	await lis.page.getByRole('button', { name: tekst('editor_last_pa_nytt') }).click();
	const igjen = await Samtaleside.open(lis.page, id);
	await expect(igjen.tilSide.getByRole('textbox')).toHaveValue('Skrevet på en gammel side.');
	await expect(igjen.del('referat')).toHaveText('Før.');
});

test('after a restored backup: what an open and a closed page had written is to copy, and nothing of it is merged', async ({
	as,
	faults,
	world
}) => {
	faults.expect(networkCut);
	const { id, lis, veileder } = await together(as);
	await lis.write('referat', 'Fra kopien. ');
	await lis.saved();
	const context = lis.page.context();
	const lukket = await Samtaleside.open(await context.newPage(), id);
	await writeOffline(lukket, 'I en lukket fane.');
	await lukket.page.close();
	await lis.page.bringToFront();
	await lis.write('forberedelse', 'I en åpen fane.');
	await expect(lis.status).toHaveText(tekst('editor_frakoblet_pa_enheten'));
	// What restoring a backup does to every open document.
	await world.owner.updateTable('collab_doc').set({ epoch: 2 }).where('id', '=', id).execute();

	await context.setOffline(false);
	await expect(lis.tilSide.getByRole('textbox')).toHaveValue(/I en lukket fane\.[^]*I en åpen fane\./);
	await lis.ready();
	await expect(lis.del('referat')).toHaveText('Fra kopien.');
	await lis.write('referat', 'Og videre.');
	await lis.saved();
	await expect(veileder.del('referat')).toHaveText('Fra kopien. Og videre.');
	expect(await veileder.text('forberedelse')).toBe('');
});
