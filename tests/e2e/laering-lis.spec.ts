import type { Locator, Page } from '@playwright/test';
import { stateViewer } from '../support/browser-axe.ts';
import { expect, identify, newAddress, stranger, test } from '../support/browser-folk.ts';
import { hydrated, useLanguage, visit } from '../support/browser.ts';
import { monster, tekst, type Sprak } from '../support/browser-text.ts';
import { kravAv } from '../support/laering.ts';

/** S13, S14 and signing on the spot as a LIS meets them, with a phone in the hand. */

test.describe.configure({ mode: 'parallel', timeout: 90_000 });

const TELEFON = { width: 360, height: 740 };
const KODE = 'KLK-001';
const knapp = (page: Page | Locator, navn: string) => page.getByRole('button', { name: navn, exact: true });
const iDag = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo' }).format(new Date());

/** Fills in what must be there, but for the supervisør. */
async function fyllInn(page: Page, hva: string): Promise<void> {
	await page.locator('#aktivitet-dato').fill(iDag());
	await page.locator('#aktivitet-tekst').fill(hva);
}
const lagret = (page: Page) => expect(page.locator('#innhold').getByText(monster('editor_lagret_kl'))).toBeVisible();

test('finds a goal by arena, fills in, sends, takes back, and sends again; the goal goes to the leder', async ({
	make,
	pageOf,
	world
}) => {
	const [lis, supervisor, leder] = [
		await make('Eli Fjeld', { lis: true }),
		await make('Siri Vik'),
		await make('Per Li')
	];
	await world.relate(lis, supervisor, 'supervisor');
	await world.relate(lis, leder, 'leder');
	const page = await pageOf(lis);
	await page.setViewportSize(TELEFON);
	await visit(page, '/laeringsmal');
	await page.getByRole('link', { name: 'Legevakt', exact: true }).click();
	await expect(page).toHaveURL(/arena=legevakt&utvalg=mangler/);
	await page.locator('summary', { hasText: tekst('laering_filter') }).click();
	await page.locator('#filter-sok').fill('akutte tilstander');
	await expect(page.locator(`a[href="/laeringsmal/${KODE}"]`)).toBeVisible();
	await expect(page.locator('a[href="/laeringsmal/KLK-002"]')).toHaveCount(0);
	await page.locator(`a[href="/laeringsmal/${KODE}"]`).click();
	await page.waitForURL(`**/laeringsmal/${KODE}`);

	await page.locator(`a[href^="/aktiviteter/ny?kode=${KODE}"]`).first().click();
	await page.waitForURL('**/aktiviteter/ny?**');
	await expect(page.getByText(tekst('aktivitet_lesere'))).toBeVisible();
	await fyllInn(page, 'Brystsmerter hos eldre mann');
	await lagret(page);
	await expect(page).toHaveURL(/\/aktiviteter\/[0-9a-f-]{36}$/);
	await knapp(page, tekst('aktivitet_send')).click();
	await expect(page.locator('.ds-error-summary')).toContainText(tekst('aktivitet_feil_supervisor_mangler'));
	await page.locator('#aktivitet-mottaker').selectOption({ label: 'Siri Vik' });
	await knapp(page, tekst('aktivitet_send_til', { navn: 'Siri Vik' })).click();
	await expect(page.getByText(monster('aktivitet_sendt', { navn: 'Siri Vik' }))).toBeVisible();

	await knapp(page, tekst('laering_trekk')).click();
	await expect(page.locator('#aktivitet-tekst')).toHaveValue('Brystsmerter hos eldre mann');
	await page.locator('#aktivitet-refleksjon').fill('EKG først');
	await lagret(page);
	await knapp(page, tekst('aktivitet_send_til', { navn: 'Siri Vik' })).click();
	await expect(page.getByText(monster('aktivitet_sendt', { navn: 'Siri Vik' }))).toBeVisible();
	await expect(page.getByText('EKG først')).toBeVisible();

	await visit(page, `/laeringsmal/${KODE}`);
	await page.locator('summary', { hasText: tekst('laering_send') }).click();
	await page.locator('#send-kommentar').fill('Klar for vurdering');
	await knapp(page, tekst('laering_send_knapp')).click();
	await expect(page.getByText(tekst('laering_send_kvittering'))).toBeVisible();
	await expect(page.getByText(monster('laering_venter_pa', { navn: 'Per Li' }))).toBeVisible();
	await knapp(page, tekst('laering_trekk')).click();
	await expect(page.getByText(tekst('laering_trekk_kvittering'))).toBeVisible();
});

