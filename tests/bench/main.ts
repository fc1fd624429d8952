import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { inProject } from '../../scripts/lib/paths.ts';
import { notifyCost, openCold, openMany, storeOf } from './alone.ts';
import { contestants } from './contestants.ts';
import { startPortal } from './ours.ts';
import { OTHER_CORE, pin } from './processes.ts';
import { describeRun, type Figures } from './report.ts';
import { playRound, type Round } from './round.ts';

/**
 * Co-editing beside its peers: `npm run bench` (README). All of it in one run on one machine: the server on one core, the generator and PostgreSQL on
 * another; medians over the rounds.
 */
const { values } = parseArgs({
	options: {
		rounds: { type: 'string', default: '3' },
		seconds: { type: 'string', default: '20' },
		only: { type: 'string' },
		/** Writes docs/benchmarks.md too. */
		write: { type: 'boolean', default: false },
		open: { type: 'string', default: '5000' },
		/** How many documents; «200-»: of keys that come without cursors. */
		loads: { type: 'string', default: '200,20,200-' },
		cold: { type: 'string', default: '21' }
	}
});
const rounds = Number(values.rounds);
const open = Number(values.open);
const loads = values.loads
	.split(',')
	.map((key) => ({ key, documents: Number.parseInt(key, 10), cursors: !key.endsWith('-') }));
const cold = Number(values.cold);

if (process.platform !== 'linux' || availableParallelism() < 2)
	fail('The benchmark pins processes to cores: it needs Linux with two cores and taskset.');
pin(process.pid, OTHER_CORE);
const peers = inProject('tests/bench/peers');
if (!existsSync(`${peers}/node_modules`))
	execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: peers, stdio: 'inherit' });

const portal = await startPortal(Math.max(open, Math.max(...loads.map(({ documents }) => documents)) + cold));
try {
	const all = contestants(portal).filter(
		({ name }) => values.only === undefined || values.only.split(',').includes(name)
	);
	const found = new Map<string, Round[]>();
	let store: Figures['store'];
	for (let round = 1; round <= rounds; round++)
		for (const { documents, cursors, key: loadKey } of loads)
			// Each begins once before the others.
			for (const contestant of [...all.slice(round % all.length), ...all.slice(0, round % all.length)]) {
				const before = await storeOf(portal.db);
				const measureMs = Number(values.seconds) * 1_000;
				const load = { documents, cursors, keysPerSecond: 5, warmUpMs: 10_000, measureMs };
				const result = await playRound(contestant, load);
				const key = `${contestant.name} ${loadKey}`;
				found.set(key, [...(found.get(key) ?? []), result]);
				if (contestant.name === 'ours-1' && loadKey === loads[0]?.key) {
					const after = await storeOf(portal.db);
					// The keys of the warming-up are in the log too.
					const keys = result.edits * (1 + load.warmUpMs / load.measureMs);
					store = {
						table: (after.table - before.table) / keys,
						index: (after.index - before.index) / keys,
						wal: (after.wal - before.wal) / keys
					};
				}
				const { p50, p99, cpu, lost } = result;
				console.error(
					`round ${round}  ${key.padEnd(16)} ${cpu.toFixed(0)} µs  p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(1)} ms  lost ${lost}`
				);
			}
	const figures: Figures = {
		contestants: all,
		rounds: found,
		loads,
		store,
		cold: await openCold(portal, cold),
		notify: await notifyCost(portal),
		memory: { ...(await openMany(portal, open)), documents: open }
	};
	const text = describeRun(figures, { rounds, seconds: Number(values.seconds) });
	console.log(text);
	if (values.write) await writeFile(inProject('docs/benchmarks.md'), text);
} finally {
	await portal.stop();
}

function fail(message: string): never {
	console.error(message);
	process.exit(1);
}
