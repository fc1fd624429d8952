import { AppError, type FeilKode } from '#lib/domain/feil.ts';

/** How the command ended: `ok`, or the code and reason of what it threw. */
export async function outcome(command: Promise<unknown>): Promise<'ok' | FeilKode | `conflict: ${string}`> {
	try {
		await command;
		return 'ok';
	} catch (error) {
		if (!(error instanceof AppError)) throw error;
		return error.code === 'conflict' ? `conflict: ${error.detail.reason}` : error.code;
	}
}
