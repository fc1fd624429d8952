import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { insertFasteRoller } from '../../src/lib/server/queries/synthetic-people.ts';
import { stateViewer } from '../support/browser-axe.ts';
import { expect, test, type Bruker } from '../support/browser-folk.ts';
import { waitForMail } from '../support/browser-mail.ts';
import { hydrated, logInQuietly, useLanguage, visit } from '../support/browser.ts';
import { tekst, type Sprak } from '../support/browser-text.ts';
import { gjorPlan, planTil } from '../support/plan.ts';
import type { World } from '../support/world.ts';

/** Helsedirektoratet: the catalogue from draft to the LIS who is moved to it, and a finished plan from shared to ruled on. */

test.describe.configure({ mode: 'parallel', timeout: 120_000 });

const knapp = (page: Page, navn: string) => page.getByRole('button', { name: navn, exact: true });
async function utnevn(world: World, person: Bruker): Promise<Bruker> {
	await insertFasteRoller(world.owner, [{ brukerId: person.id, rolle: 'hdir', fra: world.past(60) }]);
	return person;
}

test('a plan is written, published and assigned; a stricter version of it is told of, published, and the LIS moved to it', async ({
	make,
	pageOf,
	world
}) => {
	const hdir = await utnevn(world, await make('Hilde Foss'));
	const [lis, leder] = [await make('Eli Fjeld', { lis: true }), await make('Per Berg')];
	await world.relate(lis, leder, 'leder');
	const plan = `prov-${randomUUID().slice(0, 8)}`;
	const page = await pageOf(hdir);
	await visit(page, '/katalog');
	await page.locator('summary', { hasText: tekst('katalog_ny_plan') }).click();
	await page.locator('#ny-plan').fill(plan);
	await page.locator('#ny-navn_nb').fill(`Plan ${plan}`);
	await knapp(page, tekst('katalog_ny_plan')).click();
	await expect(page.locator('.ds-error-summary')).toBeFocused();
	await expect(page.locator('#ny-navn_nb')).toHaveValue(`Plan ${plan}`);
	await page.locator('#ny-navn_nn').fill(`Plan ${plan}`);
	await knapp(page, tekst('katalog_ny_plan')).click();
	await page.waitForURL(/\/katalog\/[0-9a-f-]{36}$/);
	await hydrated(page);

	await page.getByRole('link', { name: tekst('katalog_nytt_mal') }).click();
	for (const [felt, verdi] of [
		...[['kode', 'PROV-001'] as const, ['tittel_nb', 'Første mål'] as const, ['tema_nb', 'Tema'] as const],
		...[['tema_nn', 'Tema'] as const, ['krav_nb-0', 'Øvelse'] as const]
	])
		await page.locator(`#mal-${felt}`).fill(verdi);
	await knapp(page, tekst('katalog_lagre')).click();
	await expect(page.locator('.ds-error-summary')).toBeFocused();
	await expect(page.locator('#mal-krav_nb-0')).toHaveValue('Øvelse');
	await page.locator('#mal-tittel_nn').fill('Første mål');
	await page.locator('#mal-krav_nn-0').fill('Øving');
	await page.getByLabel('Kunnskap', { exact: true }).check();
	await knapp(page, tekst('katalog_lagre')).click();
	await page.waitForURL(/\/katalog\/[0-9a-f-]{36}#mal$/);
	await publiser(page, '2026-01-01');

	const lederside = await pageOf(leder);
	await visit(lederside, `/planer/${lis.id}`);
	await lederside.locator('#tildel-plan').selectOption(plan);
	await knapp(lederside, tekst('plan_tildel')).click();
	await expect(lederside.getByText(tekst('plan_ok_tildelt'))).toBeVisible();

	await visit(page, '/katalog');
	await page.locator(`section[aria-labelledby="plan-${plan}"]`).getByRole('button').click();
	await page.waitForURL(/\/katalog\/[0-9a-f-]{36}$/);
	await page.getByRole('link', { name: 'Rediger PROV-001' }).click();
	await page.getByLabel(tekst('katalog_felt_skjerpet'), { exact: true }).check();
	await knapp(page, tekst('katalog_lagre')).click();
	await page.waitForURL(/#mal$/);
	await expect(page.locator('section[aria-labelledby="forskjell"]')).toContainText(tekst('katalog_skjerpet'));
	await publiser(page, '2027-01-01');
	await page.getByLabel('Eli Fjeld').check();
	await knapp(page, tekst('katalog_flytt_knapp')).click();
	await expect(page.getByText(tekst('katalog_ok_flyttet'))).toBeVisible();
	expect((await planTil(world, lis, plan)).katalogId).toBe(page.url().split('/').at(-1)?.slice(0, 36));
});

async function publiser(page: Page, fra: string): Promise<void> {
	await page.locator('#publiser-gyldig_fra').fill(fra);
	await knapp(page, tekst('katalog_publiser')).click();
	await expect(page.locator('.ds-error-summary')).toBeFocused();
	await expect(page.locator('#publiser-gyldig_fra')).toHaveValue(fra);
	await page.locator('#publiser-bekreft').check();
	await knapp(page, tekst('katalog_publiser')).click();
	await expect(page.getByText(tekst('katalog_ok_publisert'))).toBeVisible();
}

test('a LIS shares a finished plan; goals are confirmed and withdrawn, and the LIS is told by mail without the reason', async ({
	make,
	pageOf,
	world
}) => {
	const lis = await make('Ivar Dal', { lis: true });
	const [veileder, leder, supervisor] = [await make('Kari Li'), await make('Per Vik'), await make('Siri Moe')];
	await world.relate(lis, leder, 'leder');
	await gjorPlan(world, { lis, veileder, leder, supervisor });
	const { id } = await planTil(world, lis);
	await world.owner.updateTable('plan_tildeling').set({ status: 'fullfort' }).where('id', '=', id).execute();
	const lisside = await pageOf(lis);
	await lisside.setViewportSize({ width: 360, height: 740 });
	await visit(lisside, `/planer/${lis.id}`);
	await knapp(lisside, tekst('plan_del')).click();
	await expect(lisside.getByText(tekst('plan_ok_delt'))).toBeVisible();

	const page = await pageOf(await utnevn(world, await make('Hilde Foss')));
	await visit(page, '/katalog/saker');
	await page.locator(`a[href="/katalog/saker/${id}"]`).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Ivar Dal');
	await page.locator('#mal-KLK-001 ~ details summary').click();
	await expect(page.locator('article', { hasText: 'KLK-001' })).toContainText('Siri Moe');
	await knapp(page, tekst('katalog_bekreft_knapp')).click();
	await expect(page.locator('.ds-error-summary')).toBeFocused();
	await page.locator('#bekreft-mal').check();
	await page.locator('#bekreft-mal-KLK-002').check();
	await knapp(page, tekst('katalog_bekreft_knapp')).click();
	await expect(page.getByText(tekst('katalog_ok_bekreftet'))).toBeVisible();
	const mail = await waitForMail(lis.epost, /har godkjent læringsmål/);
	expect(mail.text).toContain('KLK-002');
	await knapp(page, tekst('katalog_behandle')).click();
	await expect(page.getByText(tekst('katalog_ok_behandlet'))).toBeVisible();

	await page.locator('summary', { hasText: tekst('katalog_trekk') }).click();
	await page.locator('#trekk-grunn').fill('Grunnlaget er for tynt');
	await knapp(page, tekst('katalog_trekk_knapp')).click();
	await expect(page.locator('.ds-error-summary')).toBeFocused();
	await expect(page.locator('#trekk-grunn')).toHaveValue('Grunnlaget er for tynt');
	await page.locator('#trekk-mal').check();
	await knapp(page, tekst('katalog_trekk_knapp')).click();
	await page.waitForURL('**/katalog/saker');
	await expect(page.locator(`a[href="/katalog/saker/${id}"]`)).toHaveCount(0);
	const trukket = await waitForMail(lis.epost, /KLK-001 er trukket tilbake/);
	expect(trukket.text).not.toContain('tynt');
});

for (const sprak of ['nb', 'nn', 'en'] satisfies Sprak[]) {
	test(`the pages of Helsedirektoratet, and of plans, are accessible (${sprak})`, async ({
		make,
		pageOf,
		world,
		browse
	}) => {
		const look = stateViewer(sprak);
		const context = await browse();
		await logInQuietly(context, 'hdir');
		await useLanguage(context, sprak);
		const page = await context.newPage();
		for (const sti of ['/katalog', '/katalog/saker']) {
			await visit(page, sti);
			await look(page, sti);
		}
		await page.locator('main a[href^="/katalog/saker/"]').first().click();
		await page.waitForURL(/saker\/./);
		await page.locator('article summary').first().click();
		await look(page, 'a case');
		await visit(page, '/katalog/d24a9c60-6b8f-4b95-addc-fc84832e8311');
		await look(page, 'a published version');

		const id = randomUUID();
		await world.owner
			.insertInto('katalog')
			.values({
				...{ id, plan: `axe-${id.slice(0, 8)}`, versjon: 1, navn_nb: 'Utkast', navn_nn: 'Utkast', status: 'utkast' },
				...{ gyldig_fra: '2026-01-01', opprettet_at: world.now }
			})
			.execute();
		await visit(page, `/katalog/${id}`);
		await look(page, 'a draft');
		await visit(page, `/katalog/${id}/ny`);
		await page.locator('form button[type=submit]').last().click();
		await expect(page.locator('.ds-error-summary')).toBeFocused();
		await look(page, 'a goal with errors');

		const [lis, leder] = [await make('Eli Fjeld', { lis: true }), await make('Per Berg')];
		await world.relate(lis, leder, 'leder');
		const plan = await pageOf(leder);
		await useLanguage(plan.context(), sprak);
		await visit(plan, `/planer/${lis.id}`);
		await look(plan, 'the plans of a LIS');
	});
}
