import { stateViewer } from '../support/browser-axe.ts';
import { expect, test } from '../support/browser-folk.ts';
import { origin, visit } from '../support/browser.ts';
import { monster, tekst } from '../support/browser-text.ts';
import { aktivitet } from '../support/signering.ts';

/** «Purr», with a phone in the hand: the LIS sees that nobody has opened it, reminds, and is told when it can be done again. */

test.describe.configure({ mode: 'parallel', timeout: 90_000 });

test('purrer about an aktivitet, sees when it can be done again, and that it was opened', async ({
	make,
	pageOf,
	world
}) => {
	const [lis, supervisor] = [await make('Eli Fjeld', { lis: true }), await make('Siri Vik')];
	await world.relate(lis, supervisor, 'supervisor');
	const [forste, andre] = [await aktivitet(world, { lis, supervisor }), await aktivitet(world, { lis, supervisor })];
	const page = await pageOf(lis);
	await page.setViewportSize({ width: 360, height: 740 });
	const purr = page.locator('#innhold').getByRole('button', { name: tekst('laering_purr') });
	const igjen = page.locator('#innhold').getByText(monster('laering_purr_igjen'));

	await visit(page, `/aktiviteter/${forste}`);
	await expect(page.getByText(tekst('laering_purr_ikke_apnet'))).toBeVisible();
	await purr.click();
	await expect(igjen).toBeVisible();
	await expect(purr).toHaveCount(0);

	// Where it stands what stands with whom, too.
	await visit(page, `/veiledning/${lis.id}/fremdrift`);
	await expect(igjen).toHaveCount(1);
	await expect(purr).toHaveCount(1);
	await purr.click();
	await expect(igjen).toHaveCount(2);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
	await stateViewer('nb')(page, 'purret');

	const deres = await pageOf(supervisor);
	await visit(deres, '/hjem');
	await expect(
		deres
			.locator('#innhold')
			.getByText(monster('varsel_aktivitet_purret', { lis: 'Eli Fjeld' }))
			.first()
	).toBeVisible();
	await visit(deres, `/signering/${andre}`);
	await visit(page, `/aktiviteter/${andre}`);
	await expect(page.locator('#innhold').getByText(monster('laering_purr_apnet'))).toBeVisible();
});

test('works without scripts; too early is told', async ({ make, browse, world, faults }) => {
	faults.expect(/status of 409/);
	const [lis, supervisor] = [await make('Eli Fjeld', { lis: true }), await make('Siri Vik')];
	await world.relate(lis, supervisor, 'supervisor');
	const id = await aktivitet(world, { lis, supervisor });
	const context = await browse({ javaScriptEnabled: false });
	const value = await world.login(lis, new Date());
	await context.addCookies([{ name: 'okt', value, url: origin, httpOnly: true, sameSite: 'Lax' }]);
	const [page, annen] = [await context.newPage(), await context.newPage()];
	for (const en of [page, annen]) await en.goto(`/aktiviteter/${id}`);
	await page.getByRole('button', { name: tekst('laering_purr') }).click();
	await expect(page.getByText(monster('laering_purr_igjen'))).toBeVisible();
	await annen.getByRole('button', { name: tekst('laering_purr') }).click();
	await expect(annen.getByText(monster('laering_purr_igjen'))).toBeVisible();
});
