import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { FOLK, expect, hydrated, origin, password, visit } from '../support/browser.ts';
import { test } from '../support/browser-folk.ts';
import { createSamtale, findLisId, planned } from '../support/browser-samtale.ts';
import { tekst, type Sprak } from '../support/browser-text.ts';

test.describe.configure({ mode: 'parallel' });

async function submit(page: Page, brukernavn: string, passord: string, sprak: Sprak = 'nb'): Promise<void> {
	await page.getByLabel(tekst('innlogging_brukernavn', {}, sprak)).fill(brukernavn);
	await page.getByLabel(tekst('innlogging_passord', {}, sprak)).fill(passord);
	await page.getByRole('button', { name: tekst('innlogging_knapp', {}, sprak) }).click();
}

test('a wrong password is said in words, and the username stays', async ({ page, faults }) => {
	faults.expect(/status of 400/);
	await visit(page, '/logg-inn');
	await submit(page, 'drift', 'ikke passordet');
	const summary = page.locator('.ds-error-summary');
	await expect(summary).toContainText(tekst('innlogging_feil_stemmer_ikke'));
	await expect(summary).toBeFocused();
	await expect(page.getByLabel(tekst('innlogging_brukernavn'))).toHaveValue('drift');
	await expect(page.getByLabel(tekst('innlogging_passord'))).toHaveValue('');
	await submit(page, '', '');
	await expect(summary.getByRole('link')).toHaveText([
		tekst('innlogging_brukernavn_mangler'),
		tekst('innlogging_passord_mangler')
	]);
});

test('an address that was asked for survives log-in, its query included', async ({ as, browse }) => {
	const [lis, veileder] = await Promise.all([as('lis'), as('veileder')]);
	const id = await createSamtale(veileder, await findLisId(lis));
	const page = await (await browse()).newPage();
	await visit(page, `/samtaler/${id}?fra=lenke`);
	await expect(page).toHaveURL(/\/logg-inn\?next=/);
	await expect(page.getByText(tekst('innlogging_neste'))).toBeVisible();
	await submit(page, 'lis', password);
	await page.waitForURL(`**/samtaler/${id}?fra=lenke`);
	await visit(page, '/logg-inn?next=https%3A%2F%2Fexample.org');
	await expect(page).toHaveURL(/\/hjem$/);
});

test('a page that does not exist says who is logged in', async ({ as, page, faults }) => {
	faults.expect(/status of 404/);
	const lis = await as('lis');
	for (const path of ['/finnes-ikke', '/samtaler/tull', '/veiledning/00000000-0000-4000-8000-000000000000']) {
		const response = await lis.goto(path);
		expect(response?.status(), path).toBe(404);
		await expect(lis.getByRole('heading', { level: 1 })).toHaveText(tekst('feilside_404_tittel'));
		await expect(lis.getByText(tekst('feilside_404_innlogget', { navn: FOLK.lis }))).toBeVisible();
	}
	const response = await page.goto('/finnes-ikke');
	expect(response?.status()).toBe(404);
	await expect(page.getByText(tekst('feilside_404_utlogget'))).toBeVisible();
});

test('the language is changed everywhere, and is still so after log-in', async ({ page }) => {
	await visit(page, '/logg-inn');
	for (const sprak of ['nn', 'en', 'nb'] as const) {
		await page.getByRole('button', { name: tekst(`sprak_${sprak}`), exact: true }).click();
		await expect(page.locator('html')).toHaveAttribute('lang', sprak);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(tekst('innlogging_tittel', {}, sprak));
		await expect(page).toHaveTitle(tekst('app_sidetittel', { side: tekst('innlogging_tittel', {}, sprak) }, sprak));
	}
	await submit(page, 'drift', password);
	for (const sprak of ['en', 'nn', 'nb'] as const) {
		await page.locator('header summary').click();
		await page.getByRole('button', { name: tekst(`sprak_${sprak}`), exact: true }).click();
		await expect(page.locator('html')).toHaveAttribute('lang', sprak);
		const frame = ['skall_hjem', 'skall_bunn_hjelp', 'skall_bunn_personvern', 'skall_bunn_tilgjengelighet'] as const;
		for (const key of frame) {
			await expect(page.getByRole('link', { name: tekst(key, {}, sprak), exact: true })).toBeVisible();
		}
		await expect(page.getByText(tekst('rolle_drift', {}, sprak)).first()).toBeVisible();
	}
});