test('what is written while the net is away is kept on the device, and is saved when it is back', async ({
	make,
	pageOf,
	faults
}) => {
	faults.expect(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
	const forste = await pageOf(await make('Eli Fjeld', { lis: true }));
	const context = forste.context();
	await forste.setViewportSize(TELEFON);
	await visit(forste, '/aktiviteter/ny');
	await context.setOffline(true);
	await forste.locator('#aktivitet-tekst').fill('Skrevet i kjelleren');
	await expect(forste.locator('#innhold').getByText(tekst('aktivitet_frakoblet_enhet'))).toBeVisible();
	// The battery is flat; later, in another place.
	await forste.close();
	await context.setOffline(false);
	const page = await context.newPage();
	await page.setViewportSize(TELEFON);
	await visit(page, '/aktiviteter/ny');
	await expect(page.getByText(tekst('aktivitet_funnet_ny'))).toBeVisible();
	await knapp(page, tekst('aktivitet_funnet_bruk')).click();
	await expect(page.locator('#aktivitet-tekst')).toHaveValue('Skrevet i kjelleren');
	await lagret(page);
	await expect(page).toHaveURL(/\/aktiviteter\/[0-9a-f-]{36}$/);
	const paaEnheten = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('kladd:')));
	expect(await paaEnheten()).toEqual([]);

	await context.setOffline(true);
	await page.locator('#aktivitet-tekst').fill('Skrevet i heisen');
	await expect(page.locator('#innhold').getByText(tekst('aktivitet_frakoblet_enhet'))).toBeVisible();
	expect(await paaEnheten()).toHaveLength(1);
	await context.setOffline(false);
	await lagret(page);
	expect(await paaEnheten()).toEqual([]);
	await page.reload();
	await expect(page.locator('#aktivitet-tekst')).toHaveValue('Skrevet i heisen');

	// A session that ends takes nothing with it either; logging out leaves nothing behind.
	await hydrated(page);
	const [okt] = (await context.cookies()).filter(({ name }) => name === 'okt');
	await context.clearCookies({ name: 'okt' });
	await page.locator('#aktivitet-tekst').fill('Skrevet for sent');
	await expect(page.locator('#innhold').getByText(tekst('aktivitet_utlogget_enhet'))).toBeVisible();
	if (okt) await context.addCookies([okt]);
	await page.reload();
	await expect(page.locator('#aktivitet-tekst')).toHaveValue('Skrevet for sent');
	await lagret(page);
});

test('a draft changed in another tab: nothing that was typed is lost, and the person chooses', async ({
	make,
	pageOf
}) => {
	const page = await pageOf(await make('Eli Fjeld', { lis: true }));
	await visit(page, '/aktiviteter/ny');
	await page.locator('#aktivitet-tekst').fill('Først');
	await lagret(page);
	const annen = await page.context().newPage();
	await visit(annen, page.url());
	await annen.locator('#aktivitet-tekst').fill('I den andre fanen');
	await lagret(annen);
	await page.locator('#aktivitet-tekst').fill('I denne fanen');
	await expect(page.getByText(tekst('aktivitet_konflikt_endret'))).toBeVisible();
	await expect(page.locator('#aktivitet-tekst')).toHaveValue('I denne fanen');
	await knapp(page, tekst('aktivitet_se_lagret')).click();
	await expect(page.getByText(tekst('aktivitet_funnet_endret'))).toBeVisible();
	await expect(page.locator('#aktivitet-tekst')).toHaveValue('I den andre fanen');
	await knapp(page, tekst('aktivitet_funnet_bruk')).click();
	await lagret(page);
	await page.reload();
	await expect(page.locator('#aktivitet-tekst')).toHaveValue('I denne fanen');
});

