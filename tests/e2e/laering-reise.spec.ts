import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/browser-folk.ts';
import { visit } from '../support/browser.ts';
import { tekst } from '../support/browser-text.ts';

/** S11, S13–S16: two themes from the first draft to the approval, each by their own hand. */

const TELEFON = { width: 360, height: 740 };
/** The goals of «Infeksjon» and of «Hormoner og stoffskifte». */
const KODER = ['KLK-008', 'KLK-009', 'KLK-010', 'KLK-011'];
const TEMAER = ['Infeksjon', 'Hormoner og stoffskifte'];
const knapp = (page: Page | Locator, navn: string) => page.getByRole('button', { name: navn, exact: true });
const iDag = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo' }).format(new Date());

/** The LIS does every krav of a goal: sends it to the supervisør, or registers it where the catalogue allows that. */
async function gjorKrav(page: Page, kode: string, supervisor: string): Promise<number> {
	await visit(page, `/laeringsmal/${kode}`);
	const lenker = await page.locator(`a[href^="/aktiviteter/ny?kode=${kode}&krav="]`).all();
	const adresser = await Promise.all(lenker.map(async (lenke) => (await lenke.getAttribute('href')) ?? ''));
	let sendt = 0;
	for (const adresse of adresser) {
		await visit(page, adresse);
		await page.locator('#aktivitet-dato').fill(iDag());
		await page.locator('#aktivitet-tekst').fill(`Det jeg gjorde for ${kode}`);
		const mottaker = page.locator('#aktivitet-mottaker');
		if (await mottaker.isVisible()) {
			await mottaker.selectOption({ label: supervisor });
			await knapp(page, tekst('aktivitet_send_til', { navn: supervisor })).click();
			await expect(page.getByText(tekst('laering_aktivitet_sendt')).first()).toBeVisible();
			sendt += 1;
		} else {
			await knapp(page, tekst('aktivitet_registrer')).click();
			await expect(page.getByText(tekst('aktivitet_registrert'))).toBeVisible();
		}
	}
	return sendt;
}

test('two themes, from the first draft to fullført', async ({ make, pageOf, world }) => {
	test.setTimeout(180_000);
	const [lis, supervisor, veileder, leder] = [
		...[await make('Eli Fjeld', { lis: true }), await make('Siri Vik')],
		...[await make('Kari Berg'), await make('Per Li')]
	] as const;
	await world.relate(lis, supervisor, 'supervisor');
	await world.relate(lis, veileder, 'veileder');
	await world.relate(lis, leder, 'leder');

	const lisSide = await pageOf(lis);
	await lisSide.setViewportSize(TELEFON);
	let sendt = 0;
	for (const kode of KODER) sendt += await gjorKrav(lisSide, kode, supervisor.navn);
	expect(sendt).toBeGreaterThanOrEqual(4);

	const signering = await pageOf(supervisor);
	await signering.setViewportSize(TELEFON);
	await visit(signering, '/signering/flere');
	const bokser = await signering.locator('input[name=aktivitet]').all();
	expect(bokser).toHaveLength(sendt);
	for (const boks of bokser) await boks.check();
	await signering.locator('#signer-anbefal').check();
	await knapp(signering, tekst('signering_flere_knapp')).click();
	await expect(signering.getByText(tekst('signering_flere_ok'))).toBeVisible();

	const veiledning = await pageOf(veileder);
	await visit(veiledning, `/veiledning/${lis.id}/laeringsmal`);
	for (const tema of TEMAER) await veiledning.locator('summary', { hasText: tema }).click();
	for (const kode of KODER) await veiledning.locator(`#velg-${kode}`).check();
	await knapp(veiledning, tekst('laering_anbefal_valgte')).click();
	await expect(veiledning.getByText(tekst('laering_anbefalt_ok'))).toBeVisible();

	// S16: what is ready stays with the LIS until they send it.
	const godkjenning = await pageOf(leder);
	await visit(godkjenning, '/godkjenning');
	await expect(godkjenning.getByText(tekst('godkjenning_venter_tom'))).toBeVisible();
	for (const kode of KODER) {
		await visit(lisSide, `/laeringsmal/${kode}`);
		// Where nothing is missing the form stands open.
		await knapp(lisSide, tekst('laering_send_knapp')).click();
		await expect(lisSide.getByText(tekst('laering_send_kvittering'))).toBeVisible();
	}

	await visit(godkjenning, '/godkjenning');
	for (const tema of TEMAER) {
		await godkjenning.locator('summary', { hasText: tekst('godkjenning_tema', { tema }) }).click();
		// Nothing is missing: no reason is asked for.
		await expect(godkjenning.locator('input[name=uten]:visible')).toHaveCount(0);
		await godkjenning
			.locator('details[open]')
			.getByRole('button', { name: tekst('godkjenning_tema_knapp') })
			.click();
		await expect(godkjenning.getByText(tekst('godkjenning_ok_godkjent'))).toBeVisible();
		await visit(godkjenning, '/godkjenning');
	}

	await visit(lisSide, '/laeringsmal');
	for (const tema of TEMAER)
		await expect(lisSide.locator('summary', { hasText: tema })).toContainText(
			tekst('laering_tema_tall', { fullfort: '2', alle: '2' })
		);
	await visit(veiledning, `/veiledning/${lis.id}/fremdrift`);
	await expect(veiledning.locator('main')).toContainText(
		tekst('fremdrift_selvstendig_mal', { godkjent: '4', antall: '48' })
	);
});
