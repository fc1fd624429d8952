import type { Page } from '@playwright/test';
import { FOLK, expect, hydrated, origin, test, visit } from '../support/browser.ts';
import { expectAccessible, expectAccessibleState, expectNoOverflow, wear } from '../support/browser-axe.ts';
import { findLisId } from '../support/browser-samtale.ts';
import { monster, tekst } from '../support/browser-text.ts';
import { PDF, PNG } from '../support/filer.ts';

test.describe.configure({ mode: 'parallel', timeout: 120_000 });

const MB = 1024 ** 2;
const fil = (name: string, buffer: Buffer = PDF) => ({ name, mimeType: 'application/octet-stream', buffer });
const ko = (page: Page) => page.getByRole('list', { name: tekst('fil_ko') });
const lastOpp = (page: Page) => page.getByRole('button', { name: /^Last opp/ });
/** The row of a file in the list. */
const rad = (page: Page, navn: string) =>
	page.getByRole('listitem').filter({ has: page.locator('a[href^="/filer/"]').getByText(navn, { exact: true }) });

async function apne(page: Page, lisId: string): Promise<void> {
	await visit(page, `/veiledning/${lisId}/filer`);
	const velger = page.getByLabel(tekst('fil_velg'));
	if (!(await velger.isVisible())) await page.getByText(tekst('fil_last_opp_tittel')).click();
	await expect(velger).toBeVisible();
}

test('twenty files, one too large, one disguised, one interrupted and tried again; nothing is left of those', async ({
	as,
	faults
}) => {
	faults.expect(/400 \(Bad Request\)/, /ERR_(FAILED|CONNECTION|INTERNET)/);
	const lis = await as('lis2');
	const lisId = await findLisId(lis);
	await apne(lis, lisId);
	const tjue = Array.from({ length: 20 }, (_, i) => fil(`Dokument ${i + 1}.pdf`));
	let brytes = true;
	await lis.route('**/filer/last-opp', async (route) => {
		const navn = decodeURIComponent(route.request().headers()['x-fil'] ?? '');
		if (!brytes || !navn.includes('Dokument 7.pdf')) return route.continue();
		brytes = false;
		await route.abort('connectionreset');
	});
	await lis
		.getByLabel(tekst('fil_velg'))
		.setInputFiles([
			...tjue,
			fil('Forkledd.pdf', Buffer.from('<html><script>alert(1)</script></html>')),
			fil('For stor.pdf', Buffer.alloc(26 * MB))
		]);
	await expect(ko(lis).getByRole('listitem')).toHaveCount(22);
	await expect(ko(lis).getByText(tekst('fil_feil_for_stor'))).toBeVisible();
	await lastOpp(lis).click();
	await expect(ko(lis).getByText(tekst('fil_ko_ferdig'), { exact: true })).toHaveCount(19);
	await expect(ko(lis).getByText(tekst('fil_feil_innhold'))).toBeVisible();
	await expect(ko(lis).getByText(tekst('fil_feil_avbrutt'))).toBeVisible();
	await expect(rad(lis, 'Dokument 7.pdf')).toHaveCount(0);
	await expect(rad(lis, 'Forkledd.pdf')).toHaveCount(0);
	await ko(lis)
		.getByRole('button', { name: `${tekst('fil_prov_igjen')}: Dokument 7.pdf` })
		.click();
	await expect(ko(lis).getByText(tekst('fil_ko_ferdig'), { exact: true })).toHaveCount(20);
	for (const { name } of tjue) await expect(rad(lis, name)).toHaveCount(1);
	await expectAccessible(lis, 'twenty files');
});

