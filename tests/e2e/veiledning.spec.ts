import type { Page } from '@playwright/test';
import { FOLK, expect, firstName, hydrated, logIn, test, visit, type Brukernavn } from '../support/browser.ts';
import { createSamtale, findLisId, listSamtaler, planned } from '../support/browser-samtale.ts';
import { monster, tekst } from '../support/browser-text.ts';

test.describe.configure({ mode: 'parallel' });

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

/** Fills in date, time and place in the form with this prefix of ids. */
async function fillTid(page: Page, prefix: string, tid: Record<string, string>): Promise<void> {
	for (const [felt, verdi] of Object.entries(tid)) await page.locator(`#${prefix}-${felt}`).fill(verdi);
}

/** Says what is wrong, has the focus, and leads to the field. */
async function expectSummary(page: Page, prefix: string, felt: string, feil: string): Promise<void> {
	const summary = page.locator('.ds-error-summary');
	await expect(summary).toBeFocused();
	await expect(summary.getByRole('link', { name: feil })).toHaveAttribute('href', `#${prefix}-${felt}`);
	const input = page.locator(`#${prefix}-${felt}`);
	await expect(input).toHaveAttribute('aria-invalid', 'true');
	await expect(input).toHaveAccessibleDescription(new RegExp(feil.replace(/[.*+?()]/g, '\\$&')));
}

test('the veileder goes from the list to a LIS, and makes a samtale that stands under Aktive', async ({ browse }) => {
	const page = await logIn(await browse(), 'veileder');
	await page.getByRole('link', { name: tekst('skall_veiledning'), exact: true }).click();
	await expect(heading(page)).toHaveText(tekst('veiledning_tittel'));
	await expect(heading(page)).toBeFocused();
	await page.getByRole('link', { name: FOLK.lis2, exact: true }).click();
	await expect(heading(page)).toHaveText(tekst('veiledning_for', { navn: FOLK.lis2 }));

	await page.getByText(tekst('veiledning_ny'), { exact: true }).click();
	const { dato, iOrd } = planned();
	await fillTid(page, 'ny', { dato, fra: '10:15', til: '11:00', sted: 'Lyngtun sykehjem' });
	await page.getByRole('button', { name: tekst('veiledning_opprett') }).click();
	await expect(heading(page)).toHaveText(tekst('samtale_tittel', { dato: iOrd }));
	await expect(page.getByText(FOLK.lis2).and(page.locator('main .muted'))).toContainText('kl. 10.15–11.00');
	await expect(page.getByText('Lyngtun sykehjem').first()).toBeVisible();

	const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
	await page.getByRole('link', { name: FOLK.lis2 }).click();
	const aktive = page.getByRole('region', { name: tekst('veiledning_aktive') });
	const row = aktive.getByRole('listitem').filter({ has: page.locator(`a[href="/samtaler/${id}"]`) });
	await expect(row).toContainText('kl. 10.15–11.00 · Lyngtun sykehjem');
	await expect(row).toContainText(tekst('samtale_status_planlagt'));

	const lis = await logIn(await browse(), 'lis2');
	await lis.getByRole('link', { name: tekst('skall_veiledning'), exact: true }).click();
	await expect(heading(lis)).toHaveText(tekst('veiledning_min'));
	await lis.locator(`a[href="/samtaler/${id}"]`).click();
	await expect(heading(lis)).toHaveText(tekst('samtale_tittel', { dato: iOrd }));
});

test('an impossible date and an end before the start are said beside the fields, and keep what was typed', async ({
	as
}) => {
	const [lis, page] = await Promise.all([as('lis'), as('veileder')]);
	await visit(page, `/veiledning/${await findLisId(lis)}`);
	await page.getByText(tekst('veiledning_ny'), { exact: true }).click();
	await fillTid(page, 'ny', { dato: planned().dato, fra: '14:30', til: '13:00', sted: 'Møterom 2' });
	await page.getByRole('button', { name: tekst('veiledning_opprett') }).click();
	await expectSummary(page, 'ny', 'til', tekst('samtale_feil_til_for_fra'));
	await expect(page.locator('#ny-fra')).toHaveValue('14:30');
	await expect(page.locator('#ny-til')).toHaveValue('13:00');
	await expect(page.locator('#ny-sted')).toHaveValue('Møterom 2');

	// As Chromium writes a date: day, month, year. 31 February is no date to it, and would arrive as an empty field.
	await page.locator('#ny-dato').fill('');
	await page.locator('#ny-dato').focus();
	await page.keyboard.type('31022027');
	await page.getByRole('button', { name: tekst('veiledning_opprett') }).click();
	await expectSummary(page, 'ny', 'dato', tekst('samtale_feil_dato'));
	await expect(page.locator('#ny-sted')).toHaveValue('Møterom 2');

	await page.locator('.ds-error-summary').getByRole('link').first().click();
	await expect(page.locator('#ny-dato')).toBeFocused();
});

