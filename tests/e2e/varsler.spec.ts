import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { opprettSamtale } from '../../src/lib/server/commands/opprett-samtale.ts';
import { sendAktivitet } from '../../src/lib/server/commands/send-aktivitet.ts';
import { expectAccessibleState } from '../support/browser-axe.ts';
import { expect, test, type Bruker } from '../support/browser-folk.ts';
import { waitForMail } from '../support/browser-mail.ts';
import { hydrated, visit } from '../support/browser.ts';
import { tekst, type Nokkel } from '../support/browser-text.ts';
import { utfylt } from '../support/laering.ts';
import { malMedKrav } from '../support/signering.ts';
import type { World } from '../support/world.ts';

/** S4, S17, S18 as people meet them: cards that come by themselves, the same on each device, and mail that one can be rid of. */

test.describe.configure({ mode: 'parallel', timeout: 90_000 });

/** What issue and experience promise: from the other person's act to the card on a page that is open. */
const LIVE_MS = 2_000;

/** The world's clock stands still: what is done here is done at the portal's time. */
const ctxNa = async (world: World, person: Bruker) => ({ ...(await world.ctx(person)), now: new Date() });
const kort = (page: Page, gruppe: Nokkel) => page.getByRole('region', { name: tekst(gruppe) });
const valg = (page: Page, gruppe: Nokkel, kanal: Nokkel) =>
	page.getByRole('checkbox', { name: `${tekst(gruppe)}: ${tekst(kanal)}` });

async function sendTilSignering(world: World, lis: Bruker, supervisor: Bruker): Promise<void> {
	const { krav } = await malMedKrav(world, lis);
	await sendAktivitet(await ctxNa(world, lis), utfylt(world, krav[0] ?? '', supervisor));
}
async function settOppSamtale(world: World, veileder: Bruker, lis: Bruker): Promise<void> {
	await opprettSamtale(await ctxNa(world, veileder), {
		...{ lisId: lis.id, dato: '2099-01-05', fra: '10:00', til: '11:00', sted: null }
	});
}

/** The page as it was: a reload would have taken the mark away. */
async function marked(page: Page): Promise<void> {
	await page.evaluate(() => document.documentElement.setAttribute('data-same-page', ''));
}
const same = (page: Page) => expect(page.locator('html[data-same-page]')).toBeAttached();

test('a card comes to a Hjem that is open within two seconds of what the other does, with what waits and its LIS', async ({
	make,
	pageOf,
	world
}) => {
	const [lis, supervisor, veileder] = [
		await make('Liv Moen', { lis: true }),
		await make('Odd Dahl'),
		await make('Eva Lund')
	];
	await world.relate(lis, supervisor, 'supervisor');
	await world.relate(lis, veileder, 'veileder');
	const [hos, egen] = [await pageOf(supervisor), await pageOf(lis)];
	await Promise.all([visit(hos, '/hjem'), visit(egen, '/hjem')]);
	await Promise.all([marked(hos), marked(egen)]);
	await expect(kort(hos, 'varsler_medarbeideroppfolging')).toContainText(tekst('varsler_tom_oppfolging'));

	await sendTilSignering(world, lis, supervisor);
	await expect(kort(hos, 'varsler_medarbeideroppfolging')).toContainText(
		tekst('varsel_aktivitet_sendt', { lis: lis.navn }),
		{ timeout: LIVE_MS }
	);
	await expect(kort(hos, 'venter_tittel')).toContainText(tekst('venter_signering_ett'));
	await expect(kort(hos, 'veiledning_tittel')).toContainText(lis.navn);

	await settOppSamtale(world, veileder, lis);
	await expect(kort(egen, 'varsler_varsler')).toContainText(
		tekst('varsel_samtale_opprettet', { aktor: veileder.navn }),
		{ timeout: LIVE_MS }
	);
	await Promise.all([same(hos), same(egen)]);

	// The one action of the card: it opens the thing, and is read.
	await kort(hos, 'varsler_medarbeideroppfolging')
		.getByRole('link', { name: tekst('varsel_til_signering') })
		.click();
	await hos.waitForURL('**/signering');
	await visit(hos, '/hjem');
	await expect(
		kort(hos, 'varsler_medarbeideroppfolging').getByText(tekst('varsler_ulest'), { exact: true })
	).toHaveCount(0);
});

