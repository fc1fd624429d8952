import type { Locator, Page } from '@playwright/test';
import { angreAktivitet, sendAktivitet, trekkAktivitet } from '../../src/lib/server/commands/send-aktivitet.ts';
import { sendMal } from '../../src/lib/server/commands/send-mal.ts';
import type { Ctx } from '../../src/lib/server/ctx.ts';
import { findAktivitet } from '../../src/lib/server/queries/laeringsaktivitet.ts';
import { stateViewer } from '../support/browser-axe.ts';
import { expect, test, type Bruker } from '../support/browser-folk.ts';
import { useLanguage, visit } from '../support/browser.ts';
import { tekst, type Sprak } from '../support/browser-text.ts';
import { waitForMail } from '../support/browser-mail.ts';
import { utfylt } from '../support/laering.ts';
import { aktivitet, anbefalt, mal, malMedKrav } from '../support/signering.ts';
import type { World } from '../support/world.ts';

/** S13 and S15 as the supervisør and the leder meet them: signing on a phone, and approving without leaving the page. */

test.describe.configure({ mode: 'parallel', timeout: 90_000 });

const TELEFON = { width: 360, height: 740 };
const GRUNN = 'Skriv mer om funnene';

/** The world's clock stands still: what the LIS does later is done at the portal's time. */
const ctxNa = async (world: World, person: Bruker) => ({ ...(await world.ctx(person)), now: new Date() });
const knapp = (page: Page | Locator, navn: string) => page.getByRole('button', { name: navn, exact: true });
/** The LIS fills in the draft anew and sends it. */
async function sendPaNytt(world: World, ctx: Ctx, id: string, supervisor: Bruker): Promise<void> {
	const kladd = await findAktivitet(world.web, id);
	const rettet = utfylt(world, kladd?.kravId ?? '', supervisor, { tekst: 'Nå med funn' });
	await sendAktivitet(ctx, { ...rettet, id, versjon: kladd?.versjon ?? 0 });
}

test('a supervisør on a phone: from the list to signed in two taps; underkjent, mended by the LIS, and signed', async ({
	make,
	pageOf,
	world
}) => {
	const [lis, supervisor] = [await make('Eli Fjeld', { lis: true }), await make('Siri Vik')];
	await world.relate(lis, supervisor, 'supervisor');
	const forste = await aktivitet(world, { lis, supervisor });
	const page = await pageOf(supervisor);
	await page.setViewportSize(TELEFON);
	await visit(page, '/signering');
	let trykk = 0;
	const trykkPa = async (hva: Locator) => {
		trykk += 1;
		await hva.click();
	};
	await trykkPa(page.locator(`a[href="/signering/${forste}"]`));
	await expect(page.getByText('Konsultasjon med veiledning')).toBeVisible();
	await expect(page.locator('main')).toContainText('markeres kravet som fullført');
	await expect(page.locator('#signer-anbefal')).not.toBeChecked();
	await trykkPa(knapp(page, tekst('signering_signer')));
	await expect(page.getByRole('status').getByText(tekst('signering_ok'))).toBeVisible();
	expect(trykk).toBeLessThanOrEqual(3);
	await expect(page.locator('main')).toContainText(/Signert av Siri Vik \d+\./);

	const andre = await aktivitet(world, { lis, supervisor });
	await visit(page, `/signering/${andre}`);
	await page.locator('summary', { hasText: tekst('signering_underkjenn') }).click();
	await knapp(page, tekst('signering_underkjenn')).click();
	await expect(page.locator('.ds-error-summary')).toContainText(tekst('signering_feil_grunn'));
	await page.locator('#underkjenn-grunn').fill(GRUNN);
	await knapp(page, tekst('signering_underkjenn')).click();
	await expect(page.getByText(tekst('signering_underkjent_ok'))).toBeVisible();
	await expect(page.getByText(GRUNN)).toBeVisible();

	const ctx = await ctxNa(world, lis);
	await angreAktivitet(ctx, { id: andre });
	await sendPaNytt(world, ctx, andre, supervisor);
	await visit(page, '/signering');
	await page.locator(`a[href="/signering/${andre}"]`).click();
	await expect(page.getByText('Nå med funn')).toBeVisible();
	await page.locator('#signer-anbefal').check();
	await page.locator('#signer-tilbakemelding').fill('Fint arbeid');
	await knapp(page, tekst('signering_signer')).click();
	await expect(page.getByText(tekst('signering_ok'))).toBeVisible();
	const { kode } = await malMedKrav(world, lis);
	await knapp(page, tekst('signering_trekk_anbefaling', { kode })).click();
	await knapp(page, tekst('signering_anbefal_knapp', { kode })).click();
	await expect(page.getByText(tekst('signering_anbefalt', { kode }))).toBeVisible();
	await visit(page, '/signering');
	await expect(page.getByText(tekst('signering_tom_tittel'))).toBeVisible();
	await page.locator('summary', { hasText: tekst('signering_tidligere') }).click();
	await expect(page.getByText('Fint arbeid')).toBeVisible();
});

