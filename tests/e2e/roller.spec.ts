import { expectAccessibleState } from '../support/browser-axe.ts';
import { expect, test } from '../support/browser-folk.ts';
import { visit } from '../support/browser.ts';
import { tekst } from '../support/browser-text.ts';

/** One person in several roles: veileder for one LIS, leder for another. */

test('the role that is chosen says what Hjem shows, and gives or takes no access', async ({
	make,
	pageOf,
	world,
	faults
}) => {
	faults.expect(/status of 404/);
	const [one, other, both] = await Promise.all([
		make('Tuva Nygård', { lis: true }),
		make('Sindre Løkken', { lis: true }),
		make('Berit Aune')
	]);
	await world.relate(one, both, 'veileder');
	await world.relate(other, both, 'leder');
	const page = await pageOf(both);
	const main = page.locator('main');
	const menu = page.locator('header details').filter({ hasText: tekst('skall_rolle_hjelp') });
	const choose = async (rolle: string) => {
		await menu.locator('summary').click();
		await menu.getByRole('button', { name: rolle, exact: true }).click();
		await expect(menu.locator('[aria-current]')).toHaveText(rolle);
	};

	await visit(page, '/hjem');
	await expect(main).toContainText(one.navn);
	await expect(main).toContainText(other.navn);
	await choose(tekst('rolle_leder_for', { antall: '1' }));
	await expect(main).toContainText(other.navn);
	await expect(main).not.toContainText(one.navn);
	await menu.locator('summary').click();
	await expectAccessibleState(page, 'the choice of a role');
	await page.keyboard.press('Escape');
	for (const lis of [one, other]) expect((await page.request.get(`/veiledning/${lis.id}`)).status()).toBe(200);

	// Who goes to what is not there may be in the wrong role: the choice is offered there, too.
	await visit(page, '/finnes-ikke');
	await main.getByRole('button', { name: tekst('rolle_veileder_for', { antall: '1' }), exact: true }).click();
	await page.waitForURL('**/hjem');
	await expect(main).toContainText(one.navn);
	await expect(main).not.toContainText(other.navn);
	await choose(tekst('skall_rolle_alle'));
	await expect(main).toContainText(other.navn);
});
