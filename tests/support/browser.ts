import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import { tekst, type Sprak } from './browser-text.ts';

/** The demo world's people (contract.md), and how they are called there. */
export const FOLK = {
	lis: 'Nora Haugen',
	lis2: 'Emil Strøm',
	veileder: 'Kari Nordby',
	leder: 'Per Ødegård',
	supervisor: 'Áile Somby',
	hdir: 'Helle Dahl',
	drift: 'Dag Rike'
} as const;
export type Brukernavn = keyof typeof FOLK;

/** As people speak of each other in a samtale. */
export const firstName = (brukernavn: Brukernavn): string => FOLK[brukernavn].split(' ')[0] ?? '';

export const password = process.env['E2E_DEMO_PASSWORD'] ?? 'demo-passord-2026';
export const origin = process.env['E2E_URL'] ?? 'http://localhost:3000';

/**
 * Live regions say in words what stands on the page already. Who looks for a text on a page means what stands there: with the
 * regions it would be found twice, or not, as time will have it. What is said is looked for in `[data-live]`.
 */
function withoutLiveRegions(page: Page): void {
	const getByText = page.getByText.bind(page);
	page.getByText = (text, options) => getByText(text, options).and(page.locator(':not([data-live])'));
}

/** What a test may not leave behind in the browser: CSP reports, errors in the console, exceptions nobody caught. */
export class Faults {
	readonly #found: string[] = [];
	readonly #expected: RegExp[] = [];

	/** This test brings such messages about itself (a page that is not found, a network that is cut). */
	expect(...patterns: RegExp[]): void {
		this.#expected.push(...patterns);
	}

	/** From now on, in every page of this browser. */
	watch(context: BrowserContext): void {
		context.on('page', withoutLiveRegions);
		context.on('console', (message) => {
			if (message.type() === 'error' || /content security policy/i.test(message.text()))
				this.#found.push(`console: ${message.text()} (${message.location().url})`);
		});
		context.on('weberror', (error) => this.#found.push(`exception: ${error.error().stack ?? error.error().message}`));
	}

	/** Everything found that was not expected. A CSP report is never expected. */
	get unexpected(): string[] {
		return this.#found.filter(
			(fault) => /content.security.policy/i.test(fault) || !this.#expected.some((pattern) => pattern.test(fault))
		);
	}
}

/** A page as the portal serves it, and scripts have taken it over. */
export async function visit(page: Page, path: string): Promise<void> {
	await page.goto(path);
	await hydrated(page);
}

/** Before this, a click meets a page without scripts. */
export async function hydrated(page: Page): Promise<void> {
	await expect(page.locator('html[data-hydrated]')).toBeAttached();
}

/** Logs in as a browser without scripts does (contract.md), without showing a page. */
export async function logInQuietly(context: BrowserContext, brukernavn: Brukernavn): Promise<void> {
	const response = await context.request.post(`${origin}/logg-inn`, {
		form: { brukernavn, passord: password },
		headers: { origin, accept: 'text/html' },
		maxRedirects: 0
	});
	expect(response.status(), `log-in as ${brukernavn}`).toBe(303);
	await useLanguage(context, 'nb');
}

/** Logs in on the log-in page, as people do; ends on Hjem. */
export async function logIn(context: BrowserContext, brukernavn: Brukernavn): Promise<Page> {
	const page = await context.newPage();
	await visit(page, '/logg-inn');
	await page.getByLabel(tekst('innlogging_brukernavn')).fill(brukernavn);
	await page.getByLabel(tekst('innlogging_passord')).fill(password);
	await page.getByRole('button', { name: tekst('innlogging_knapp') }).click();
	await page.waitForURL('**/hjem');
	await hydrated(page);
	return page;
}

/** The cookie in which the language stands: people's own choice is left as it is, for other tests log in as them too. */
export async function useLanguage(context: BrowserContext, sprak: Sprak): Promise<void> {
	await context.addCookies([{ name: 'sprak', value: sprak, url: origin, httpOnly: true, sameSite: 'Lax' }]);
}

interface Fixtures {
	faults: Faults;
	/** A browser of its own for somebody, watched for faults and closed with the test. */
	browse: (options?: BrowserContextOptions) => Promise<BrowserContext>;
	/** A page of somebody who is logged in; nothing is shown on it yet. */
	as: (brukernavn: Brukernavn, options?: BrowserContextOptions) => Promise<Page>;
}

/** Playwright's `test` with people of the demo world. Every test fails on faults in any of its browsers. */
export const test = base.extend<Fixtures>({
	faults: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs from here
		async ({}, use) => {
			const faults = new Faults();
			await use(faults);
			expect(faults.unexpected, 'faults in the browser').toEqual([]);
		},
		{ auto: true }
	],
	context: async ({ context, faults }, use) => {
		faults.watch(context);
		await use(context);
	},
	browse: async ({ browser, faults }, use) => {
		const opened: BrowserContext[] = [];
		await use(async (options = {}) => {
			const context = await browser.newContext(options);
			faults.watch(context);
			opened.push(context);
			return context;
		});
		await Promise.all(opened.map((context) => context.close()));
	},
	as: async ({ browse }, use) => {
		await use(async (brukernavn, options) => {
			const context = await browse(options);
			await logInQuietly(context, brukernavn);
			return context.newPage();
		});
	}
});

export { expect };
