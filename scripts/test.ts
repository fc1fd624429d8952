import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProject, projectRoot } from './lib/paths.ts';
import { runToEnd } from './lib/run.ts';
import { addCounts, readPlaywrightCounts, readVitestCounts, type Counts } from './lib/test-counts.ts';

interface Step {
	name: string;
	/** An npm script, with its arguments. */
	script: string[];
	env?: Record<string, string>;
	/** Reads how many tests there were; a step without it counts as one. */
	counts?: () => Promise<Counts | undefined>;
}

const dir = await mkdtemp(join(tmpdir(), 'lis-kommune-counts-'));
const npm = process.env['npm_execpath'];
const steps: Step[] = [
	{ name: 'format', script: ['format:check'] },
	{ name: 'lint', script: ['lint'] },
	{ name: 'types', script: ['types'] },
	vitest('unit'),
	vitest('integration'),
	vitest('realtime'),
	{ name: 'build', script: ['build'] },
	playwright('e2e')
];

/** Whatever hangs must not keep the whole from ending. */
const stepLimitMs = 15 * 60_000;

const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopped.abort());

/** Runs all there is, whatever fails on the way, and ends with one line of counts. */
let total: Counts = { passed: 0, failed: 0, skipped: 0 };
for (const step of steps) {
	const start = performance.now();
	const { code, output } = await runScript(step);
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

function vitest(project: string): Step {
	const file = join(dir, `${project}.json`);
	return {
		name: project,
		script: [`test:${project}`, '--', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
		counts: () => readVitestCounts(file)
	};
}

function playwright(name: string): Step {
	const file = join(dir, `${name}.json`);
	return { name, script: ['test:e2e'], env: { E2E_REPORT: file }, counts: () => readPlaywrightCounts(file) };
}

/** A failure that no single test stands for (a crash, an error between tests) must show in the counts. */
async function countsOf(step: Step, code: number): Promise<Counts> {
	const counts = (await step.counts?.()) ?? { passed: code === 0 ? 1 : 0, failed: 0, skipped: 0 };
	return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function runScript({ script, env }: Step): Promise<{ code: number; output: string }> {
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
