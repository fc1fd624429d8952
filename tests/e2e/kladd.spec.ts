import { expect, test, visit } from '../support/browser.ts';
import { syntheticNumber, together, type Samtaleside } from '../support/browser-samtale.ts';
import { monster, tekst } from '../support/browser-text.ts';

test.describe.configure({ mode: 'parallel' });

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
