import { faultsOfLog, rendered, replay } from './log-state.ts';
import { Ledger } from './ledger.ts';
import type { Random } from './random.ts';
import { until } from './realtime.ts';
import { Typist } from './typist.ts';
import type { Person, World } from './world.ts';

/** The two people of a samtale, logged in. */
export type Pair = { veileder: Person; lis: Person; tokens: { lis: string; veileder: string } };

/** A LIS and their veileder in this world. */
export async function createPair(world: World): Promise<Pair> {
	const { lis, veileder } = await world.cast();
	return { lis, veileder, tokens: { lis: await world.login(lis), veileder: await world.login(veileder) } };
}

/** One samtale in a drill: its ledger over all that is killed, and those who type in it now. */
export class DrillRoom {
	readonly ledger = new Ledger();
	typists: Typist[] = [];
	private readonly world: World;
	private readonly pair: Pair;
	readonly docId: string;
	private readonly random: Random;

	private constructor(world: World, pair: Pair, docId: string, random: Random) {
		this.world = world;
		this.pair = pair;
		this.docId = docId;
		this.random = random;
	}

	static async create(world: World, pair: Pair, random: Random): Promise<DrillRoom> {
		return new DrillRoom(world, pair, await world.samtale(pair.veileder, pair.lis), random);
	}

	/** Opens fresh clients, without anything of earlier ones, and waits until they have the document. */
	async join(port: number): Promise<void> {
		const { docId, ledger, random } = this;
		const { lis, veileder } = this.pair.tokens;
		this.typists = [
			new Typist({ port, docId, token: lis, who: 'lis', ledger, random }),
			new Typist({ port, docId, token: veileder, who: 'veileder', ledger, random })
		];
		await Promise.all(this.typists.map((typist) => typist.client.synced()));
	}

	start(): void {
		for (const typist of this.typists) typist.start();
	}

	async stop(): Promise<void> {
		await Promise.all(this.typists.map((typist) => typist.stop()));
	}

	/**
	 * Everything that was typed is acknowledged, both see the same, and nothing is on its way any more: who receives may answer with
	 * a clean-up of marks (collab.md, «Readers write»), so it asks until nothing has changed between two answers.
	 */
	async settle(): Promise<void> {
		const changes = () => this.typists.reduce((sum, typist) => sum + typist.changes, 0);
		for (let before = -1; before !== changes();) {
			before = changes();
			await Promise.all(this.typists.map((typist) => typist.settled()));
			await until(() => new Set(this.typists.map(({ client }) => rendered(client.doc))).size === 1);
		}
	}

	async leave(): Promise<void> {
		await Promise.all(this.typists.map((typist) => typist.leave()));
		this.typists = [];
	}

	/** The server was killed: throws clients and their documents away; only what was acknowledged counts from now on. */
	async lose(): Promise<void> {
		await Promise.all(this.typists.map((typist) => typist.lose()));
		this.typists = [];
	}

	/** What is wrong in the clients, in the document as its log alone makes it, and in the log itself. */
	async faults(): Promise<string[]> {
		const log = await replay(this.world.owner, this.docId);
		const live = this.typists.flatMap(({ client }) => [
			...this.ledger.faults(client.doc),
			...differences(rendered(client.doc), rendered(log))
		]);
		return [...live, ...this.ledger.faults(log), ...(await faultsOfLog(this.world.owner, this.docId))];
	}
}

/** The place where what a client shows and what the log makes begin to differ. */
function differences(client: string, log: string): string[] {
	if (client === log) return [];
	let at = 0;
	while (client[at] === log[at]) at++;
	const around = (text: string) => text.slice(Math.max(0, at - 80), at + 80);
	return [`a client shows «${around(client)}», the log has «${around(log)}»`];
}