test('several at once after a list to read; what the LIS takes back meanwhile stops all of them', async ({
	make,
	pageOf,
	world,
	faults
}) => {
	const [lis, annen, supervisor] = [
		await make('Eli Fjeld', { lis: true }),
		await make('Ola Bakke', { lis: true }),
		await make('Siri Vik')
	];
	for (const en of [lis, annen]) await world.relate(en, supervisor, 'supervisor');
	const ids = [
		await aktivitet(world, { lis, supervisor }),
		await aktivitet(world, { lis, supervisor, refleksjon: 'Jeg bør øve mer' }),
		await aktivitet(world, { lis: annen, supervisor })
	];
	const page = await pageOf(supervisor);
	await page.setViewportSize(TELEFON);
	await visit(page, '/signering');
	await page.getByRole('link', { name: tekst('signering_flere') }).click();
	await expect(page.getByText('Jeg bør øve mer')).toBeVisible();
	await knapp(page, tekst('signering_flere_knapp')).click();
	await expect(page.locator('.ds-error-summary')).toContainText(tekst('signering_feil_velg'));
	const signerAlle = async () => {
		for (const boks of await page.locator('input[name=aktivitet]').all()) await boks.check();
		await knapp(page, tekst('signering_flere_knapp')).click();
	};
	const ctx = await ctxNa(world, annen);
	const tilbake = ids[2] ?? '';
	await trekkAktivitet(ctx, { id: tilbake });
	faults.expect(/404/);
	await signerAlle();
	await expect(page.locator('.ds-error-summary')).toContainText(tekst('signering_feil_borte'));
	expect((await findAktivitet(world.web, ids[0] ?? ''))?.status).toBe('sendt');
	await sendPaNytt(world, ctx, tilbake, supervisor);
	await visit(page, '/signering/flere');
	await signerAlle();
	await expect(page.getByText(tekst('signering_flere_ok'))).toBeVisible();
	await expect(page.getByText(tekst('signering_tom_tittel'))).toBeVisible();
	for (const id of ids) expect((await findAktivitet(world.web, id))?.status).toBe('signert');
});