test('what is read on one device is read on the other while both are open', async ({ make, pageOf, world }) => {
	const [lis, veileder] = [await make('Ida Ruud', { lis: true }), await make('Jon Vik')];
	await world.relate(lis, veileder, 'veileder');
	await settOppSamtale(world, veileder, lis);
	const [mobil, pc] = [await pageOf(lis), await pageOf(lis)];
	await Promise.all([visit(mobil, '/hjem'), visit(pc, '/hjem')]);
	const uleste = (page: Page) => kort(page, 'varsler_varsler').getByText(tekst('varsler_ulest'), { exact: true });
	await Promise.all([expect(uleste(mobil)).toHaveCount(1), expect(uleste(pc)).toHaveCount(1), marked(pc)]);
	await kort(mobil, 'varsler_varsler')
		.getByRole('button', { name: tekst('varsler_merk_lest') })
		.click();
	await expect(uleste(mobil)).toHaveCount(0);
	await expect(uleste(pc)).toHaveCount(0, { timeout: LIVE_MS });
	await same(pc);
});

test('who is on the way to another page gets there, whatever comes meanwhile: a card, or the answer to a button', async ({
	make,
	pageOf,
	world
}) => {
	const [lis, veileder] = [await make('Ane Lid', { lis: true }), await make('Kim Ness')];
	await world.relate(lis, veileder, 'veileder');
	const page = await pageOf(lis);
	// On Hjem the answer to the button leads back to Hjem; on /varsler it is data to show.
	for (const [pa, kommer] of [
		['/hjem', 'a card'],
		['/hjem', 'an answer'],
		['/varsler', 'an answer']
	] as const) {
		await settOppSamtale(world, veileder, lis);
		await visit(page, pa);
		await marked(page);
		const svaret = page.waitForResponse((response) =>
			kommer === 'a card'
				? response.url().endsWith('/api/varsler') && response.status() === 200
				: response.request().method() === 'POST'
		);
		const [paVei, svar] = [Promise.withResolvers<null>(), Promise.withResolvers<null>()];
		await page.route(/\/veiledning.*__data\.json/, async (route) => {
			await paVei.promise;
			await route.continue();
		});
		await page.route(/\?\/lest$/, async (route) => {
			await svar.promise;
			await route.continue();
		});
		if (kommer === 'an answer')
			await kort(page, 'varsler_varsler')
				.getByRole('button', { name: tekst('varsler_merk_lest') })
				.click();
		const bedtOm = page.waitForRequest(/\/veiledning.*__data\.json/);
		await page.getByRole('link', { name: tekst('skall_veiledning'), exact: true }).click();
		await bedtOm;
		svar.resolve(null);
		if (kommer === 'a card') await settOppSamtale(world, veileder, lis);
		await svaret;
		paVei.resolve(null);
		await expect(page.getByRole('heading', { level: 1 }), `${pa}, ${kommer}`).toHaveText(tekst('veiledning_min'));
		await same(page);
		await page.unrouteAll({ behavior: 'wait' });
	}
});

test('a mail is unsubscribed from without log-in, by the link on a page and by one click, and only its own group', async ({
	make,
	pageOf,
	browse,
	world
}) => {
	const [lis, begge, veileder] = [await make('Tor Sand', { lis: true }), await make('Gro Berg'), await make('Pia Rud')];
	await world.relate(lis, begge, 'supervisor');
	await world.relate(lis, veileder, 'veileder');
	const grupper = ['varsel_gruppe_signering', 'varsel_gruppe_veiledning'] as const;
	const lenkeI = ({ headers }: { headers: string[] }) =>
		/<([^>]+)>/.exec(headers.find((linje) => /^list-unsubscribe:/i.test(linje)) ?? '')?.[1] ?? '';

	// By the link that stands in the mail: it shows, and the button acts.
	await sendTilSignering(world, lis, begge);
	const brev = await waitForMail(begge.epost, new RegExp(lis.navn));
	const gjest = await (await browse()).newPage();
	const lenke = brev.links.find((href) => href.includes('/avmelding/')) ?? '';
	expect(lenkeI(brev)).toBe(lenke);
	await visit(gjest, lenke);
	await expect(gjest.locator('main')).toContainText(tekst('avmelding_sporsmal', { hva: tekst(grupper[0]) }));
	await expectAccessibleState(gjest, 'the page that turns a mail off');
	const egen = await pageOf(begge);
	await visit(egen, '/innstillinger/varsler');
	await expect(valg(egen, grupper[0], 'varselvalg_umiddelbar')).toBeChecked();
	await gjest.getByRole('button', { name: tekst('avmelding_knapp'), exact: true }).click();
	await expect(gjest.locator('main')).toContainText(tekst('avmelding_ok', { hva: tekst(grupper[0]) }));
	await egen.reload();
	await expect(valg(egen, grupper[0], 'varselvalg_umiddelbar')).not.toBeChecked();
	await expect(valg(egen, grupper[0], 'varselvalg_hjem')).toBeChecked();
	await expect(valg(egen, grupper[1], 'varselvalg_umiddelbar')).toBeChecked();

	// By what a mail program sends by itself (RFC 8058): no session, no Origin.
	await settOppSamtale(world, veileder, lis);
	const samtalebrev = await waitForMail(lis.epost, new RegExp(veileder.navn));
	const svar = await fetch(lenkeI(samtalebrev), {
		method: 'POST',
		body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })
	});
	expect(svar.ok).toBe(true);
	const sin = await pageOf(lis);
	await visit(sin, '/innstillinger/varsler');
	await expect(valg(sin, grupper[1], 'varselvalg_umiddelbar')).not.toBeChecked();
	await expect(valg(sin, grupper[0], 'varselvalg_umiddelbar')).toBeChecked();
});