test('logging out ends the session in every tab', async ({ as }) => {
	const page = await as('supervisor');
	await visit(page, '/hjem');
	const other = await page.context().newPage();
	await visit(other, '/hjem');
	await page.locator('header summary').click();
	await page.getByRole('button', { name: tekst('skall_logg_ut') }).click();
	await expect(page.getByText(tekst('innlogging_utlogget'))).toBeVisible();
	await other.reload();
	await expect(other).toHaveURL(/\/logg-inn/);
});

test('before a session idles out one is warned, and can stay', async ({ as }) => {
	const page = await as('hdir');
	await page.clock.install();
	await visit(page, '/hjem');
	await page.route('**/api/okt', (route) =>
		route.request().method() === 'GET' ? route.fulfill({ json: { igjenMs: 90_000 } }) : route.fallback()
	);
	await page.clock.fastForward('02:00:00');
	const dialog = page.getByRole('dialog', { name: tekst('okt_tittel') });
	await expect(dialog).toBeVisible();
	await dialog.getByRole('button', { name: tekst('okt_fortsett') }).click();
	await expect(dialog).toBeHidden();
});

test('a session that has ended is told of where one stands, and nothing is left', async ({ as, faults }) => {
	faults.expect(/status of 401/);
	const page = await as('hdir');
	await page.clock.install();
	await visit(page, '/hjem');
	await page.request.post('/logg-ut', { headers: { origin }, maxRedirects: 0 });
	await page.clock.fastForward('02:00:00');
	const dialog = page.getByRole('dialog', { name: tekst('okt_utlopt_tittel') });
	await expect(dialog).toBeVisible();
	await expect(dialog.getByRole('link', { name: tekst('okt_logg_inn_ny_fane') })).toHaveAttribute(
		'href',
		'/logg-inn?next=%2Fhjem'
	);
	await dialog.getByRole('button', { name: tekst('okt_lukk') }).click();
	await expect(page).toHaveURL(/\/hjem$/);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('a browser that takes no cookies is told so, with scripts and without', async ({ playwright, faults }) => {
	const { executablePath, args } = test.info().project.use.launchOptions ?? {};
	const profile = await mkdtemp(join(tmpdir(), 'lis-kommune-uten-kapsler-'));
	await mkdir(join(profile, 'Default'));
	const blocked = { profile: { default_content_setting_values: { cookies: 2 } } };
	await writeFile(join(profile, 'Default/Preferences'), JSON.stringify(blocked));
	try {
		for (const javaScriptEnabled of [true, false]) {
			const context = await playwright.chromium.launchPersistentContext(profile, {
				...(executablePath ? { executablePath } : {}),
				...(args ? { args } : {}),
				locale: 'nb-NO',
				baseURL: origin,
				javaScriptEnabled
			});
			faults.watch(context);
			const page = await context.newPage();
			await page.goto('/logg-inn');
			const told = page.getByText(tekst('innlogging_informasjonskapsler'));
			await submit(page, 'lis2', password);
			await expect(page).toHaveURL(/\/logg-inn/);
			await expect(told).toBeVisible();
			await context.close();
		}
	} finally {
		await rm(profile, { recursive: true, force: true });
	}
});

test('without scripts one logs in, makes a samtale and avlyser it', async ({ as, browse, faults }) => {
	faults.expect(/status of 400/);
	const lisId = await findLisId(await as('lis2'));
	const page = await (await browse({ javaScriptEnabled: false })).newPage();
	await page.goto(`/veiledning/${lisId}`);
	await submit(page, 'veileder', password);
	await expect(page).toHaveURL(new RegExp(`/veiledning/${lisId}$`));
	await page.getByText(tekst('veiledning_ny'), { exact: true }).click();
	const { dato, iOrd } = planned();
	await page.locator('#ny-dato').fill(dato);
	await page.locator('#ny-til').fill('10:00');
	await page.getByRole('button', { name: tekst('veiledning_opprett') }).click();
	await expect(page.locator('.ds-error-summary')).toContainText(tekst('samtale_feil_fra_mangler'));
	await expect(page.locator('#ny-dato')).toHaveValue(dato);
	await page.locator('#ny-fra').fill('09:00');
	await page.getByRole('button', { name: tekst('veiledning_opprett') }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(tekst('samtale_tittel', { dato: iOrd }));

	await page.getByText(tekst('samtale_avlys'), { exact: true }).click();
	await page.getByLabel(tekst('samtale_avlys_grunn')).fill('Flyttes.');
	await page.getByRole('button', { name: tekst('samtale_avlys_bekreft') }).click();
	await expect(page.getByText(tekst('samtale_avlyst_grunn', { grunn: 'Flyttes.' }))).toBeVisible();
	await page.locator('header summary').click();
	await page.getByRole('button', { name: tekst('skall_logg_ut') }).click();
	await expect(page.getByText(tekst('innlogging_utlogget'))).toBeVisible();
});

test('on a phone the menu is usable and what one presses first is large enough', async ({ make, pageOf, world }) => {
	const [lis, veileder] = [await make('Eli Fjeld', { lis: true }), await make('Kari Holm')];
	await world.relate(lis, veileder, 'veileder');
	const samtale = await world.samtale(veileder, lis);
	const page = await pageOf(lis, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
	await visit(page, '/hjem');
	const small = () =>
		page
			.locator('.ds-button:visible, header summary, header nav a:visible, header button:visible')
			.evaluateAll((targets) =>
				targets
					.map((target) => ({ text: target.textContent?.trim(), box: target.getBoundingClientRect() }))
					.filter(({ box }) => box.height < 44 || box.width < 44)
					.map(({ text, box }) => `${text}: ${box.width} × ${box.height}`)
			);
	expect(await small()).toEqual([]);
	await page.locator('header summary').tap();
	await expect(page.getByRole('button', { name: tekst('skall_logg_ut') })).toBeInViewport({ ratio: 1 });
	expect(await small()).toEqual([]);
	await page.keyboard.press('Escape');
	await expect(page.getByRole('button', { name: tekst('skall_logg_ut') })).toBeHidden();

	await expect(page.getByRole('link', { name: tekst('skall_veiledning'), exact: true })).toBeHidden();
	await page.getByRole('button', { name: tekst('skall_meny'), exact: true }).tap();
	expect(await small()).toEqual([]);
	await page.getByRole('link', { name: tekst('skall_veiledning'), exact: true }).tap();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(tekst('veiledning_min'));
	await expect(page.getByRole('link', { name: tekst('skall_hjem'), exact: true })).toBeHidden();
	await page.locator(`main a[href="/samtaler/${samtale}"]`).tap();
	await expect(page.getByRole('textbox', { name: tekst('samtale_referat') })).toBeVisible();
	expect(await small()).toEqual([]);
	const tools = await page
		.getByRole('toolbar')
		.first()
		.getByRole('button')
		.evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().height));
	expect(Math.min(...tools)).toBeGreaterThanOrEqual(44);
});

test('a menu that is opened before scripts have run stays open when they do', async ({ as }) => {
	const page = await as('supervisor');
	const skript = Promise.withResolvers<null>();
	await page.route('**/_app/immutable/entry/**', async (route) => {
		await skript.promise;
		await route.continue();
	});
	await page.goto('/hjem', { waitUntil: 'commit' });
	await page.locator('header summary').click();
	await expect(page.getByRole('button', { name: tekst('skall_logg_ut') })).toBeVisible();
	skript.resolve(null);
	await hydrated(page);
	await page.getByLabel(tekst('skall_demp')).check();
});
