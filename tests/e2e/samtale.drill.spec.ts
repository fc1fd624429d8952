import { expect, test, visit } from '../support/browser.ts';
import { converged, together } from '../support/browser-samtale.ts';
import { tekst } from '../support/browser-text.ts';
import { findPids, killService, startDatabase, stopDatabase } from '../support/drill.ts';

/** What Chromium writes about servers that the drill has taken away. */
const serverGone = /WebSocket connection to .* failed|ERR_CONNECTION_REFUSED|status of 50[0-9]/;

test.describe.configure({ mode: 'serial' });
test.beforeEach(({ faults }) => faults.expect(serverGone));

test('ws-server is killed while both type: it comes back by itself, and every letter is there once', async ({ as }) => {
	const { lis, veileder } = await together(as);
	const before = (await findPids())['ws-server'];
	const words = (who: string): string[] => Array.from({ length: 30 }, (_, n) => `${who}${n}`);
	const [noras, karis] = [words('n'), words('k')];
	await Promise.all([
		lis.write('forberedelse', noras.join(' '), 20),
		veileder.write('referat', karis.join(' '), 20),
		(async () => {
			await expect(veileder.del('forberedelse')).toContainText('n5');
			await killService('ws-server');
		})()
	]);
	await Promise.all([lis.saved(), veileder.saved()]);
	await converged(lis, veileder);
	expect((await lis.text('forberedelse')).split(' ')).toEqual(noras);
	expect((await lis.text('referat')).split(' ')).toEqual(karis);
	expect((await findPids())['ws-server']).not.toBe(before);

	await lis.page.reload();
	await lis.ready();
	expect((await lis.text('forberedelse')).split(' ')).toEqual(noras);
});

test('PostgreSQL is away: «ikke lagret» in words, nobody else sees it, and all is saved when it is back', async ({
	as
}) => {
	const { lis, veileder } = await together(as);
	await lis.write('referat', 'Lagret. ');
	await lis.saved();
	await expect(veileder.del('referat')).toHaveText('Lagret.');
	try {
		await stopDatabase();
		await lis.write('referat', 'Skrevet uten database. ');
		await expect(lis.status).toHaveText(tekst('editor_lagrer'));
		await expect(lis.status).toHaveText(tekst('editor_ikke_kontakt'), { timeout: 15_000 });
		expect(await veileder.text('referat')).toBe('Lagret.');
	} finally {
		await startDatabase();
	}
	await lis.saved();
	await expect(veileder.del('referat')).toHaveText('Lagret. Skrevet uten database.');
	await veileder.write('referat', 'Kari også.');
	await veileder.saved();
	await converged(lis, veileder);
});

test('a button beside the text, pressed while the database is away, is answered in words, and the text stays', async ({
	as
}) => {
	const { veileder } = await together(as);
	const { page } = veileder;
	await veileder.write('referat', 'Lagret. ');
	await veileder.saved();
	try {
		await stopDatabase();
		await veileder.write('referat', 'Ikke lagret.');
		await page.getByRole('button', { name: tekst('ferdigstill_knapp'), exact: true }).click();
		await expect(page.getByRole('alert').filter({ hasText: tekst('felles_feil_utilgjengelig') })).toBeVisible();
		await expect(veileder.del('referat')).toHaveText('Lagret. Ikke lagret.');
	} finally {
		await startDatabase();
	}
	await veileder.saved();
	await page.reload();
	await expect(veileder.del('referat')).toHaveText('Lagret. Ikke lagret.');
});

test('a page without the database says so, and comes back by itself', async ({ as }) => {
	const page = await as('leder');
	await visit(page, '/hjem');
	try {
		await stopDatabase();
		const response = await page.reload();
		expect(response?.status()).toBe(503);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(tekst('feilside_503_tittel'));
	} finally {
		await startDatabase();
	}
	await expect(page.getByRole('heading', { name: tekst('veiledning_tittel') })).toBeVisible();
});

test('a form that is sent without the database keeps what was typed, and goes through afterwards', async ({ as }) => {
	const { veileder } = await together(as);
	const { page } = veileder;
	await page.getByText(tekst('samtale_avlys'), { exact: true }).click();
	await page.getByLabel(tekst('samtale_avlys_grunn')).fill('Nora er syk.');
	try {
		await stopDatabase();
		await page.getByRole('button', { name: tekst('samtale_avlys_bekreft') }).click();
		await expect(page.getByRole('alert').filter({ hasText: tekst('felles_feil_utilgjengelig') })).toBeVisible();
		await expect(page.getByLabel(tekst('samtale_avlys_grunn'))).toHaveValue('Nora er syk.');
	} finally {
		await startDatabase();
	}
	await expect(async () => {
		await page.getByRole('button', { name: tekst('samtale_avlys_bekreft') }).click();
		await expect(page.getByText(tekst('samtale_avlyst_banner'))).toBeVisible({ timeout: 1_000 });
	}).toPass();
});
