import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** True while a process with this id runs; a zombie that nobody reaped (a container without an init) does not count. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
	const stat = `/proc/${pid}/stat`;
	if (!existsSync('/proc/self/stat')) return true;
	try {
		return !/^\d+ \(.*\) Z/s.test(readFileSync(stat, 'utf8'));
	} catch {
		return false;
	}
}

/** Sends a signal; a process that is gone already is no error. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(pid, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

/** Waits until the process is gone; false when it still runs after `milliseconds`. */
export function waitForExit(pid: number, milliseconds: number): Promise<boolean> {
	return until(() => !isAlive(pid), milliseconds);
}

/** Asks again every 20 ms; false when the answer is still no after `milliseconds`. */
export async function until(holds: () => boolean | Promise<boolean>, milliseconds: number): Promise<boolean> {
	const end = performance.now() + milliseconds;
	while (!(await holds())) {
		if (performance.now() > end) return false;
		await delay(20);
	}
	return true;
}
