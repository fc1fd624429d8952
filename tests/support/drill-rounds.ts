import { createPair, DrillRoom, type Pair } from './drill-room.ts';
import { seededRandom, type Random } from './random.ts';
import type { World } from './world.ts';

export type DrillOptions = {
	rounds: number;
	/** Where the typists type, and when the blow falls. */
	seed: number;
	/** Told after every round. */
	onRound?: (round: number, report: DrillReport) => void;
};

export type DrillReport = {
	/** All that was found wrong, with the round. Empty is what is to be shown. */
	faults: string[];
	words: number;
	acknowledged: number;
	/** The longest time from a server or database that was there again until both clients had settled, in milliseconds. */
	slowestMs: number;
};

/** One round: two people of a samtale, who are in it, and are to be struck. */
export type Round = { room: DrillRoom; pair: Pair; random: Random; round: number };

/** What a round showed: how long it took until all was well again, and what was wrong. */
export type Outcome = { ms: number; faults: string[] };

/** How a drill is played: where its people connect, in how many rounds one samtale is written, and the blow. */
type Game = { port: () => number; roundsPerDocument: number; strike: (round: Round) => Promise<Outcome> };

/** Plays a drill round by round, with a new samtale now and then, and adds up what it showed. */
export async function playRounds(
	world: World,
	{ rounds, seed, onRound }: DrillOptions,
	{ port, roundsPerDocument, strike }: Game
): Promise<DrillReport> {
	const random = seededRandom(seed);
	const pair = await createPair(world);
	const report: DrillReport = { faults: [], words: 0, acknowledged: 0, slowestMs: 0 };
	let room: DrillRoom | undefined;
	for (let round = 1; round <= rounds; round++) {
		if (!room) {
			room = await DrillRoom.create(world, pair, random);
			await room.join(port());
		}
		const { ms, faults } = await strike({ room, pair, random, round });
		report.slowestMs = Math.max(report.slowestMs, ms);
		report.faults.push(...faults.map((fault) => `seed ${seed}, round ${round}: ${fault}`));
		if (round % roundsPerDocument === 0 || round === rounds) {
			report.words += room.ledger.words;
			report.acknowledged += room.ledger.acknowledged;
			await room.leave();
			room = undefined;
		}
		onRound?.(round, report);
	}
	return report;
}

/** A line every ten rounds, and one for every fault at once. */
export function progress(of: number): (round: number, report: DrillReport) => void {
	let told = 0;
	return (round, { faults, words, slowestMs }) => {
		for (const fault of faults.slice(told)) console.log(fault);
		told = faults.length;
		if (round % 10 === 0)
			console.log(`${round} of ${of}: ${words} words, slowest ${Math.round(slowestMs)} ms, ${told} faults`);
	};
}
