import type { Page } from '@playwright/test';
import {
	acceptAs,
	expect,
	fillIn,
	follow,
	identify,
	invitationLink,
	invite,
	newAddress,
	stranger,
	test
} from '../support/browser-folk.ts';
import { visit } from '../support/browser.ts';
import { mailsTo, waitForMail } from '../support/browser-mail.ts';
import { tekst } from '../support/browser-text.ts';

/** S2 off the straight way, each from the real mail through the real provider for tests. */

test.describe.configure({ mode: 'parallel' });

const DAY_MS = 24 * 60 * 60 * 1000;
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const act = (page: Page, name: string, navn: string) => page.getByRole('button', { name: `${name}: ${navn}` }).click();

/** Whether the LIS' page of veiledning opens for whoever has this page. */
async function statusOf(page: Page, lisId: string): Promise<number> {
	return (await page.request.get(`/veiledning/${lisId}`)).status();
}

test('sent again: the old link dies, and the new one gives one person both the roles they were invited to', async ({
	make,
	pageOf,
	browse
}) => {
	const lis = await make('Nina Vold', { lis: true });
	const page = await pageOf(lis);
	const epost = newAddress();
	await invite(page, 'Ida Strand', epost, 'veileder', 'leder');
	const old = await invitationLink(epost);
	await visit(page, '/folk');
	await act(page, tekst('folk_send_igjen'), 'Ida Strand');
	await expect(page.getByText(tekst('folk_sendt_kvittering'))).toBeVisible();
	const link = await invitationLink(epost, 2);

	const guest = await (await browse()).newPage();
	await guest.goto(old);
	await expect(heading(guest)).toHaveText(tekst('invitasjon_ugyldig_tittel'));
	await guest.goto(link);
	await expect(heading(guest)).toHaveText(tekst('invitasjon_overskrift', { lis: lis.navn }));
	await expect(guest.getByText(tekst('invitasjon_betyr_leder'))).toBeVisible();
	await expect(guest.getByText(tekst('invitasjon_betyr_veileder'))).toBeVisible();
	await acceptAs(guest, stranger('Ida Strand'));
	await expect(guest.locator('main')).toContainText('leder og veileder');
	await guest.getByRole('link', { name: tekst('registrering_fortsett') }).click();
	await guest.waitForURL('**/hjem');
	await expect(guest.locator('main')).toContainText(lis.navn);
	expect(await statusOf(guest, lis.id)).toBe(200);

	await visit(page, '/folk');
	const followers = page.getByRole('region', { name: tekst('folk_na') }).getByRole('listitem');
	await expect(followers.filter({ hasText: 'Ida Strand' })).toHaveCount(2);
	await page.goto(link);
	await expect(heading(page)).toHaveText(tekst('invitasjon_ugyldig_tittel'));
});

test('expired: whoever asks for a new one is helped, and the mail leads the LIS through log-in to where it is sent', async ({
	make,
	pageOf,
	browse,
	world
}) => {
	const lis = await make('Odd Vik', { lis: true });
	const epost = newAddress();
	await invite(await pageOf(lis), 'Eva Lund', epost, 'supervisor');
	const link = await invitationLink(epost);
	const now = Date.now();
	await world.owner
		.updateTable('invitasjon')
		.set({ sendt_at: new Date(now - 31 * DAY_MS), utloper_at: new Date(now - DAY_MS) })
		.where('epost', '=', epost)
		.execute();

	const guest = await (await browse()).newPage();
	await visit(guest, link);
	await expect(heading(guest)).toHaveText(tekst('invitasjon_ugyldig_tittel'));
	await guest.getByRole('button', { name: tekst('invitasjon_be_om_ny') }).click();
	await expect(guest.getByText(tekst('invitasjon_bedt'))).toBeVisible();

	const mail = await waitForMail(lis.epost, /ber om en ny invitasjon/);
	const page = await (await browse()).newPage();
	await page.goto(mail.links[0] ?? '');
	await expect(page).toHaveURL(/\/logg-inn\?next=%2Ffolk/);
	await page.getByRole('button', { name: tekst('eid_knapp') }).click();
	await identify(page, lis);
	await page.waitForURL('**/folk');
	await expect(page.getByText(tekst('folk_bedt_om_ny', { navn: 'Eva Lund' }))).toBeVisible();
	await expect(page.getByText(tekst('invitasjon_status_utlopt'), { exact: true })).toBeVisible();
	await visit(page, '/folk');
	await act(page, tekst('folk_send_igjen'), 'Eva Lund');
	await guest.goto(await invitationLink(epost, 2));
	await expect(heading(guest)).toHaveText(tekst('invitasjon_overskrift', { lis: lis.navn }));
});

