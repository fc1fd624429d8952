import { loadConfig } from '../../src/lib/server/config.ts';
import { handleInvitasjoner } from '../../src/lib/server/jobs/handlers/invitasjoner.ts';
import { createLogger } from '../../src/lib/server/log.ts';
import {
	acceptAs,
	act,
	expect,
	heading,
	identify,
	invitationLink,
	invite,
	newAddress,
	statusOf,
	stranger,
	test
} from '../support/browser-folk.ts';
import { visit } from '../support/browser.ts';
import { mailsTo, waitForMail } from '../support/browser-mail.ts';
import { tekst } from '../support/browser-text.ts';

/** S2: what becomes of the link of an invitation: sent again, reminded of, expired, given to another, and kept to oneself. From the real mail. */

test.describe.configure({ mode: 'parallel' });

const DAY_MS = 24 * 60 * 60 * 1000;

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

test('reminded: both links lead to the same invitation, and «Dette er ikke meg» by one of them stops both', async ({
	make,
	pageOf,
	browse,
	world
}) => {
	const lis = await make('Hedda Bø', { lis: true });
	const page = await pageOf(lis);
	const epost = newAddress();
	await invite(page, 'Aksel Tveit', epost, 'leder');
	const first = await invitationLink(epost);
	await world.owner
		.updateTable('invitasjon')
		.set({ sendt_at: new Date(Date.now() - 4 * DAY_MS) })
		.where('epost', '=', epost)
		.execute();
	// As the worker's own job, which would come by some time today.
	await handleInvitasjoner({
		...{
			db: world.owner,
			now: new Date(),
			log: createLogger('worker', 'silent'),
			inactivityMonths: 12,
			samtaleWeeks: 6
		},
		...{ pidKey: loadConfig({}).pidKey, postmann: { send: () => Promise.resolve() } }
	});
	const reminder = (await waitForMail(epost, /Påminnelse/)).links[0] ?? '';
	expect(reminder).not.toBe(first);

	const guest = await (await browse()).newPage();
	for (const link of [first, reminder]) {
		await visit(guest, link);
		await expect(heading(guest)).toHaveText(tekst('invitasjon_overskrift', { lis: lis.navn }));
	}
	await guest.getByRole('button', { name: tekst('invitasjon_ikke_meg') }).click();
	await expect(heading(guest)).toHaveText(tekst('invitasjon_svart_ikke_meg_tittel'));
	for (const link of [first, reminder]) {
		await guest.goto(link);
		await expect(heading(guest)).toHaveText(tekst('invitasjon_ugyldig_tittel'));
	}
	await expect.poll(async () => (await mailsTo(lis.epost)).length, { message: 'the LIS is told' }).toBe(1);
	await visit(page, '/folk');
	await expect(page.getByText(tekst('invitasjon_status_ikke_meg'), { exact: true })).toBeVisible();
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
