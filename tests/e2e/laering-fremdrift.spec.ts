import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { dagINorge } from '../../src/lib/domain/dager.ts';
import { plussDager } from '../../src/lib/domain/laering/kalender.ts';
import { stateViewer } from '../support/browser-axe.ts';
import { expect, test, type Bruker } from '../support/browser-folk.ts';
import { visit } from '../support/browser.ts';
import { monster, tekst } from '../support/browser-text.ts';
import type { World } from '../support/world.ts';

/** S11: progress, absence, recommending several goals, the training plan and the papers, by those who meet them. */

test.describe.configure({ mode: 'parallel', timeout: 90_000 });

/** A day so many days from today, in Norway. */
const dag = (fra: number) => plussDager(dagINorge(new Date()), fra);
const knapp = (page: Page, navn: string) => page.getByRole('button', { name: navn, exact: true });
const fane = (page: Page, navn: string) =>
	page.getByRole('navigation', { name: tekst('lis_faner') }).getByRole('link', { name: navn, exact: true });
const apne = (page: Page, navn: string) => page.locator('summary', { hasText: navn }).click();

async function folk(make: (navn: string, o?: { lis?: boolean }) => Promise<Bruker>, world: World) {
	const [lis, veileder, leder] = [
		await make('Áile Ŋøst', { lis: true }),
		await make('Kari Holm'),
		await make('Per Li')
	];
	await world.relate(lis, veileder, 'veileder');
	await world.relate(lis, leder, 'leder');
	await world.owner
		.updateTable('lis')
		.set({ start_dato: dag(-83) })
		.where('bruker_id', '=', lis.id)
		.execute();
	return { lis, veileder, leder };
}

test('absence moves the week, on a phone; only the LIS is told that it was sickness', async ({
	make,
	pageOf,
	world
}) => {
	const { lis, leder } = await folk(make, world);
	const page = await pageOf(lis);
	const se = stateViewer('nb');
	await page.setViewportSize({ width: 360, height: 740 });
	await visit(page, `/veiledning/${lis.id}`);
	await fane(page, tekst('lis_fane_fremdrift')).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(tekst('fremdrift_min'));
	await expect(page.locator('.uke')).toHaveText(tekst('fremdrift_uke_av', { uke: '12', antall: '26' }));

	const skjema = page.locator('details', { hasText: tekst('fremdrift_fravaer_slag') });
	await apne(page, tekst('fremdrift_fravaer_nytt'));
	await knapp(page, tekst('fremdrift_fravaer_nytt')).click();
	await expect(page.locator('.ds-error-summary')).toContainText(tekst('fremdrift_feil_fra'));
	await se(page, 'the form of an absence with faults');
	await page.setViewportSize({ width: 360, height: 740 });
	await page.locator('#fravaer-slag').selectOption('sykdom');
	await page.locator('#fravaer-fra').fill(dag(-9));
	await page.locator('#fravaer-til').fill(dag(-3));
	await knapp(page, tekst('fremdrift_fravaer_nytt')).click();
	await expect(skjema).not.toHaveAttribute('open');
	const rad = page.locator('.lines li', { hasText: tekst('fremdrift_sykdom') });
	await expect(rad).toBeVisible();

	const lederside = await pageOf(leder);
	await visit(lederside, `/veiledning/${lis.id}/fremdrift`);
	await lederside.locator('figure + details > summary').click();
	await expect(lederside.getByText(tekst('fremdrift_annet')).first()).toBeVisible();
	await expect(lederside.getByText(tekst('fremdrift_sykdom'), { exact: true })).toHaveCount(0);

	await rad.getByRole('button').click();
	await expect(page.getByText(tekst('fremdrift_fravaer_ingen'))).toBeVisible();
});

test('the veileder recommends several goals at once and takes one back', async ({ make, pageOf, world }) => {
	const { lis, veileder } = await folk(make, world);
	const page = await pageOf(veileder);
	await visit(page, '/fremdrift');
	await page.getByRole('link', { name: lis.navn }).click();
	await fane(page, tekst('lis_fane_laeringsmal')).click();
	await knapp(page, tekst('laering_anbefal_valgte')).click();
	await expect(page.locator('.ds-error-summary')).toContainText(tekst('godkjenning_feil_velg'));
	await page.locator('summary', { hasText: 'Akuttmedisin og legevakt' }).click();
	for (const kode of ['KLK-001', 'KLK-002']) await page.locator(`#velg-${kode}`).check();
	await knapp(page, tekst('laering_anbefal_valgte')).click();
	await expect(page.getByText(tekst('laering_anbefalt_ok'))).toBeVisible();
	const anbefalt = page.getByText(monster('laering_fulgt_anbefalt', { navn: veileder.navn }));
	await expect(anbefalt).toHaveCount(2);
	await page
		.locator('#KLK-001')
		.getByRole('button', { name: tekst('laering_trekk_anbefaling') })
		.click();
	await expect(page.getByText(tekst('laering_anbefaling_trukket_ok'))).toBeVisible();
	await expect(anbefalt).toHaveCount(1);
});

