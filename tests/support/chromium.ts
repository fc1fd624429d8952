import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { runToEnd } from '../../scripts/lib/run.ts';

const systemPaths = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome-stable',
	'/usr/bin/google-chrome',
	'/snap/bin/chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium'
];

/** Nothing that reaches out by itself; no sandbox for root, where Chromium refuses to start with one. */
export const chromiumFlags = [
	...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

/**
 * A browser for the tests: CHROMIUM_PATH, one that the system has, Debian's package when we may install it, or the one
 * that Playwright downloads.
 * @param out told what is being installed
 * @throws Error saying what was tried, and what to set
 */
export async function findChromium(out: (line: string) => void): Promise<string> {
	const given = process.env['CHROMIUM_PATH'];
	if (given !== undefined && given !== '') {
		if (existsSync(given)) return given;
		throw new Error(`CHROMIUM_PATH is «${given}», and there is no such file.`);
	}
	const found = findInstalled();
	if (found !== undefined) return found;

	const tried: string[] = [];
	if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
		out('installing chromium with apt (some 30 s) …');
		tried.push(await installWithApt());
		const installed = findInstalled();
		if (installed !== undefined) return installed;
	}
	out('downloading chromium with playwright …');
	tried.push(await installWithPlaywright());
	if (existsSync(chromium.executablePath())) return chromium.executablePath();
	throw new Error(['No browser was found or could be installed; set CHROMIUM_PATH to one.', ...tried].join('\n'));
}

function findInstalled(): string | undefined {
	return [...systemPaths, chromium.executablePath()].find((path) => existsSync(path));
}

async function installWithApt(): Promise<string> {
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const update = await runToEnd('apt-get', ['update'], { env });
	if (update.code !== 0) return update.output;
	const packages = ['install', '-y', '--no-install-recommends', 'chromium'];
	return (await runToEnd('apt-get', packages, { env })).output;
}

async function installWithPlaywright(): Promise<string> {
	const cli = join(createRequire(import.meta.url).resolve('@playwright/test/package.json'), '../cli.js');
	return (await runToEnd(process.execPath, [cli, 'install', 'chromium'])).output;
}