test('by the keyboard alone at 360 px: chosen, sent, shown, fetched, and deleted with a trace', async ({ as }) => {
	const veileder = await as('veileder');
	const lisId = await findLisId(await as('lis'));
	await veileder.setViewportSize({ width: 360, height: 780 });
	await apne(veileder, lisId);
	await expect(veileder.getByText(new RegExp(`${FOLK.lis}.*`)).first()).toBeVisible();
	await veileder.getByLabel(tekst('fil_velg')).focus();
	const velger = veileder.waitForEvent('filechooser');
	await veileder.keyboard.press('Enter');
	await (await velger).setFiles([fil('Bilde fra kurs.png', PNG)]);
	await expect(ko(veileder)).toContainText('Bilde fra kurs.png');
	await lastOpp(veileder).focus();
	await veileder.keyboard.press('Enter');
	const den = rad(veileder, 'Bilde fra kurs.png');
	await expect(den).toBeVisible();
	await den.locator('summary', { hasText: tekst('fil_vis_bilde') }).focus();
	await veileder.keyboard.press('Enter');
	const bilde = den.locator('img');
	await expect.poll(() => bilde.evaluate((en: HTMLImageElement) => en.complete && en.naturalWidth)).toBe(1);
	await expectNoOverflow(veileder, 'files at 360 px');
	const lastet = veileder.waitForEvent('download');
	await den
		.getByRole('link', { name: monster('fil_om', { handling: tekst('fil_last_ned'), navn: 'Bilde fra kurs.png' }) })
		.focus();
	await veileder.keyboard.press('Enter');
	expect((await lastet).suggestedFilename()).toBe('Bilde fra kurs.png');
	await den.locator('summary', { hasText: tekst('fil_slett') }).focus();
	await veileder.keyboard.press('Enter');
	await expectAccessibleState(veileder, 'asked whether to delete');
	await den.getByRole('button', { name: tekst('fil_slett_ja') }).focus();
	await veileder.keyboard.press('Enter');
	await expect(den).toHaveCount(0);
});

test('dropped on the page; the leder reads and adds nothing; without scripts a form does it', async ({
	as,
	browse
}) => {
	const [lis, leder] = await Promise.all([as('lis'), as('leder')]);
	const lisId = await findLisId(lis);
	await apne(lis, lisId);
	const data = await lis.evaluateHandle((pdf) => {
		const overforing = new DataTransfer();
		overforing.items.add(new File([pdf], 'Sluppet.pdf'));
		return overforing;
	}, PDF.toString('latin1'));
	await lis.getByRole('group', { name: tekst('fil_slipp') }).dispatchEvent('drop', { dataTransfer: data });
	await lastOpp(lis).click();
	await expect(rad(lis, 'Sluppet.pdf')).toBeVisible();

	await visit(leder, '/filer');
	await leder.getByRole('link', { name: FOLK.lis, exact: true }).click();
	await hydrated(leder);
	await expect(rad(leder, 'Sluppet.pdf')).toBeVisible();
	await expect(leder.getByLabel(tekst('fil_velg'))).toHaveCount(0);
	await expect(rad(leder, 'Sluppet.pdf').getByText(tekst('fil_slett'), { exact: true })).toHaveCount(0);

	const uten = await browse({ javaScriptEnabled: false });
	await uten.addCookies(await lis.context().cookies(origin));
	const side = await uten.newPage();
	await side.goto(`/veiledning/${lisId}/filer`);
	if (!(await side.getByLabel(tekst('fil_velg')).isVisible()))
		await side.getByText(tekst('fil_last_opp_tittel')).click();
	await side.getByLabel(tekst('fil_velg')).setInputFiles(fil('Uten skript.pdf'));
	await lastOpp(side).click();
	await expect(side.getByText(tekst('fil_lastet'))).toBeVisible();
	await expect(rad(side, 'Uten skript.pdf')).toBeVisible();
	for (const width of [360, 1280] as const)
		for (const colorScheme of ['light', 'dark'] as const) {
			await wear(lis, { sprak: 'nb', colorScheme, width });
			await apne(lis, lisId);
			await expectAccessible(lis, `files at ${width} px, ${colorScheme}`);
			await expectNoOverflow(lis, `files at ${width} px`);
			await lis.screenshot({ path: test.info().outputPath(`filer-${width}-${colorScheme}.png`), fullPage: true });
		}
});
