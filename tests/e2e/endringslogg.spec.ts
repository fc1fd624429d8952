import type { Locator } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { together, type Samtaleside } from '../support/browser-samtale.ts';
import { monster, tekst } from '../support/browser-text.ts';

test.describe.configure({ mode: 'parallel' });

const logg = ({ page }: Samtaleside): Locator => page.getByTestId('endringslogg');
const post = (side: Samtaleside, text: string | RegExp): Locator =>
	logg(side).getByRole('listitem').filter({ hasText: text });
const knapp = (inside: Locator, name: string | RegExp): Locator => inside.getByRole('button', { name });

test('what both do stands in the endringslogg at once, with name, words and part, and opens by the keyboard', async ({
	as
}) => {
	const { lis, veileder } = await together(as);
	await lis.write('referat', 'Nora skrev fire ord.');
	await lis.saved();
	const written = post(veileder, 'Nora skrev fire ord.');
	await expect(written).toContainText(tekst('endringslogg_lagt_til', { ord: '4' }));
	await expect(written).toContainText('Nora');
	await expect(post(veileder, tekst('endringslogg_h_opprettet'))).toBeVisible();

	// The veileder takes the sentence away again: to be read in words, and by those who do not see the page.
	await veileder.rewrite('referat', 'Kari skrev noe annet.');
	const changed = post(lis, 'Kari skrev noe annet.');
	await expect(changed).toContainText(tekst('endringslogg_fjernet', { ord: '4' }));
	await knapp(changed, monster('endringslogg_se_hva')).focus();
	await lis.page.keyboard.press('Enter');
	await expect(changed.locator('ins', { hasText: 'Kari skrev noe annet.' }).last()).toContainText(
		tekst('endringslogg_ins').trim()
	);
	await expect(changed.locator('del', { hasText: 'Nora skrev fire ord.' }).last()).toContainText(
		tekst('endringslogg_del').trim()
	);
	await expect(knapp(changed, tekst('endringslogg_lukk'))).toBeFocused();
});

test('an earlier version is read and brought back, as a new change by the one who does it', async ({ as }) => {
	const { lis, veileder } = await together(as);
	await lis.write('referat', 'Det første som sto her.');
	await lis.saved();
	await expect(post(veileder, 'Det første som sto her.')).toBeVisible();
	await veileder.rewrite('referat', 'Noe helt nytt.');

	const first = post(lis, 'Nora').filter({ hasText: 'Det første som sto her.' });
	await expect(post(lis, 'Noe helt nytt.')).toBeVisible();
	await knapp(first, monster('endringslogg_se_hva')).click();
	await knapp(first, tekst('endringslogg_versjon')).click();
	const dialog = lis.page.getByRole('dialog');
	await expect(dialog).toContainText('Det første som sto her.');
	await knapp(dialog, tekst('endringslogg_neste')).click();
	await expect(dialog).toContainText('Noe helt nytt.');
	await knapp(dialog, tekst('endringslogg_forrige')).click();
	await knapp(dialog, tekst('endringslogg_gjenopprett')).click();
	await expect(dialog).toBeHidden();
	for (const side of [lis, veileder]) {
		await expect(side.del('referat')).toContainText('Det første som sto her.');
		await expect(side.del('referat')).not.toContainText('Noe helt nytt.');
		await expect(logg(side)).toContainText(monster('endringslogg_gjenopprettet'));
	}
	// One goes on writing in it.
	await veileder.write('referat', ' Og mer.');
	await veileder.saved();
	await expect(lis.del('referat')).toContainText('Det første som sto her. Og mer.');
});

test('the finished samtale keeps its endringslogg for both, without scripts too, and brings nothing back', async ({
	as
}) => {
	const { id, lis, veileder } = await together(as);
	await lis.write('forberedelse', 'Vil snakke om søvn.');
	await lis.saved();
	await veileder.write('referat', 'Snakket om søvn.');
	await veileder.saved();
	await veileder.page.getByRole('button', { name: tekst('ferdigstill_knapp'), exact: true }).click();
	await veileder.page.getByRole('button', { name: tekst('ferdigstill_bekreft') }).click();
	await expect(post(veileder, tekst('endringslogg_h_ferdigstilt'))).toBeVisible();
	await expect(post(lis, tekst('endringslogg_h_ferdigstilt'))).toBeVisible();
	const written = post(lis, 'Vil snakke om søvn.');
	await knapp(written, monster('endringslogg_se_hva')).click();
	await knapp(written, tekst('endringslogg_versjon')).click();
	const dialog = lis.page.getByRole('dialog');
	await expect(dialog).toContainText('Vil snakke om søvn.');
	await expect(knapp(dialog, tekst('endringslogg_gjenopprett'))).toHaveCount(0);

	const uten = await as('lis', { javaScriptEnabled: false });
	await uten.goto(`/samtaler/${id}`);
	await expect(uten.getByTestId('endringslogg')).toContainText('Vil snakke om søvn.');
	await expect(uten.getByTestId('endringslogg')).toContainText(tekst('endringslogg_h_ferdigstilt'));
});

test('the difference is told by ins and del with words in the accessibility tree, reached by the keyboard alone', async ({
	as
}) => {
	const { lis, veileder } = await together(as);
	await lis.write('referat', 'Møtes på mandag.');
	await lis.saved();
	await expect(veileder.del('referat')).toContainText('Møtes på mandag.');
	await veileder.rewrite('referat', 'Møtes på fredag.');
	const changed = post(lis, 'Møtes på fredag.');
	const apne = knapp(changed, monster('endringslogg_se_hva'));
	await expect(apne).toBeVisible();

	// From where one writes, by Tab alone.
	await lis.del('referat').focus();
	for (let presses = 0; presses < 60; presses++) {
		if (await apne.evaluate((button) => button === document.activeElement)) break;
		await lis.page.keyboard.press('Tab');
	}
	await expect(apne).toBeFocused();
	await lis.page.keyboard.press('Space');
	await expect(knapp(changed, tekst('endringslogg_lukk'))).toBeFocused();
	const trimmed = (key: 'endringslogg_ins' | 'endringslogg_del' | 'endringslogg_slutt') => tekst(key).trim();
	await expect(changed).toMatchAriaSnapshot(`
    - deletion: /${trimmed('endringslogg_del')}.*mandag.*${trimmed('endringslogg_slutt')}/
  `);
	await expect(changed).toMatchAriaSnapshot(`
    - insertion: /${trimmed('endringslogg_ins')}.*fredag.*${trimmed('endringslogg_slutt')}/
  `);
});