test('by the keyboard alone: a box of the table, a group turned off, and no mail at all; each is saved at once', async ({
	make,
	pageOf
}) => {
	const page = await pageOf(await make('Une Holt'));
	const { keyboard } = page;
	const lagret = async (press: () => Promise<void>) => {
		const svar = page.waitForResponse((response) => response.request().method() === 'POST');
		await press();
		expect((await svar).ok()).toBe(true);
		await expect(page.getByText(tekst('varselvalg_lagret'))).toBeVisible();
	};
	const pa = (gruppe: Nokkel, kanal: Nokkel) => valg(page, gruppe, kanal);
	await visit(page, '/innstillinger/varsler');

	// From one box to the next, in the order of the table.
	await pa('varsel_gruppe_signering', 'varselvalg_umiddelbar').focus();
	await keyboard.press('Tab');
	await expect(pa('varsel_gruppe_signering', 'varselvalg_ukentlig')).toBeFocused();
	await lagret(() => keyboard.press('Space'));
	await expect(pa('varsel_gruppe_signering', 'varselvalg_ukentlig')).toBeFocused();
	await keyboard.press('Tab');
	await keyboard.press('Tab');
	await keyboard.press('Tab');
	await expect(pa('varsel_gruppe_godkjenning', 'varselvalg_umiddelbar')).toBeFocused();
	for (let presses = 0; presses < 3; presses++) await keyboard.press('Tab');
	await expect(
		page.getByRole('button', { name: `${tekst('varselvalg_av')}: ${tekst('varsel_gruppe_godkjenning')}` })
	).toBeFocused();
	await lagret(() => keyboard.press('Enter'));
	await page.getByLabel(tekst('varselvalg_ingen_epost')).focus();
	await lagret(() => keyboard.press('Space'));

	await page.reload();
	await hydrated(page);
	await expect(pa('varsel_gruppe_signering', 'varselvalg_ukentlig')).not.toBeChecked();
	await expect(pa('varsel_gruppe_signering', 'varselvalg_umiddelbar')).toBeChecked();
	for (const kanal of ['varselvalg_umiddelbar', 'varselvalg_ukentlig', 'varselvalg_hjem'] as const)
		await expect(pa('varsel_gruppe_godkjenning', kanal)).not.toBeChecked();
	await expect(page.getByLabel(tekst('varselvalg_ingen_epost'))).toBeChecked();
});

test('what Helsedirektoratet announces is seen by the roles it is for, and by no other', async ({
	as,
	make,
	pageOf,
	world
}) => {
	const [lis, leder, veileder] = [await make('Nils Eng', { lis: true }), await make('Mona Lie'), await make('Per Aas')];
	await world.relate(lis, leder, 'leder');
	await world.relate(lis, veileder, 'veileder');
	const tittel = `Nye rutiner ${randomUUID().slice(0, 8)}`;
	const hdir = await as('hdir');
	await visit(hdir, '/meldinger');
	await hdir.getByLabel(tekst('melding_overskrift')).fill(tittel);
	await hdir.getByLabel(tekst('melding_tekst'), { exact: true }).fill('Les om godkjenning av læringsmål.');
	await hdir.getByRole('checkbox', { name: tekst('rolle_leder'), exact: true }).check();
	await hdir.getByRole('button', { name: tekst('melding_publiser') }).click();
	await expect(hdir.locator('#innhold').getByText(tekst('melding_publisert'))).toBeVisible();
	for (const [person, ser] of [
		[leder, 1],
		[veileder, 0],
		[lis, 0]
	] as const) {
		const page = await pageOf(person);
		await visit(page, '/hjem');
		await expect(kort(page, 'melding_tittel').getByText(tittel)).toHaveCount(ser);
	}
});
