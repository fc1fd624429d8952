import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How much passes through before what it left behind is cleared away, in bytes. */
const RYDD = 4 * 1024 * 1024;

let rydd: (() => void) | undefined;

/**
 * Passes pieces on, and has the young garbage collected every few megabytes. Buffers lie outside the heap: V8 lets some 64 MB of dead ones gather
 * before it looks, for each process and whatever the size of a piece, since they hardly fill the heap itself. A minor collection takes about a millisecond.
 */
export async function* medRydding<T extends Uint8Array>(biter: AsyncIterable<T>): AsyncGenerator<T> {
	let siden = 0;
	for await (const bit of biter) {
		yield bit;
		siden += bit.length;
		if (siden < RYDD) continue;
		siden = 0;
		rydd ??= ungRydding();
		rydd();
	}
}

/** V8's own function is given only to a context that is made after the flag is set; no other code gets to see it. */
function ungRydding(): () => void {
	setFlagsFromString('--expose-gc');
	const gc = runInNewContext('gc') as (options: { type: 'minor' }) => void;
	setFlagsFromString('--no-expose-gc');
	return () => gc({ type: 'minor' });
}
