import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** The cores: one for the server that is measured, one for all else. */
export const SERVER_CORE = 0;
export const OTHER_CORE = 1;

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Binds a process, with all its threads, to one core. */
export function pin(pid: number, core: number): void {
	execFileSync('taskset', ['-acp', String(core), String(pid)], { stdio: 'ignore' });
}

/** The CPU time that these processes have used, their threads included. Microseconds. */
export function cpuOf(pids: readonly number[]): number {
	return pids.reduce((sum, pid) => sum + ticks(pid, false), 0) * (1e6 / TICKS_PER_SECOND);
}

/** The CPU time of a process with all that it has started, those that have ended included. Microseconds. */
export function cpuOfTree(pid: number): number {
	const children = parents().get(pid) ?? [];
	return children.reduce((sum, child) => sum + cpuOfTree(child), 0) + ticks(pid, true) * (1e6 / TICKS_PER_SECOND);
}

/** Resident memory of a process. Bytes. */
export function memoryOf(pid: number): number {
	const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
	return Number(kilobytes) * 1024;
}

function stat(pid: number): string[] {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
		// The name in parentheses may hold anything.
		return text.slice(text.lastIndexOf(')') + 2).split(' ');
	} catch {
		return [];
	}
}

/** utime and stime, and with `ended` those of children that have been waited for. */
function ticks(pid: number, ended: boolean): number {
	const fields = stat(pid);
	const of = (from: number, to: number) => fields.slice(from, to).reduce((sum, field) => sum + Number(field), 0);
	return of(11, ended ? 15 : 13);
}

function parents(): Map<number, number[]> {
	const children = new Map<number, number[]>();
	for (const entry of readdirSync('/proc')) {
		if (!/^\d+$/.test(entry)) continue;
		const parent = Number(stat(Number(entry))[1]);
		children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
	}
	return children;
}
