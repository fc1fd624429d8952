import type { Page } from '@playwright/test';
import {
	act,
	expect,
	fillIn,
	follow,
	heading,
	identify,
	invite,
	newAddress,
	statusOf,
	stranger,
	test
} from '../support/browser-folk.ts';
import { visit } from '../support/browser.ts';
import { mailsTo, waitForMail } from '../support/browser-mail.ts';
import { tekst } from '../support/browser-text.ts';

/** S2: who answers an invitation, and how they show who they are; from the real mail through the real provider for tests. */

test.describe.configure({ mode: 'parallel' });

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
