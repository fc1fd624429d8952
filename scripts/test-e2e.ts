import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '#lib/server/config.ts';
import { createDb } from '#lib/server/db/pool.ts';
import { everything } from '../tests/support/checksum.ts';
import { findChromium } from '../tests/support/chromium.ts';
import { fallbackHome } from './lib/cluster-home.ts';
import { databaseName } from './lib/database.ts';
import { openDrillControl } from './lib/drill-control.ts';
import { inProject, projectRoot } from './lib/paths.ts';
import { freePort } from './lib/ports.ts';
import { keepLogs, openRecord } from './lib/records.ts';
import { Stack } from './lib/stack.ts';
import type { CaughtMail } from './mail-catcher/mailbox.ts';
import { describeFailure } from './lib/user-error.ts';

/** Settings of ours that must not leak into the portal under test. */
const settings =
	/^(PORT|HOST|ORIGIN|DATABASE_URL|WS_PORT|METRICS_PORT|LOG_LEVEL|DEMO_PASSWORD|SESSION_IDLE|TRUST_PROXY|EID_\w+|PID_KEY|SIGNING_KEY|SMTP_URL|MAIL_FROM|INACTIVITY_MONTHS|SAMTALE_REMINDER_WEEKS|FIL_\w+|CLAMD|DATA_DIR|NODE_ENV)$/;

const out = (line: string): void => console.log(line);

/**
 * The browser tests: a portal of their own, as built, on free ports with a database of its own; Playwright (the
 * arguments are passed on to it); and nothing left afterwards.
 */
const dataDir = await mkdtemp(join(tmpdir(), 'lis-kommune-e2e-'));
await chmod(dataDir, 0o711);
const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !settings.test(key)));
const config = loadConfig({ PORT: String(await freePort()), WS_PORT: String(await freePort()), DATA_DIR: dataDir });
const stack = new Stack({ config, mode: 'built', env, out });

let ending: Promise<void> | undefined;
const end = (code: number): Promise<void> =>
	(ending ??= (async () => {
		await stack.stop();
		await keepLogs(join(dataDir, 'log'), 'e2e');
		await rm(dataDir, { recursive: true, force: true });
		await rm(fallbackHome(dataDir), { recursive: true, force: true });
		process.exit(code);
	})());
let playwright: ChildProcess | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
	process.on(signal, () => {
		playwright?.kill(signal);
		void end(130);
	});

try {
	const chromium = await findChromium(out);
	await stack.start();
	const control = await openDrillControl(stack);
	const databaseUrl = stack.cluster?.url(databaseName) ?? '';
	const code = await runPlaywright({
		...{ CHROMIUM_PATH: chromium, E2E_URL: config.origin, E2E_CONTROL: control.url, E2E_DATABASE: databaseUrl },
		E2E_MAIL: stack.mailAddress ?? ''
	});
	if (process.env['TEST_RECORDS'] !== undefined) await keepMailsAndDatabase(databaseUrl);
	await end(code);
} catch (error) {
	if (ending === undefined) console.error(describeFailure(error));
	await end(1);
}

/** For the look at the end of a whole run (scripts/test.ts): all that was mailed, and all that stands in the database. */
async function keepMailsAndDatabase(databaseUrl: string): Promise<void> {
	const mails = (await (await fetch(`${stack.mailAddress}/api/mails`)).json()) as CaughtMail[];
	const keep = openRecord('mail', 'e2e');
	for (const { headers, subject, text, html } of mails) keep([...headers, subject, text, html, ''].join('\n'));
	const { db, pool } = createDb(databaseUrl, undefined, { max: 1 });
	openRecord('database', 'e2e')(await everything(db));
	await pool.end();
}

function runPlaywright(found: Record<string, string>): Promise<number> {
	const cli = inProject('node_modules/@playwright/test/cli.js');
	return new Promise((resolve) => {
		playwright = spawn(process.execPath, [cli, 'test', ...process.argv.slice(2)], {
			cwd: projectRoot,
			env: { ...env, ...found, E2E_DEMO_PASSWORD: config.demoPassword },
			stdio: 'inherit'
		});
		playwright.once('error', () => resolve(1));
		playwright.once('close', (code) => resolve(code ?? 1));
	});
}
