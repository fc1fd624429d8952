import type { Logger } from './log.ts';

const stopWithinMs = 9_500;

/**
 * Ends the process in good order on SIGTERM and SIGINT: `stop` once, then exit 0. Whoever takes longer than 9.5 s is cut
 * off, because operators kill after 10.
 */
export function stopOnSignal(log: Logger, stop: () => Promise<void>): void {
	let stopping = false;
	const end = (signal: string): void => {
		if (stopping) return;
		stopping = true;
		log.info({ signal }, 'stopping');
		setTimeout(() => process.exit(1), stopWithinMs).unref();
		stop().then(
			() => process.exit(0),
			(error: unknown) => {
				log.error({ err: error }, 'stopping failed');
				process.exit(1);
			}
		);
	};
	process.on('SIGTERM', end);
	process.on('SIGINT', end);
}

/** The event of the process that says that the web server is about to close: whoever holds a request lets go of it. */
export const STOPPER = 'lis-kommune:stopper';

/** Tells the runner, when there is one, that this process now does its work. */
export function reportReady(): void {
	process.send?.('ready');
}
