import fc from 'fast-check';
import { faultsOf } from './judge.ts';
import { Play, type Stage } from './play.ts';
import { scripts, type Script } from './script.ts';

/** With MODEL_SHRINK=1 a failing script is thinned out to the least that still fails; each try takes as long as the whole. */
const SHRINK = process.env['MODEL_SHRINK'] === '1';

/**
 * Plays the script that this seed makes, and judges what is left.
 * @throws Error naming the seed, what does not hold, and all that happened
 */
export async function playSeed(stage: Stage, seed: number, steps: number): Promise<string[]> {
	let told: string[] = [];
	await fc.assert(
		fc.asyncProperty(scripts(steps), async (script) => {
			told = await play(stage, seed, script);
		}),
		{
			seed,
			numRuns: 1,
			endOnFailure: !SHRINK,
			// The script itself says less than what happened by it.
			asyncReporter: ({ errorInstance }) =>
				errorInstance === null || errorInstance === undefined
					? Promise.resolve()
					: Promise.reject(errorInstance as Error)
		}
	);
	return told;
}

async function play(stage: Stage, seed: number, script: Script): Promise<string[]> {
	const play = await Play.open(stage, script.draw);
	let faults: string[];
	try {
		await play.run(script);
		const live = play.devices.filter(({ lives }) => lives);
		await play.leave();
		faults = await faultsOf(stage, play, live);
	} catch (error) {
		await play.leave().catch(() => undefined);
		faults = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
	}
	if (faults.length > 0) throw new Error([`seed ${seed}, document ${play.docId}:`, ...faults, ...play.told].join('\n'));
	return play.told;
}
