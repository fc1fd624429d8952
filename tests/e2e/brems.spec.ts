import { randomUUID } from 'node:crypto';
import { ventForForsok } from '../../src/lib/server/auth/throttle.ts';
import { expect, newAddress, test } from '../support/browser-folk.ts';
import { origin, visit } from '../support/browser.ts';
import { tekst } from '../support/browser-text.ts';

/** What somebody meets who asks too often: words, and what they typed. */

test.describe.configure({ mode: 'parallel' });

test('log-in: a flood on one name is told to wait, and the name stays in the form', async ({ page, world, faults }) => {
	faults.expect(/status of 429/);
	const brukernavn = `finnes-ikke-${randomUUID().slice(0, 8)}`;
	await visit(page, '/logg-inn');
	await page.getByLabel(tekst('innlogging_brukernavn')).fill(brukernavn);
	await page.getByLabel(tekst('innlogging_passord')).fill('ikke-passordet');
	for (let i = 0; i < 25; i++) await ventForForsok(world.web, { brukernavn }, new Date(), () => Promise.resolve());
	const answer = page.waitForResponse((response) => response.request().method() === 'POST');
	await page.getByRole('button', { name: tekst('innlogging_knapp') }).click();
	expect(Number((await answer).headers()['retry-after'])).toBeGreaterThanOrEqual(1);
	await expect(page.getByText(tekst('felles_feil_too_many'))).toBeVisible();
	await expect(page.getByLabel(tekst('innlogging_brukernavn'))).toHaveValue(brukernavn);
});

test('invitations: ten a day, and the form of the eleventh keeps what was typed', async ({ make, pageOf, faults }) => {
	faults.expect(/status of 429/);
	const page = await pageOf(await make('Gry Aas', { lis: true }));
	for (const count of [6, 4]) {
		const rows = Array.from({ length: count }, (_, rad) => [
			[`navn-${rad}`, 'Ida Strand'],
			[`epost-${rad}`, newAddress()],
			[`supervisor-${rad}`, 'on']
		]);
		const form = Object.fromEntries(rows.flat()) as Record<string, string>;
		const sent = await page.request.post('/folk?/inviter', { form, headers: { origin, accept: 'text/html' } });
		expect(sent.status()).toBe(200);
	}
	await visit(page, '/folk');
	await page.getByText(tekst('folk_inviter'), { exact: true }).click();
	await page.locator('#inviter-navn-0').fill('Ellef Ring');
	await page.locator('#inviter-epost-0').fill(newAddress());
	await page.locator('#inviter-supervisor-0').check();
	await page.getByRole('button', { name: tekst('folk_inviter_send') }).click();
	await expect(page.getByText(tekst('invitasjon_feil_for_mange'))).toBeVisible();
	await expect(page.locator('#inviter-navn-0')).toHaveValue('Ellef Ring');
	await expect(page.locator('#inviter-supervisor-0')).toBeChecked();
});
