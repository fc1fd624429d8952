import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { NYE_EID } from '../../src/lib/server/demo/eid-personer.ts';
import { expect, FOLK, test, visit } from '../support/browser.ts';
import { fillIn, follow, identify } from '../support/browser-folk.ts';
import { waitForMail } from '../support/browser-mail.ts';
import { tekst } from '../support/browser-text.ts';

/** S1, S2: from electronic ID to people who follow, through the real provider for tests and the real mail. */

const [JONAS, MARIA] = NYE_EID.map(({ navn }) => navn);
const LIS = JONAS ?? '';
const NY = MARIA ?? '';

async function fillRow(page: Page, rad: number, navn: string, epost: string): Promise<void> {
	await page.locator(`#inviter-navn-${rad}`).fill(navn);
	await page.locator(`#inviter-epost-${rad}`).fill(epost);
}

test('a LIS registers by electronic ID and invites three; each answers from the mail, and lands where they should', async ({
	page,
	browse
}) => {
	test.setTimeout(120_000);
	const run = randomUUID().slice(0, 8);
	const til = (hvem: string) => `${hvem}-${run}@example.test`;

	await visit(page, '/logg-inn');
	await page.getByRole('button', { name: tekst('eid_knapp') }).click();
	await identify(page, LIS);
	await page.waitForURL('**/registrer');
	await expect(page.getByText(LIS)).toBeVisible();
	await fillIn(page, til('jonas'));
	await page.locator('#registrer-start').fill('2026-09-01');
	await page.getByRole('button', { name: tekst('registrering_knapp') }).click();

	// Three rows, each with a role of its own to begin with: leder, veileder, supervisør.
	await page.waitForURL('**/registrer/folk');
	await expect(page.locator('fieldset.rad')).toHaveCount(3);
	await fillRow(page, 0, FOLK.leder, til('leder'));
	await fillRow(page, 1, NY, til('ny'));
	await fillRow(page, 2, FOLK.supervisor, til('supervisor'));
	await page.getByRole('button', { name: tekst('registrering_folk_knapp') }).click();
	await page.waitForURL('**/registrer/kvittering');
	await expect(page.getByText(NY)).toBeVisible();
	await page.getByRole('link', { name: tekst('registrering_fortsett') }).click();
	await page.waitForURL('**/hjem');

	// Somebody without a user: electronic ID, the form, and in.
	const ny = await follow(await browse({}), til('ny'));
	await expect(ny.getByRole('heading', { level: 1 })).toHaveText(tekst('invitasjon_overskrift', { lis: LIS }));
	await ny.getByRole('button', { name: tekst('invitasjon_aksepter') }).click();
	await identify(ny, NY);
	await ny.waitForURL('**/invitasjon');
	await fillIn(ny, til('ny'));
	await ny.getByRole('button', { name: tekst('invitasjon_skjema_knapp') }).click();
	await ny.waitForURL(/\/invitasjon\/kvittering/);
	await ny.getByRole('link', { name: tekst('registrering_fortsett') }).click();
	await ny.waitForURL('**/hjem');
	await expect(ny.locator('main')).toContainText(LIS.split(' ')[0] ?? '');

	// Somebody who has a user: one click after log-in by electronic ID.
	const supervisor = await follow(await browse({}), til('supervisor'));
	await supervisor.getByRole('button', { name: tekst('invitasjon_aksepter') }).click();
	await identify(supervisor, FOLK.supervisor);
	await supervisor.waitForURL('**/invitasjon');
	await supervisor.getByRole('button', { name: tekst('invitasjon_aksepter') }).click();
	await supervisor.waitForURL(/\/invitasjon\/kvittering/);

	// Somebody who says no: the link answers nobody after that.
	const context = await browse({});
	const leder = await follow(context, til('leder'));
	await leder.getByRole('button', { name: tekst('invitasjon_avsla') }).click();
	await expect(leder.getByRole('heading', { level: 1 })).toHaveText(tekst('invitasjon_svart_avslatt_tittel'));
	const again = await context.newPage();
	await again.goto((await waitForMail(til('leder'), /inviter/i)).links[0] ?? '');
	await expect(again.getByRole('heading', { level: 1 })).toHaveText(tekst('invitasjon_ugyldig_tittel'));

	// The LIS sees how each of them stands, and has been told.
	await page.goto('/folk');
	await expect(page.locator('main')).toContainText(NY);
	await expect(page.locator('main')).toContainText(tekst('invitasjon_status_avslatt'));
	await waitForMail(til('jonas'), /./);
});
