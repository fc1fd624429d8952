import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

export interface Counts {
	passed: number;
	failed: number;
	skipped: number;
}

export function addCounts(a: Counts, b: Counts): Counts {
	return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

interface VitestReport {
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	numTodoTests: number;
}

interface PlaywrightReport {
	stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

/** Undefined when vitest did not live to write its report. */
export async function readVitestCounts(file: string): Promise<Counts | undefined> {
	const report = await readReport<VitestReport>(file);
	return (
		report && {
			passed: report.numPassedTests,
			failed: report.numFailedTests,
			skipped: report.numPendingTests + report.numTodoTests
		}
	);
}

/** Undefined when Playwright did not live to write its report. A test that passed at the second try has failed. */
export async function readPlaywrightCounts(file: string): Promise<Counts | undefined> {
	const report = await readReport<PlaywrightReport>(file);
	return (
		report && {
			passed: report.stats.expected,
			failed: report.stats.unexpected + report.stats.flaky,
			skipped: report.stats.skipped
		}
	);
}

async function readReport<T>(file: string): Promise<T | undefined> {
	return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as T) : undefined;
}
