import { expect, origin, test, visit } from '../support/browser.ts';
import { networkCut } from '../support/browser-enhet.ts';
import { expectAccessibleState } from '../support/browser-axe.ts';
import { syntheticNumber, together, type Samtaleside } from '../support/browser-samtale.ts';
import { monster, tekst } from '../support/browser-text.ts';

// Without contact it is tried again only now and then.
test.describe.configure({ mode: 'parallel', timeout: 120_000 });

const kladd = ({ page }: Samtaleside) => page.getByTestId('min-kladd');

test('one’s own kladd saves by itself, is nobody else’s, and is put into the forberedelse by one’s own act', async ({
	as
}) => {
	const { id, lis, veileder } = await together(as);
	const felt = kladd(lis).getByRole('textbox', { name: tekst('samtale_kladd_tittel') });
	await felt.fill('Først dette.\nSå dette.');
	await expect(kladd(lis)).toContainText(monster('editor_lagret_kl'));
	await visit(lis.page, `/samtaler/${id}`);
	await expect(felt).toHaveValue('Først dette.\nSå dette.');
	await visit(veileder.page, `/samtaler/${id}`);
	await veileder.ready();
	expect(await veileder.page.content()).not.toContain('Først dette');

	await lis.ready();
	await kladd(lis)
		.getByRole('button', { name: tekst('samtale_kladd_sett_inn') })
		.click();
	await expect(kladd(lis)).toContainText(tekst('samtale_kladd_satt_inn'));
	await expect(felt).toHaveValue('');
	await lis.saved();
	await expect(veileder.del('forberedelse').getByRole('paragraph')).toHaveText(['Først dette.', 'Så dette.']);
	await expect(kladd(lis)).toContainText(monster('editor_lagret_kl'));
	await visit(lis.page, `/samtaler/${id}`);
	await expect(felt).toHaveValue('');
});

test('a fødselsnummer never leaves the device, and without scripts it is a form', async ({ as }) => {
	const { id, lis } = await together(as);
	const felt = kladd(lis).getByRole('textbox', { name: tekst('samtale_kladd_tittel') });
	await felt.fill(`Pasient ${syntheticNumber}`);
	await expect(kladd(lis)).toContainText(tekst('aktivitet_ugyldig'));
	const uten = await as('lis', { javaScriptEnabled: false });
	await uten.goto(`/samtaler/${id}`);
	await expect(uten.locator('textarea[name=tekst]')).toHaveValue('');
	await uten.locator('textarea[name=tekst]').fill('Uten skript.');
	await uten.getByRole('button', { name: tekst('samtale_kladd_lagre') }).click();
	await expect(uten.locator('textarea[name=tekst]')).toHaveValue('Uten skript.');
});

for (const lagret of ['', 'Lagret i går. '])
	test(`written without a network while the samtale was avlyst, ${lagret ? 'on top of what was saved' : 'the first of it'}: no word is lost`, async ({
		as,
		faults
	}) => {
		faults.expect(networkCut, /status of 409/);
		const { id, lis, veileder } = await together(as);
		const { page } = lis;
		const felt = kladd(lis).getByRole('textbox', { name: tekst('samtale_kladd_tittel') });
		if (lagret) {
			await felt.fill(lagret);
			await expect(kladd(lis)).toContainText(monster('editor_lagret_kl'));
		}
		await page.context().setOffline(true);
		await felt.focus();
		await page.keyboard.press('Control+End');
		await page.keyboard.type('Uten nett.');
		await expect(kladd(lis)).toContainText(tekst('aktivitet_frakoblet'));
		await veileder.page.request.post(`/samtaler/${id}?/avlys`, {
			form: { grunn: 'Nora er syk.' },
			headers: { origin, accept: 'text/html' }
		});

		await page.context().setOffline(false);
		await expect(kladd(lis)).toContainText(tekst('samtale_kladd_kopier'));
		const ulagret = kladd(lis).getByRole('textbox', { name: tekst('samtale_kladd_ulagret') });
		await expect(ulagret).toHaveValue(`${lagret}Uten nett.`);
		await expect(ulagret).not.toBeEditable();
		await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
		await kladd(lis)
			.getByRole('button', { name: tekst('editor_kopier') })
			.click();
		expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${lagret}Uten nett.`);
		await expectAccessibleState(page, 'a kladd that was not saved in time');
		// Leaving would lose it: one is asked.
		const asked = page.waitForEvent('dialog');
		const left = visit(page, `/samtaler/${id}`);
		await (await asked).accept();
		await left;
		await expect(kladd(lis)).toHaveCount(lagret ? 1 : 0);
		if (lagret) await expect(kladd(lis)).toContainText('Lagret i går.');
		await visit(veileder.page, `/samtaler/${id}`);
		expect(await veileder.page.content()).not.toContain('Uten nett.');
	});
