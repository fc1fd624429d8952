import type { BrowserContext, BrowserContextOptions, Locator, Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import type { RelasjonRolle } from '../../src/lib/domain/actor.ts';
import { EID_EIER } from '../../src/lib/server/auth/eid/bevis.ts';
import { forsegl, pidHash } from '../../src/lib/server/auth/hemmelighet.ts';
import { loadConfig } from '../../src/lib/server/config.ts';
import { insertIdentitet } from '../../src/lib/server/queries/eid.ts';
import type { CaughtMail } from '../../scripts/mail-catcher/mailbox.ts';
import { test as base, expect, origin, useLanguage } from './browser.ts';
import { mailsTo, waitForMail } from './browser-mail.ts';
import { tekst, type Sprak } from './browser-text.ts';
import { syntheticPid } from './synthetic-pid.ts';
import { World, type Person } from './world.ts';

/** Somebody as their electronic ID knows them. */
export interface EidPerson {
	navn: string;
	pid: string;
}

/** Somebody who has a user and an electronic ID, and is in nobody else's test. */
export type Bruker = Person & EidPerson & { epost: string };

/** Somebody who has no user yet. */
export const stranger = (navn: string): EidPerson => ({ navn, pid: syntheticPid() });

/** An address that nobody else is written to. */
export const newAddress = (): string => `post-${randomUUID().slice(0, 8)}@example.test`;

interface Fixtures {
	/** Makes somebody in the portal's own database: a LIS, or one who follows nobody yet. */
	make: (navn: string, options?: { lis?: boolean; status?: 'aktiv' | 'deaktivert' }) => Promise<Bruker>;
	/** A page of theirs, logged in. */
	pageOf: (person: Person, options?: BrowserContextOptions) => Promise<Page>;
}

/** The browser tests' `test`, with people of a test's own: those of the demo world are in use by others at the same time. */
export const test = base.extend<Fixtures, { world: World }>({
	world: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs from here
		async ({}, use) => {
			const world = await World.create({ url: process.env['E2E_DATABASE'] ?? '' });
			await use(world);
			await world.destroy();
		},
		{ scope: 'worker' }
	],
	make: async ({ world }, use) => {
		const { pidKey } = loadConfig({});
		await use(async (navn, options = {}) => {
			const person = await world.person('egen', options);
			const pid = syntheticPid();
			await world.owner.updateTable('bruker').set({ navn }).where('id', '=', person.id).execute();
			await insertIdentitet(world.owner, {
				...{ brukerId: person.id, pidHash: pidHash(pidKey, pid), now: world.now },
				pidKryptert: forsegl(pidKey, 'pid', EID_EIER, pid)
			});
			return { ...person, navn, pid, epost: `${person.brukernavn}@example.test` };
		});
	},
	pageOf: async ({ browse, world }, use) => {
		await use(async (person, options) => {
			const context = await browse(options);
			const value = await world.login(person, new Date());
			await context.addCookies([{ name: 'okt', value, url: origin, httpOnly: true, sameSite: 'Lax' }]);
			await useLanguage(context, 'nb');
			return context.newPage();
		});
	}
});

/** On the test provider's page: is this person, or the one of this name whom the page offers, at this level. */
export async function identify(page: Page, who: EidPerson | string, niva: 'hoyt' | 'lavt' = 'hoyt'): Promise<void> {
	await expect(page.getByRole('heading', { name: 'Testinnlogging' })).toBeVisible();
	await page.getByRole('radio', { name: typeof who === 'string' ? new RegExp(who) : 'En annen' }).check();
	if (typeof who !== 'string') {
		await page.locator('[name=pid]').fill(who.pid);
		await page.locator('[name=navn]').fill(who.navn);
	}
	if (niva === 'lavt') await page.getByRole('radio', { name: /Lavere/ }).check();
	await page.getByRole('button', { name: 'Logg inn' }).click();
}

/** What everybody is asked who becomes a user. */
export async function fillIn(page: Page, epost: string): Promise<void> {
	await page.locator('#registrer-epost').fill(epost);
	await page.locator('#registrer-mobil').fill('+47 99 88 77 66');
}

/** The LIS of this page invites one person, by the form on «Mine folk» as a browser without scripts sends it. */
export async function invite(lis: Page, navn: string, epost: string, ...roller: RelasjonRolle[]): Promise<void> {
	const answer = await lis.request.post('/folk?/inviter', {
		form: { 'navn-0': navn, 'epost-0': epost, ...Object.fromEntries(roller.map((rolle) => [`${rolle}-0`, 'on'])) },
		headers: { origin, accept: 'text/html' }
	});
	expect(answer.status(), `the invitation of ${navn}`).toBe(200);
}

/** The link in the newest invitation to an address, once `count` have come. */
export async function invitationLink(epost: string, count = 1): Promise<string> {
	const mails = async (): Promise<CaughtMail[]> =>
		(await mailsTo(epost)).filter(({ subject }) => /invite/i.test(subject));
	await expect.poll(async () => (await mails()).length, { message: `invitations to ${epost}` }).toBe(count);
	return (await mails())[0]?.links[0] ?? '';
}

/** Opens the link of the newest invitation to an address, as somebody who has clicked it in the mail. */
export async function follow(context: BrowserContext, epost: string): Promise<Page> {
	const mail = await waitForMail(epost, /invite/i);
	const page = await context.newPage();
	await page.goto(mail.links[0] ?? '');
	await expect(page).toHaveURL(/\/invitasjon$/);
	return page;
}

/** On the invitation's page: accepts, identifies and fills in the form; ends on the receipt. */
export async function acceptAs(page: Page, person: EidPerson, sprak: Sprak = 'nb'): Promise<void> {
	await page.getByRole('button', { name: tekst('invitasjon_aksepter', {}, sprak), exact: true }).click();
	await identify(page, person);
	await page.waitForURL('**/invitasjon');
	await fillIn(page, newAddress());
	await page.getByRole('button', { name: tekst('invitasjon_skjema_knapp', {}, sprak) }).click();
	await page.waitForURL(/\/invitasjon\/kvittering/);
}

/** The one heading that says what page it is. */
export const heading = (page: Page): Locator => page.getByRole('heading', { level: 1 });

/** Presses the button that does this about this person, on «Mine folk». */
export const act = (page: Page, name: string, navn: string): Promise<void> =>
	page.getByRole('button', { name: `${name}: ${navn}` }).click();

/** What the LIS' page of veiledning answers to whoever has this page. */
export async function statusOf(page: Page, lisId: string): Promise<number> {
	return (await page.request.get(`/veiledning/${lisId}`)).status();
}

export { expect };
