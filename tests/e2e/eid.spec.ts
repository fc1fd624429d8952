import type { Page } from '@playwright/test';
import { expect, FOLK, hydrated, test, visit } from '../support/browser.ts';
import { tekst } from '../support/browser-text.ts';
import { expectAccessible, expectNoOverflow } from '../support/browser-axe.ts';

/** Log-in by electronic ID in a browser, with the test provider of `npm start`. */

/** From the log-in page to the test provider's. */
async function toProvider(page: Page, path = '/logg-inn'): Promise<void> {
	await visit(page, path);
	await page.getByRole('button', { name: tekst('eid_knapp') }).click();
	await expect(page.getByRole('heading', { name: 'Testinnlogging' })).toBeVisible();
}

async function choose(page: Page, navn: string): Promise<void> {
	await page.getByRole('radio', { name: new RegExp(navn) }).check();
	await page.getByRole('button', { name: 'Logg inn' }).click();
}

test('a person of the demo world comes in, to the page they were heading for, and out again at both', async ({
	page
}) => {
	await toProvider(page, '/logg-inn?next=%2Fveiledning');
	await choose(page, FOLK.veileder);
	await page.waitForURL('**/veiledning');
	await hydrated(page);
	await page.locator('header summary').click();
	await page.getByRole('button', { name: tekst('skall_logg_ut') }).click();
	await page.waitForURL('**/logg-inn?ut=1');
	await expect(page.getByText(tekst('innlogging_utlogget'))).toBeVisible();
	await page.goto('/hjem');
	await expect(page).toHaveURL(/\/logg-inn/);
});

test('whoever cancels is told so, and can try again', async ({ page }) => {
	await toProvider(page);
	await page.getByRole('button', { name: 'Avbryt' }).click();
	await page.waitForURL('**/eid/feil?grunn=avbrutt');
	await expect(page.getByText(tekst('eid_feil_avbrutt'))).toBeVisible();
	await page.getByRole('button', { name: tekst('eid_feil_prov_igjen') }).click();
	await choose(page, FOLK.lis);
	await page.waitForURL('**/hjem');
});

test('too low a level is refused, with what to do', async ({ page }) => {
	await toProvider(page);
	await page.getByRole('radio', { name: /Lavere/ }).check();
	await choose(page, FOLK.lis);
	await page.waitForURL('**/eid/feil?grunn=lavt_niva*');
	await expect(page.getByText(tekst('eid_feil_lavt_niva'))).toBeVisible();
	await hydrated(page);
	await expectAccessible(page, '/eid/feil');
	await page.setViewportSize({ width: 320, height: 700 });
	await expectNoOverflow(page, '/eid/feil');
});

test('somebody who is not registered goes on to register', async ({ page, faults }) => {
	faults.expect(/404/);
	await toProvider(page);
	await choose(page, 'Sunniva Vik');
	await page.waitForURL('**/registrer');
});

test('without scripts it is the same way', async ({ browse }) => {
	const context = await browse({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto('/logg-inn');
	await page.getByRole('button', { name: tekst('eid_knapp') }).click();
	await choose(page, FOLK.leder);
	await page.waitForURL('**/hjem');
});