test('a leder: what is missing in words, approved with a reason, sent back, underkjent and assessed anew, withdrawn; and a deputy', async ({
	make,
	pageOf,
	world
}) => {
	const lis = await make('Eli Fjeld', { lis: true });
	const [leder, veileder, supervisor, stedfortreder] = [
		await make('Per Li'),
		await make('Kari Holm'),
		await make('Siri Vik'),
		await make('Dag Moe')
	];
	await world.relate(lis, leder, 'leder');
	await world.relate(lis, veileder, 'veileder');
	await world.relate(lis, supervisor, 'supervisor');
	await world.relate(lis, stedfortreder, 'leder', new Date(Date.now() + 86_400_000));
	const koder = (await Promise.all([0, 1, 2, 3].map((nr) => malMedKrav(world, lis, nr)))).map(({ kode }) => kode);
	const [a = '', b = '', c = '', d = ''] = koder;
	await aktivitet(world, { lis, supervisor, status: 'signert', koder: [a] });
	await anbefalt(world, lis, a, veileder, supervisor);
	for (const kode of koder) await mal(world, lis, kode, 'sendt', leder);

	const page = await pageOf(leder);
	await visit(page, '/godkjenning');
	const ett = (kode: string) => page.locator('section.mal').filter({ has: page.locator('h4', { hasText: kode }) });
	await expect(ett(a)).toContainText('Mangler: ');
	await expect(ett(a)).toContainText('Anbefalt av Kari Holm');
	await ett(a).locator('summary', { hasText: 'Krav og aktiviteter' }).click();
	await expect(ett(a).getByText('Konsultasjon med veiledning')).toBeVisible();

	await ett(a)
		.locator('summary', { hasText: tekst('godkjenning_godkjenn') })
		.click();
	await knapp(ett(a), tekst('godkjenning_godkjenn_mal', { kode: a })).click();
	await expect(ett(a).locator('.ds-error-summary')).toContainText(tekst('godkjenning_feil_uten'));
	await ett(a).getByLabel(tekst('godkjenning_uten_muntlig')).check();
	await knapp(ett(a), tekst('godkjenning_godkjenn_mal', { kode: a })).click();
	await expect(page.getByText(tekst('godkjenning_ok_godkjent'))).toBeVisible();
	await expect(ett(a)).toHaveCount(0);

	const avgjor = async (kode: string, navn: string) => {
		await ett(kode).locator('summary', { hasText: navn }).click();
		const skjema = ett(kode)
			.locator('form')
			.filter({ has: knapp(page, navn) });
		await skjema.getByLabel(tekst('signering_begrunnelse')).fill(GRUNN);
		await knapp(skjema, navn).click();
		await expect(ett(kode)).toHaveCount(0);
	};
	await avgjor(b, tekst('godkjenning_send_tilbake'));
	await avgjor(c, tekst('godkjenning_underkjenn'));
	await sendMal(await ctxNa(world, lis), { kode: c, dato: '2026-06-01', kommentar: 'Se på nytt' });
	await visit(page, '/godkjenning');
	await expect(ett(c)).toContainText(tekst('godkjenning_ny_vurdering'));
	await expect(ett(c)).toContainText('Se på nytt');
	await expect(ett(b)).toHaveCount(0);

	// The deputy approves what is left, and withdraws nothing that the leder has approved.
	const vikar = await pageOf(stedfortreder);
	await visit(vikar, '/godkjenning');
	const hos = vikar.locator('section.mal').filter({ has: vikar.locator('h4', { hasText: d }) });
	await hos.locator('summary', { hasText: tekst('godkjenning_godkjenn') }).click();
	await hos.getByLabel(tekst('godkjenning_uten_annet')).check();
	await hos.getByLabel(tekst('godkjenning_uten_tekst')).fill('Avklart på legekontoret');
	await knapp(hos, tekst('godkjenning_godkjenn_mal', { kode: d })).click();
	await expect(vikar.getByText(tekst('godkjenning_ok_godkjent'))).toBeVisible();
	await vikar.locator('summary', { hasText: 'Eli Fjeld: 2 godkjent' }).click();
	await expect(vikar.getByText('Avklart på legekontoret')).toBeVisible();
	await expect(vikar.locator('summary', { hasText: tekst('godkjenning_trekk') })).toHaveCount(1);

	await visit(page, '/godkjenning');
	await page.locator('summary', { hasText: 'Eli Fjeld: 2 godkjent' }).click();
	await page.locator('summary', { hasText: tekst('godkjenning_trekk') }).click();
	const skjema = page.locator('form').filter({ has: knapp(page, tekst('godkjenning_trekk')) });
	await skjema.getByLabel(tekst('signering_begrunnelse')).fill(GRUNN);
	await knapp(skjema, tekst('godkjenning_trekk')).click();
	await expect(page.getByText(tekst('godkjenning_ok_trukket'))).toBeVisible();
	await expect(page.locator('summary', { hasText: 'Eli Fjeld: 1 godkjent' })).toBeVisible();
	expect((await waitForMail(lis.epost, /trukket tilbake/i)).text).toContain(a);
});

