import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a process tells of its memory, in MiB; `heap` and `outside` (buffers) after all garbage has been collected. */
export type Memory = { heap: number; outside: number; resident: number };

const MIB = 2 ** 20;
const PAUSE_MS = 200;

/** Loaded with `--import` into a process under test: tells whoever started it about its memory, when asked. */
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

process.on('message', async (asked) => {
	if (asked !== 'memory') return;
	// Buffers go when what held them has gone, and that is seen a turn later.
	for (let round = 0; round < 3; round++) {
		collect();
		await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
	}
	const { heapUsed, external, rss } = process.memoryUsage();
	process.send?.({ heap: heapUsed / MIB, outside: external / MIB, resident: rss / MIB } satisfies Memory);
});
// The channel alone shall not keep the process, nor its end be missed.
process.channel?.unref();
