import type { Page } from '@playwright/test';
import { stateViewer } from '../support/browser-axe.ts';
import {
	expect,
	fillIn,
	identify,
	invitationLink,
	invite,
	newAddress,
	stranger,
	test
} from '../support/browser-folk.ts';
import { hydrated, useLanguage, visit } from '../support/browser.ts';
import { tekst, type Nokkel, type Sprak } from '../support/browser-text.ts';

/** What one meets while registering, inviting and answering, most of it in the middle of a form: each in all three languages. */

test.describe.configure({ mode: 'parallel', timeout: 120_000 });
test.use({ trace: 'off' });

const sprakene: Sprak[] = ['nb', 'nn', 'en'];

/** Sends the form as it stands, and waits for what it says is wrong. */
async function sendWithFaults(page: Page, knapp: string): Promise<void> {
	await page.getByRole('button', { name: knapp }).click();
	await expect(page.locator('.ds-error-summary')).toBeFocused();
}

for (const sprak of sprakene) {
	const ord = (key: Nokkel, values: Record<string, string> = {}): string => tekst(key, values, sprak);

	test(`answering an invitation, and what the LIS sees of it, is accessible (${sprak})`, async ({
		make,
		pageOf,
		browse
	}) => {
		const look = stateViewer(sprak);
		const lis = await make('Eli Fjeld', { lis: true });
		const page = await pageOf(lis);
		await useLanguage(page.context(), sprak);
		const epost = newAddress();
		await invite(page, 'Kari Holm', epost, 'veileder', 'leder');
		await invite(page, 'Arne Høyrup-Kristoffersen', newAddress(), 'supervisor');
		const link = await invitationLink(epost);

		const context = await browse();
		await useLanguage(context, sprak);
		const guest = await context.newPage();
		await visit(guest, link);
		await look(guest, 'an invitation');
		await guest.getByRole('button', { name: ord('invitasjon_aksepter'), exact: true }).click();
		await identify(guest, stranger('Ola Ukjent'));
		await guest.waitForURL('**/invitasjon');
		await hydrated(guest);
		await sendWithFaults(guest, ord('invitasjon_skjema_knapp'));
		await look(guest, 'the form of an invitation with errors');
		await fillIn(guest, newAddress());
		await guest.getByRole('button', { name: ord('invitasjon_skjema_knapp') }).click();
		await guest.waitForURL(/\/invitasjon\/kvittering/);
		await hydrated(guest);
		await look(guest, 'the receipt of whoever waits to be confirmed');
		await visit(guest, link);
		await guest.getByRole('button', { name: ord('invitasjon_be_om_ny') }).click();
		await expect(guest.getByText(ord('invitasjon_bedt'))).toBeVisible();
		await look(guest, 'a link that cannot be used');

		await visit(page, '/folk');
		await expect(page.getByText('Ola Ukjent')).toBeVisible();
		await page.getByText(ord('folk_bytt'), { exact: true }).first().click();
		await page.getByText(ord('folk_inviter'), { exact: true }).click();
		await look(page, 'the people of a LIS, with forms open');
		await sendWithFaults(page, ord('folk_bytt_lagre'));
		await look(page, 'the people of a LIS, with errors');
	});

	test(`registering and inviting is accessible (${sprak})`, async ({ browse }) => {
		const look = stateViewer(sprak);
		const context = await browse();
		await useLanguage(context, sprak);
		const page = await context.newPage();
		await visit(page, '/registrer');
		await look(page, 'registration before electronic ID');
		await page.getByRole('button', { name: ord('registrering_eid_knapp') }).click();
		await identify(page, stranger('Åse Marie Lauvås'));
		await page.waitForURL('**/registrer');
		await hydrated(page);
		await sendWithFaults(page, ord('registrering_knapp'));
		await look(page, 'registration with errors');
		await fillIn(page, newAddress());
		await page.locator('#registrer-start').fill('2026-09-01');
		await page.getByRole('button', { name: ord('registrering_knapp') }).click();
		await page.waitForURL('**/registrer/folk');
		await hydrated(page);
		await page.locator('#inviter-navn-0').fill('Kari Holm');
		await sendWithFaults(page, ord('registrering_folk_knapp'));
		await look(page, 'inviting with errors');
		await page.locator('#inviter-epost-0').fill(newAddress());
		for (const rolle of ['veileder', 'supervisor']) await page.locator(`#inviter-mangler-${rolle}`).check();
		await page.getByRole('button', { name: ord('registrering_folk_knapp') }).click();
		await page.waitForURL('**/registrer/kvittering');
		await hydrated(page);
		await look(page, 'the receipt of a registration');
	});
}
