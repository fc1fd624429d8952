import { expect, FOLK, visit } from '../support/browser.ts';
import { keeps, keepsNothing, networkCut, writeOffline } from '../support/browser-enhet.ts';
import { test } from '../support/browser-folk.ts';
import { Samtaleside, together } from '../support/browser-samtale.ts';
import { monster, tekst } from '../support/browser-text.ts';

/** What cannot be merged any more: it is given back to its author, and nothing of it is lost or mixed up. */

test.describe.configure({ mode: 'parallel' });

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
	const { id, lis, veileder } = await together(as, ({ lis: page }) =>
		page.addInitScript(() => {
			window.WebSocket = class extends WebSocket {
				constructor(url: string | URL, protocols?: string | string[]) {
					const gammel = document.documentElement.dataset['gammel'] !== undefined;
					super(gammel ? String(url).replace(/skjema=[0-9a-f]+/, 'skjema=0123456789abcdef') : url, protocols);
				}
			};
		})
	);
	await lis.write('referat', 'Før. ');
	await lis.saved();
	await writeOffline(lis, 'Skrevet på en gammel side.');
	// From now on this page is one whose editor was built with another schema.
	await lis.page.evaluate(() => document.documentElement.setAttribute('data-gammel', ''));
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
	// What restoring a backup does to every open document; who is online is back at once, on a new socket.
	const anew = veileder.page.waitForEvent('websocket');
	await world.owner.updateTable('collab_doc').set({ epoch: 2 }).where('id', '=', id).execute();
	await anew;
	await veileder.ready();

	await context.setOffline(false);
	await expect(lis.tilSide.getByRole('textbox')).toHaveValue(/I en lukket fane\.[^]*I en åpen fane\./);
	await lis.ready();
	await expect(lis.del('referat')).toHaveText('Fra kopien.');
	await lis.write('referat', 'Og videre.');
	await expect(veileder.del('referat')).toHaveText('Fra kopien. Og videre.');
	expect(await veileder.text('forberedelse')).toBe('');
});