test('another person’s electronic ID: bound to them, shown to the LIS, and no access before the LIS says yes', async ({
	make,
	pageOf,
	browse
}) => {
	const lis = await make('Siv Moe', { lis: true });
	const page = await pageOf(lis);
	const [right, wrong] = [newAddress(), newAddress()];
	await invite(page, 'Kari Holm', right, 'veileder');
	await invite(page, 'Per Lie', wrong, 'leder');

	// Both links are opened by somebody of another name: the one is the right person all the same, the other is not.
	const accepted = async (epost: string, invited: string, navn: string): Promise<Page> => {
		const guest = await follow(await browse(), epost);
		await guest.getByRole('button', { name: tekst('invitasjon_aksepter'), exact: true }).click();
		await identify(guest, stranger(navn));
		await guest.waitForURL('**/invitasjon');
		await expect(guest.getByText(tekst('invitasjon_annet_navn', { navn: invited, lis: lis.navn }))).toBeVisible();
		await fillIn(guest, newAddress());
		await guest.getByRole('button', { name: tekst('invitasjon_skjema_knapp') }).click();
		await guest.waitForURL(/\/invitasjon\/kvittering/);
		await expect(heading(guest)).toHaveText(tekst('invitasjon_kvittering_venter_tittel'));
		expect(await statusOf(guest, lis.id)).toBe(404);
		return guest;
	};
	const [kari, ola] = await Promise.all([
		accepted(right, 'Kari Holm', 'Kari Berge'),
		accepted(wrong, 'Per Lie', 'Ola Ukjent')
	]);
	await visit(ola, '/hjem');
	await expect(ola.locator('main')).not.toContainText(lis.navn);

	// The link was used by them: nobody else's electronic ID gets anything of it.
	const late = await follow(await browse(), wrong);
	await expect(heading(late)).toHaveText(tekst('invitasjon_ugyldig_tittel'));

	const mail = await waitForMail(lis.epost, /hvem som har svart/);
	expect(new URL(mail.links[0] ?? '').pathname).toBe('/folk');
	await visit(page, '/folk');
	await expect(
		page.getByText(tekst('folk_bekreft_hjelp', { invitert: 'Per Lie', akseptert: 'Ola Ukjent' }))
	).toBeVisible();
	await act(page, tekst('folk_avvis'), 'Per Lie');
	await expect(page.getByText('Ola Ukjent')).toHaveCount(0);
	await act(page, tekst('folk_bekreft'), 'Kari Holm');
	const followers = page.getByRole('region', { name: tekst('folk_na') });
	await expect(followers.getByText('Kari Berge', { exact: true })).toBeVisible();
	expect(await statusOf(kari, lis.id)).toBe(200);
	expect(await statusOf(ola, lis.id)).toBe(404);
});

test('the wrong person was invited: swapped, their link dies and another gets the same', async ({
	make,
	pageOf,
	browse
}) => {
	const lis = await make('Liv Dahl', { lis: true });
	const page = await pageOf(lis);
	const [wrong, right] = [newAddress(), newAddress()];
	await invite(page, 'Jon Feil', wrong, 'leder', 'supervisor');
	const old = await invitationLink(wrong);
	await visit(page, '/folk');
	const one = page.getByRole('listitem').filter({ hasText: wrong });
	await one.getByText(tekst('folk_bytt'), { exact: true }).click();
	const form = one.locator('form[action="?/bytt"]');
	await form.getByLabel(tekst('folk_navn')).fill('Jon Rett');
	await form.getByLabel(tekst('folk_epost')).fill('ingen adresse');
	await form.getByRole('button', { name: tekst('folk_bytt_lagre') }).click();
	await expect(form.locator('.ds-error-summary')).toBeFocused();
	await expect(form.getByLabel(tekst('folk_navn'))).toHaveValue('Jon Rett');
	await form.getByLabel(tekst('folk_epost')).fill(right);
	await form.getByRole('button', { name: tekst('folk_bytt_lagre') }).click();
	await expect(page.getByText(tekst('folk_sendt_kvittering'))).toBeVisible();

	const guest = await (await browse()).newPage();
	await guest.goto(old);
	await expect(heading(guest)).toHaveText(tekst('invitasjon_ugyldig_tittel'));
	await guest.goto(await invitationLink(right));
	await expect(guest.getByText(tekst('invitasjon_betyr_leder'))).toBeVisible();
	await expect(guest.getByText(tekst('invitasjon_betyr_supervisor'))).toBeVisible();
});