test('a whole theme in one sitting', async ({ make, pageOf, world }) => {
	const [lis, leder] = [await make('Eli Fjeld', { lis: true }), await make('Per Li')];
	await world.relate(lis, leder, 'leder');
	for (const kode of await temaKoder(world, lis)) await mal(world, lis, kode, 'sendt', leder);
	const page = await pageOf(leder);
	await page.setViewportSize(TELEFON);
	await visit(page, '/godkjenning');
	await page.locator('summary', { hasText: /samlet$/ }).click();
	await page.locator('input[name=uten][value=vurderingskollegium]').first().check();
	await knapp(page, tekst('godkjenning_tema_knapp')).click();
	await expect(page.getByText(tekst('godkjenning_ok_godkjent'))).toBeVisible();
	await expect(page.getByText(tekst('godkjenning_venter_tom'))).toBeVisible();
});

/** The first three goals of one theme. */
async function temaKoder(world: World, lis: Bruker): Promise<string[]> {
	const rader = await world.owner
		.selectFrom('katalog_mal as m')
		.innerJoin('plan_tildeling as p', 'p.katalog_id', 'm.katalog_id')
		.select(['m.kode', 'm.tema_nb'])
		.where('p.lis_id', '=', lis.id)
		.orderBy('m.rekkefolge')
		.execute();
	const tema = rader[0]?.tema_nb;
	return rader
		.filter((rad) => rad.tema_nb === tema)
		.map(({ kode }) => kode)
		.slice(0, 3);
}

for (const sprak of ['nb', 'nn', 'en'] as const satisfies Sprak[]) {
	test(`signing and approving are accessible (${sprak})`, async ({ make, pageOf, world }) => {
		const look = stateViewer(sprak);
		const lis = await make('Eli Fjeld', { lis: true });
		const [leder, supervisor] = [await make('Per Li'), await make('Siri Vik')];
		await world.relate(lis, leder, 'leder');
		await world.relate(lis, supervisor, 'supervisor');
		const { kode } = await malMedKrav(world, lis);
		const forste = await aktivitet(world, { lis, supervisor, refleksjon: 'Jeg bør øve mer' });
		await aktivitet(world, { lis, supervisor, status: 'underkjent' });
		await aktivitet(world, { lis, supervisor, koder: [kode] });
		for (const nr of [0, 1, 2]) await mal(world, lis, (await malMedKrav(world, lis, nr)).kode, 'sendt', leder);
		await mal(world, lis, (await malMedKrav(world, lis, 4)).kode, 'godkjent', leder);

		const page = await pageOf(supervisor);
		await useLanguage(page.context(), sprak);
		await visit(page, '/signering');
		await page.locator('summary').last().click();
		await look(page, 'signering');
		await visit(page, `/signering/${forste}`);
		await page.locator('summary', { hasText: tekst('signering_underkjenn', {}, sprak) }).click();
		await knapp(page, tekst('signering_underkjenn', {}, sprak)).click();
		await expect(page.locator('.ds-error-summary')).toBeFocused();
		await look(page, 'refusing without a reason');
		await visit(page, '/signering/flere');
		await look(page, 'several to sign');

		const hos = await pageOf(leder);
		await useLanguage(hos.context(), sprak);
		await visit(hos, '/godkjenning');
		for (const en of await hos.locator('section.mal summary').all()) await en.click();
		for (const en of await hos.locator('main > .stack > section > details').all())
			if ((await en.getAttribute('open')) === null) await en.locator('> summary').click();
		await knapp(hos, tekst('godkjenning_godkjenn_mal', { kode }, sprak)).click();
		await expect(hos.locator('.ds-error-summary')).toBeFocused();
		await look(hos, 'approving without the reason that it needs');
		await look(hos, 'approving');
	});
}
