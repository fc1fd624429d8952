import { defineConfig } from '@playwright/test';
import { chromiumFlags } from './tests/support/chromium.ts';

/** Started by scripts/test-e2e.ts, which brings up a portal of its own and says here where it is. */
const reportFile = process.env['E2E_REPORT'];

export default defineConfig({
	testDir: 'tests/e2e',
	outputDir: 'test-results/e2e',
	workers: 2,
	retries: 0,
	forbidOnly: true,
	timeout: 60_000,
	expect: { timeout: 10_000 },
	reporter: [
		['list'],
		...(reportFile ? [['json', { outputFile: reportFile }] as ['json', { outputFile: string }]] : [])
	],
	use: {
		baseURL: process.env['E2E_URL'] ?? 'http://localhost:3000',
		browserName: 'chromium',
		locale: 'nb-NO',
		timezoneId: 'Europe/Oslo',
		trace: 'retain-on-failure',
		screenshot: 'only-on-failure',
		launchOptions: {
			args: chromiumFlags,
			...(process.env['CHROMIUM_PATH'] ? { executablePath: process.env['CHROMIUM_PATH'] } : {})
		}
	},
	// Tests that stop the database or kill a service disturb all others: they come last, alone.
	projects: [
		{ name: 'portal', testIgnore: '**/*.drill.spec.ts' },
		{ name: 'drill', testMatch: '**/*.drill.spec.ts', dependencies: ['portal'], fullyParallel: false, workers: 1 }
	]
});