test('both change the date: the later one is told, and keeps what they typed', async ({ as }) => {
	const [lis, one, other] = await Promise.all([as('lis'), as('veileder'), as('veileder')]);
	const id = await createSamtale(one, await findLisId(lis));
	await Promise.all([visit(one, `/samtaler/${id}`), visit(other, `/samtaler/${id}`)]);
	const { dato, iOrd } = planned();
	for (const [page, sted] of [
		[one, 'Først'],
		[other, 'Sist']
	] as const) {
		await page.getByText(tekst('samtale_sett_tid'), { exact: true }).click();
		await fillTid(page, 'tid', { dato, fra: '09:00', sted });
	}
	await one.getByRole('button', { name: tekst('samtale_lagre_tid') }).click();
	await expect(one.getByText(tekst('samtale_tid_lagret'))).toBeVisible();
	await expect(heading(one)).toHaveText(tekst('samtale_tittel', { dato: iOrd }));

	await other.getByRole('button', { name: tekst('samtale_lagre_tid') }).click();
	await expect(other.locator('.ds-error-summary')).toContainText(tekst('samtale_konflikt_endret'));
	await expect(other.locator('main p.muted').filter({ hasText: 'Først' })).toBeVisible();
	await expect(other.locator('#tid-sted')).toHaveValue('Sist');
	await other.getByRole('button', { name: tekst('samtale_lagre_tid') }).click();
	await expect(other.getByText(tekst('samtale_tid_lagret'))).toBeVisible();
	await expect(other.locator('main p.muted').filter({ hasText: 'Sist' })).toBeVisible();
});

test('the LIS proposes a date, and the veileder accepts it', async ({ as }) => {
	const [lis, veileder] = await Promise.all([as('lis'), as('veileder')]);
	const id = await createSamtale(veileder, await findLisId(lis));
	await visit(lis, `/samtaler/${id}`);
	await expect(lis.getByText(tekst('samtale_sett_tid'), { exact: true })).toHaveCount(0);
	await expect(lis.getByText(tekst('samtale_avlys'), { exact: true })).toHaveCount(0);
	await lis.getByText(tekst('samtale_foresla'), { exact: true }).click();
	await lis.getByRole('button', { name: tekst('samtale_send_forslag') }).click();
	await expectSummary(lis, 'foresla', 'dato', tekst('samtale_feil_dato_ma_fylles'));
	const { dato, iOrd } = planned();
	await fillTid(lis, 'foresla', { dato, fra: '12:00', til: '12:45', sted: 'Legevakta' });
	await lis.getByRole('button', { name: tekst('samtale_send_forslag') }).click();
	await expect(lis.getByText(tekst('samtale_forslag_sendt'))).toBeVisible();
	await expect(lis.getByRole('region', { name: tekst('samtale_forslag_ditt') })).toContainText('kl. 12.00–12.45');

	await visit(veileder, `/samtaler/${id}`);
	const forslag = veileder.getByRole('region', { name: tekst('samtale_forslag_fra', { navn: FOLK.lis }) });
	await expect(forslag).toContainText('kl. 12.00–12.45 · Legevakta');
	await forslag.getByRole('button', { name: tekst('samtale_godta') }).click();
	await expect(veileder.getByText(tekst('samtale_forslag_godtatt'))).toBeVisible();
	await expect(heading(veileder)).toHaveText(tekst('samtale_tittel', { dato: iOrd }));
	await expect(forslag).toBeHidden();
	await lis.reload();
	await expect(heading(lis)).toHaveText(tekst('samtale_tittel', { dato: iOrd }));
});

