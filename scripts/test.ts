import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_EID, NYE_EID } from '#lib/server/demo/eid-personer.ts';
import { findLeaks } from './lib/leaks.ts';
import { inProject, projectRoot } from './lib/paths.ts';
import { runToEnd } from './lib/run.ts';
import { addCounts, readPlaywrightCounts, readVitestCounts, type Counts } from './lib/test-counts.ts';

interface Step {
	name: string;
	run: () => Promise<{ code: number; output: string }>;
	/** Reads how many tests there were; a step without it counts as one. */
	counts?: () => Promise<Counts | undefined>;
}

const dir = await mkdtemp(join(tmpdir(), 'lis-kommune-tests-'));
/** Where each suite keeps the logs of its servers, its mails and its databases; and what must have come from where. */
const records = join(dir, 'records');
const expected = ['integration/log', 'integration/mail', 'realtime/log', 'e2e/log', 'e2e/mail', 'e2e/database'];
const npm = process.env['npm_execpath'];
const steps: Step[] = [
	npmScript('format', ['format:check']),
	npmScript('lint', ['lint']),
	npmScript('types', ['types']),
	vitest('unit'),
	vitest('integration'),
	vitest('realtime'),
	npmScript('build', ['build']),
	playwright('e2e'),
	{ name: 'leaks', run: lookForLeaks }
];

/** Whatever hangs must not keep the whole from ending. */
const stepLimitMs = 15 * 60_000;

const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopped.abort());

/** Runs all there is, whatever fails on the way, and ends with one line of counts. */
let total: Counts = { passed: 0, failed: 0, skipped: 0 };
for (const step of steps) {
	const start = performance.now();
	const { code, output } = await step.run();
	if (stopped.signal.aborted) break;
	const counts = await countsOf(step, code);
	total = addCounts(total, counts);
	const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
	console.log(`${code === 0 ? '✓' : '✗'} ${step.name.padEnd(12)} ${seconds} s   ${describe(counts)}`);
	if (code !== 0) console.log(`\n${output.trim()}\n`);
}
await rm(dir, { recursive: true, force: true });
if (stopped.signal.aborted) process.exit(130);
console.log(describe(total));
process.exit(total.failed > 0 ? 1 : 0);

function npmScript(name: string, script: string[], env: Record<string, string> = {}): Step {
	return { name, run: () => runScript(script, env) };
}

function vitest(project: string): Step {
	const file = join(dir, `${project}.json`);
	const script = [`test:${project}`, '--', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
	// The unit tests start no servers, and some of them log what must be masked.
	const env = project === 'unit' ? {} : { TEST_RECORDS: join(records, project) };
	return { ...npmScript(project, script, env), counts: () => readVitestCounts(file) };
}

function playwright(name: string): Step {
	const file = join(dir, `${name}.json`);
	const env = { E2E_REPORT: file, TEST_RECORDS: join(records, name) };
	return { ...npmScript(name, ['test:e2e'], env), counts: () => readPlaywrightCounts(file) };
}

/** T18: no log, mail or database of the whole run holds a fødselsnummer, or what opens the portal. */
async function lookForLeaks(): Promise<{ code: number; output: string }> {
	const used = [...Object.values(DEMO_EID), ...NYE_EID].map(({ pid }) => pid);
	const { kept, leaks } = await findLeaks(records, used);
	const missing = expected.filter((kind) => !kept.includes(kind));
	const faults = [...leaks, ...missing.map((kind) => `${kind}: nothing was kept, and so nothing was looked at.`)];
	return { code: faults.length === 0 ? 0 : 1, output: faults.join('\n') };
}

/** A failure that no single test stands for (a crash, an error between tests) must show in the counts. */
async function countsOf(step: Step, code: number): Promise<Counts> {
	const counts = (await step.counts?.()) ?? { passed: code === 0 ? 1 : 0, failed: 0, skipped: 0 };
	return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function runScript(script: string[], env: Record<string, string>): Promise<{ code: number; output: string }> {
	const [command, args] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
	return runToEnd(command, [...args, 'run', '--silent', ...script], {
		cwd: projectRoot,
		signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(stepLimitMs)]),
		env: { ...process.env, ...env, NO_COLOR: '1', PATH: `${inProject('node_modules/.bin')}:${process.env['PATH']}` }
	});
}

function describe({ passed, failed, skipped }: Counts): string {
	return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