test('all my LIS in a table that one sorts, the leder confirms the service, the LIS takes the paper home', async ({
	make,
	pageOf,
	world
}) => {
	const { lis, leder } = await folk(make, world);
	const page = await pageOf(leder);
	const se = stateViewer('nb');
	await visit(page, '/fremdrift');
	await expect(page.locator('th[aria-sort="descending"]')).toContainText(tekst('fremdrift_kol_venter'));
	await page
		.locator('thead')
		.getByRole('link', { name: tekst('fremdrift_sorter', { kolonne: tekst('fremdrift_kol_navn') }) })
		.click();
	await expect(page).toHaveURL(/sorter=navn/);
	await expect(page.locator('th[aria-sort="ascending"]')).toContainText(tekst('fremdrift_kol_navn'));
	await se(page, 'the list of progress');

	await visit(page, `/veiledning/${lis.id}/fremdrift`);
	await apne(page, tekst('fremdrift_bekreft_skriv'));
	await page.locator('#bekreft-til').fill(dag(3));
	await knapp(page, tekst('fremdrift_bekreft_knapp')).click();
	await expect(page.locator('.ds-error-summary')).toContainText(tekst('fremdrift_feil_til_framtid'));
	await page.locator('#bekreft-til').fill(dag(0));
	await knapp(page, tekst('fremdrift_bekreft_knapp')).click();
	const lenke = page.getByRole('link', { name: new RegExp(tekst('fremdrift_bekreft_last')) });
	await expect(lenke).toBeVisible();

	const egen = await pageOf(lis);
	await visit(egen, `/veiledning/${lis.id}/fremdrift`);
	const [fil] = await Promise.all([
		egen.waitForEvent('download'),
		egen.getByRole('link', { name: new RegExp(tekst('fremdrift_bekreft_last')) }).click()
	]);
	expect(fil.suggestedFilename()).toBe(`${tekst('fremdrift_bekreft_tittel')} – ${lis.navn}.pdf`);
	expect((await readFile(await fil.path())).subarray(0, 5).toString()).toBe('%PDF-');
	const [csv] = await Promise.all([
		egen.waitForEvent('download'),
		egen.getByRole('link', { name: tekst('fremdrift_rapport_csv') }).click()
	]);
	expect(await readFile(await csv.path(), 'utf8')).toMatch(/^\ufeff.*;.*\r\nÁile Ŋøst;KLK-001;/);
});

test('the training plan: two write at once and nothing is lost, each agrees on the newest version', async ({
	make,
	pageOf,
	world
}) => {
	const { lis, veileder } = await folk(make, world);
	const [egen, andres] = await Promise.all([pageOf(lis), pageOf(veileder)]);
	const adresse = `/veiledning/${lis.id}/utdanningsplan`;
	await Promise.all([visit(egen, adresse), visit(andres, adresse)]);
	await egen.locator('#plan-mal').fill('Trygg på legevakt');
	await knapp(egen, tekst('utdanningsplan_lagre')).click();
	await expect(egen.getByText(tekst('utdanningsplan_lagret'))).toBeVisible();

	await andres.locator('#plan-behov').fill('Mer akuttmedisin');
	await knapp(andres, tekst('utdanningsplan_lagre')).click();
	await expect(andres.locator('.ds-error-summary')).toContainText(tekst('utdanningsplan_konflikt_endret'));
	await expect(andres.locator('#plan-behov')).toHaveValue('Mer akuttmedisin');
	await expect(andres.getByText('Trygg på legevakt').first()).toBeVisible();
	await stateViewer('nb')(andres, 'the training plan after a conflict');
	await andres.locator('#plan-mal').fill('Trygg på legevakt');
	await knapp(andres, tekst('utdanningsplan_lagre')).click();
	await expect(andres.getByText(tekst('utdanningsplan_lagret'))).toBeVisible();
	await expect(andres.getByText(tekst('utdanningsplan_tidligere'))).toBeVisible();

	await knapp(egen, tekst('utdanningsplan_enig')).click();
	await expect(egen.getByText(tekst('utdanningsplan_konflikt_ny'))).toBeVisible();
	await visit(egen, adresse);
	await knapp(egen, tekst('utdanningsplan_enig')).click();
	await expect(egen.getByText(monster('utdanningsplan_enig_rad', { navn: lis.navn }))).toBeVisible();
});
