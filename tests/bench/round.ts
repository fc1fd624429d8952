import { fork } from 'node:child_process';
import { once } from 'node:events';
import { inProject } from '../../scripts/lib/paths.ts';
import type { Contestant } from './contestants.ts';
import type { Job, Measured, Word } from './load.ts';
import { cpuOf, cpuOfTree, memoryOf } from './processes.ts';

/** One contestant under one load. CPU in microseconds per edit, memory in bytes. */
export type Round = Measured & { cpu: number; cpuRest: number; cpuPostgres: number; memory: number };

/** Starts a server, lets two editors type in each document, and tells what it cost. */
export async function playRound(
	contestant: Contestant,
	load: Pick<Job, 'keysPerSecond' | 'cursors' | 'warmUpMs' | 'measureMs'> & { documents: number }
): Promise<Round> {
	const running = await contestant.start(load.documents);
	try {
		const { dialect, documents, asksSaved } = running;
		const spent = () => ({
			cpu: cpuOf(running.server),
			cpuRest: cpuOf(running.rest),
			cpuPostgres: running.postgres === undefined ? 0 : cpuOfTree(running.postgres)
		});
		let [before, after] = [spent(), spent()];
		let memory = 0;
		const measured = await generate({ ...load, dialect, documents, asksSaved }, (word) => {
			if (word === 'begin') before = spent();
			else {
				after = spent();
				memory = running.server.reduce((sum, pid) => sum + memoryOf(pid), 0);
			}
		});
		return {
			...{ ...measured, memory },
			cpu: (after.cpu - before.cpu) / measured.edits,
			cpuRest: (after.cpuRest - before.cpuRest) / measured.edits,
			cpuPostgres: (after.cpuPostgres - before.cpuPostgres) / measured.edits
		};
	} finally {
		await running.stop();
	}
}

/** Runs the generator in a process of its own, so that each round begins with an empty heap. */
async function generate(job: Job, on: (word: 'begin' | 'end') => void): Promise<Measured> {
	const child = fork(inProject('tests/bench/load.ts'), {
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
		// A generator that stops to collect its own garbage would be taken for a slow server; for all contestants alike.
		execArgv: ['--single-threaded-gc', '--no-allocation-site-pretenuring']
	});
	let measured: Measured | undefined;
	child.on('message', (word: Word) => {
		if (typeof word === 'string') on(word);
		else measured = word;
	});
	child.send(job);
	await once(child, 'exit');
	if (!measured) throw new Error('The generator ended without figures.');
	return measured;
}