test('somebody without a user scans the code, identifies, signs; the LIS confirms who it was', async ({
	make,
	pageOf,
	browse,
	world,
	faults
}) => {
	faults.expect(/409/);
	const lis = await make('Eli Fjeld', { lis: true });
	const krav = (await kravAv(world, KODE))[0]?.id ?? '';
	const page = await pageOf(lis);
	await page.setViewportSize(TELEFON);
	await visit(page, `/aktiviteter/ny?kode=${KODE}&krav=${krav}`);
	await fyllInn(page, 'Luftveier sikret');
	await knapp(page, tekst('aktivitet_vis_kode')).click();
	await expect(page.getByRole('img', { name: tekst('aktivitet_kode_bilde') })).toBeVisible();
	await page.locator('summary', { hasText: tekst('aktivitet_kode_lenke') }).click();
	const adresse = (await page.locator('.lenke').textContent()) ?? '';

	const telefon = await browse({ viewport: TELEFON });
	await useLanguage(telefon, 'nb');
	const hos = await telefon.newPage();
	await hos.goto(adresse);
	await expect(hos).toHaveURL(/\/signering\/kode$/);
	await expect(hos.locator('body')).not.toContainText('Luftveier');
	await knapp(hos, tekst('signering_kode_bekreft')).click();
	await identify(hos, stranger('Siri Vikar'));
	await hos.waitForURL('**/signering/kode');
	await hydrated(hos);
	await hos.locator('#registrer-epost').fill(newAddress());
	await knapp(hos, tekst('signering_kode_fortsett')).click();
	await expect(hos.getByText('Luftveier sikret')).toBeVisible();
	await knapp(hos, tekst('signering_kode_signer')).click();
	await expect(hos.getByText(tekst('signering_kode_signert', { navn: 'Eli Fjeld' }))).toBeVisible();

	// Scanned again: it is used.
	const igjen = await (await browse()).newPage();
	await igjen.goto(adresse);
	await expect(igjen.getByText(tekst('signering_konflikt_kode_brukt'))).toBeVisible();

	await page.reload();
	await expect(page.getByText(monster('aktivitet_signert', { navn: 'Siri Vikar' }))).toBeVisible();
	await hydrated(page);
	await knapp(page, tekst('aktivitet_hvem_ja')).click();
	await expect(page.getByText(tekst('aktivitet_hvem_tittel', { navn: 'Siri Vikar' }))).toHaveCount(0);
	await visit(page, '/folk');
	await expect(page.getByText('Siri Vikar', { exact: true })).toBeVisible();
});

for (const sprak of ['nb', 'nn', 'en'] satisfies Sprak[])
	test(`the pages of a LIS’ læringsmål are accessible (${sprak})`, async ({ make, pageOf, world }) => {
		const look = stateViewer(sprak);
		const [lis, supervisor] = [await make('Eli Fjeld', { lis: true }), await make('Siri Vik')];
		await world.relate(lis, supervisor, 'supervisor');
		const krav = (await kravAv(world, KODE))[0]?.id ?? '';
		const page = await pageOf(lis);
		await useLanguage(page.context(), sprak);
		await visit(page, '/laeringsmal?utvalg=mangler&arena=sykehjem');
		await look(page, 'læringsmål, filtered');
		await visit(page, `/laeringsmal/${KODE}`);
		await page.locator('summary', { hasText: tekst('laering_send', {}, sprak) }).click();
		await look(page, 'a goal with its window');
		await visit(page, `/aktiviteter/ny?kode=${KODE}&krav=${krav}`);
		await knapp(page, tekst('aktivitet_send', {}, sprak)).click();
		await expect(page.locator('.ds-error-summary')).toBeFocused();
		await look(page, 'an aktivitet with errors');
		await fyllInn(page, 'Noe');
		await knapp(page, tekst('aktivitet_vis_kode', {}, sprak)).click();
		await expect(page.getByRole('img', { name: tekst('aktivitet_kode_bilde', {}, sprak) })).toBeVisible();
		await look(page, 'a code');
		await page.locator('#aktivitet-mottaker').selectOption({ label: 'Siri Vik' });
		await knapp(page, tekst('aktivitet_send_til', { navn: 'Siri Vik' }, sprak)).click();
		await expect(knapp(page, tekst('laering_trekk', {}, sprak))).toBeVisible();
		await look(page, 'an aktivitet that was sent');
		await visit(page, '/signering/kode');
		await look(page, 'a code that does not work');
	});