test('a samtale is not avlyst without a reason, and stands in neither list afterwards', async ({ as }) => {
	const [lis, veileder] = await Promise.all([as('lis'), as('veileder')]);
	const lisId = await findLisId(lis);
	const id = await createSamtale(veileder, lisId);
	await visit(veileder, `/samtaler/${id}`);
	await veileder.getByText(tekst('samtale_avlys'), { exact: true }).click();
	await veileder.getByRole('button', { name: tekst('samtale_avlys_bekreft') }).click();
	await expectSummary(veileder, 'avlys', 'grunn', tekst('samtale_feil_grunn_mangler'));
	await veileder.getByLabel(tekst('samtale_avlys_grunn')).fill('Nora er på kurs.');
	await veileder.getByRole('button', { name: tekst('samtale_avlys_bekreft') }).click();
	await expect(veileder.getByText(tekst('samtale_avlyst_grunn', { grunn: 'Nora er på kurs.' }))).toBeVisible();

	await visit(lis, `/veiledning/${lisId}`);
	for (const liste of ['veiledning_aktive', 'veiledning_tidligere'] as const)
		await expect(lis.getByRole('region', { name: tekst(liste) }).locator(`a[href="/samtaler/${id}"]`)).toHaveCount(0);
	await lis.getByText(monster('veiledning_avlyste')).click();
	await lis.locator(`a[href="/samtaler/${id}"]`).click();
	await expect(lis.getByText(tekst('samtale_avlyst_grunn', { grunn: 'Nora er på kurs.' }))).toBeVisible();
});

test('the leder sees that samtaler exist, when and in which state, and no way into them', async ({ as, faults }) => {
	faults.expect(/status of 404/);
	const [lis, veileder, leder] = await Promise.all([as('lis'), as('veileder'), as('leder')]);
	const lisId = await findLisId(lis);
	const id = await createSamtale(veileder, lisId, { dato: planned().dato, fra: '08:00', sted: 'Rom 7' });
	await visit(leder, `/veiledning/${lisId}`);
	const aktive = leder.getByRole('region', { name: tekst('veiledning_aktive') });
	await expect(aktive).toContainText('kl. 08.00');
	await expect(aktive).toContainText(tekst('samtale_status_planlagt'));
	await expect(leder.getByText(tekst('veiledning_bare_finnes', { navn: FOLK.lis }))).toBeVisible();
	await expect(leder.locator('a[href*="/samtaler/"]')).toHaveCount(0);
	await expect(leder.getByText(tekst('veiledning_ny'), { exact: true })).toHaveCount(0);
	expect(await listSamtaler(leder)).toEqual([]);

	const response = await leder.goto(`/samtaler/${id}`);
	expect(response?.status()).toBe(404);
	await expect(leder.getByText(tekst('feilside_404_innlogget', { navn: FOLK.leder }))).toBeVisible();
});

for (const brukernavn of Object.keys(FOLK) as Brukernavn[]) {
	test(`${brukernavn} has a Hjem with one heading and a title of its own`, async ({ as }) => {
		const page = await as(brukernavn);
		const response = await page.goto('/hjem');
		expect(response?.status()).toBe(200);
		await hydrated(page);
		await expect(heading(page)).toHaveCount(1);
		await expect(heading(page)).toContainText(firstName(brukernavn));
		await expect(page).toHaveTitle(tekst('app_sidetittel', { side: tekst('hjem_tittel') }));
	});
}

test('no two pages have the same title', async ({ as }) => {
	const [lis, page] = await Promise.all([as('lis'), as('veileder')]);
	const lisId = await findLisId(lis);
	const id = await createSamtale(page, lisId);
	const paths = ['/hjem', '/veiledning', `/veiledning/${lisId}`, `/samtaler/${id}`];
	const titles: string[] = [];
	for (const path of [...paths, '/hjelp', '/personvern', '/tilgjengelighet']) {
		await page.goto(path);
		titles.push(await page.title());
		await expect(heading(page), path).toHaveCount(1);
	}
	await lis.context().clearCookies();
	await lis.goto('/logg-inn');
	titles.push(await lis.title());
	expect(new Set(titles).size).toBe(titles.length);
});
