import type { Rule } from './house-rules.ts';

const OPENS = ['newContext', 'launchPersistentContext', 'browser'];

/** Else what a test finds on a page may be what a live region says, and what fails in the browser is seen by nobody. */
export const browserRule: Rule = {
	name: 'every browser of a browser test comes from its fixtures, or is watched as theirs are',
	wrong: [
		['tests/e2e/x.spec.ts', 'const context = await browser.newContext();'],
		['tests/e2e/x.spec.ts', 'const context = await playwright.chromium.launchPersistentContext(profile);'],
		['tests/e2e/x.spec.ts', 'const guest = await page.context().browser()?.newPage();']
	],
	faults: ({ path, calls }) =>
		!path.startsWith('tests/e2e/') || calls.includes('watch') ? [] : calls.filter((call) => OPENS.includes(call))
};