test('cancelled at the provider, then at too low a level: told why each time, and still on the way to the invitation', async ({
	make,
	pageOf,
	browse
}) => {
	const lis = await make('Ane Berg', { lis: true });
	const epost = newAddress();
	await invite(await pageOf(lis), 'Tor Sund', epost, 'supervisor');
	const guest = await follow(await browse(), epost);
	await guest.getByRole('button', { name: tekst('invitasjon_aksepter'), exact: true }).click();
	await guest.getByRole('button', { name: 'Avbryt' }).click();
	await expect(guest.getByText(tekst('eid_feil_avbrutt'))).toBeVisible();

	const tor = stranger('Tor Sund');
	await guest.getByRole('button', { name: tekst('eid_feil_prov_igjen') }).click();
	await identify(guest, tor, 'lavt');
	await expect(guest.getByText(tekst('eid_feil_lavt_niva'))).toBeVisible();
	expect((await guest.context().cookies()).filter(({ name }) => /^(okt|eid_bevis)$/.test(name))).toEqual([]);

	await guest.getByRole('button', { name: tekst('eid_feil_prov_igjen') }).click();
	await identify(guest, tor);
	await guest.waitForURL('**/invitasjon');
	await fillIn(guest, 'ingen adresse');
	await guest.getByRole('button', { name: tekst('invitasjon_skjema_knapp') }).click();
	await expect(guest.locator('.ds-error-summary')).toBeFocused();
	await expect(guest.locator('#registrer-mobil')).toHaveValue('+47 99 88 77 66');
	await fillIn(guest, newAddress());
	await guest.getByRole('button', { name: tekst('invitasjon_skjema_knapp') }).click();
	await guest.waitForURL(/\/invitasjon\/kvittering/);
	expect(await statusOf(guest, lis.id)).toBe(404);
});

test('a user who was deactivated comes back by electronic ID, and accepts with one click', async ({
	make,
	pageOf,
	browse,
	world
}) => {
	const [lis, gone] = await Promise.all([make('Una Foss', { lis: true }), make('Geir Nes', { status: 'deaktivert' })]);
	await invite(await pageOf(lis), gone.navn, gone.epost, 'veileder');
	const guest = await follow(await browse(), gone.epost);
	await guest.getByRole('button', { name: tekst('invitasjon_aksepter'), exact: true }).click();
	await identify(guest, gone);
	await guest.waitForURL('**/invitasjon');
	const status = await world.owner.selectFrom('bruker').select('status').where('id', '=', gone.id).executeTakeFirst();
	expect(status).toEqual({ status: 'aktiv' });
	await guest.getByRole('button', { name: tekst('invitasjon_aksepter'), exact: true }).click();
	await guest.waitForURL(/\/invitasjon\/kvittering/);
	expect(await statusOf(guest, lis.id)).toBe(200);
	await expect.poll(async () => (await mailsTo(lis.epost)).length, { message: 'the LIS is told' }).toBe(1);
});

test('the token of the link stands in no further address, Referer or history, nor in the page', async ({
	make,
	pageOf,
	browse
}) => {
	const lis = await make('Mia Haug', { lis: true });
	const epost = newAddress();
	await invite(await pageOf(lis), 'Rolf Eng', epost, 'supervisor');
	const link = await invitationLink(epost);
	const token = link.split('/').at(-1) ?? '';
	expect(token).toMatch(/^[\w-]{43}$/);

	const guest = await (await browse()).newPage();
	const asked: Promise<string>[] = [];
	guest.on('request', (request) => {
		const { referer = '' } = request.headers();
		asked.push(request.allHeaders().then((all) => `${request.url()} ${referer} ${all['referer'] ?? ''}`));
	});
	await visit(guest, link);
	const offer = tekst('invitasjon_overskrift', { lis: lis.navn });
	await expect(heading(guest)).toHaveText(offer);
	await guest
		.getByRole('contentinfo')
		.getByRole('link', { name: tekst('skall_bunn_personvern') })
		.click();
	await guest.waitForURL('**/personvern');
	await guest.goBack();
	await expect(heading(guest)).toHaveText(offer);
	await guest.goForward();
	await guest.waitForURL('**/personvern');
	await guest.goBack();
	await expect(heading(guest)).toHaveText(offer);
	const kept = await guest.evaluate(() =>
		JSON.stringify([
			...window.navigation.entries().map(({ url }) => url),
			...performance.getEntries().map(({ name }) => name),
			...[document.referrer, document.cookie, document.documentElement.outerHTML],
			...[{ ...localStorage }, { ...sessionStorage }, history.state]
		])
	);
	expect(kept).toContain('/personvern');
	expect(kept).not.toContain(token);

	await guest.getByRole('button', { name: tekst('invitasjon_aksepter'), exact: true }).click();
	await expect(guest.getByRole('heading', { name: 'Testinnlogging' })).toBeVisible();
	const [first, ...rest] = await Promise.all(asked);
	expect(first).toContain(token);
	expect(rest.length).toBeGreaterThan(10);
	expect(rest.filter((line) => line.includes(token))).toEqual([]);
});
