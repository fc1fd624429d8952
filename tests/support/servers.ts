import { startPgProxy, type PgProxy } from './pg-proxy.ts';
import type { Memory } from './tell-memory.ts';
import { startWsProcess, type WsProcess } from './ws-process.ts';

/** ws-server as a process of its own on one port, that is killed and started again while people go on. */
class Node {
	readonly port: number;
	readonly proxy: PgProxy;
	private running: Promise<WsProcess>;

	constructor(proxy: PgProxy, process: WsProcess) {
		this.proxy = proxy;
		this.port = process.port;
		this.running = Promise.resolve(process);
	}

	async up(): Promise<void> {
		await this.running;
	}

	async kill(): Promise<void> {
		await (await this.running).kill9();
		this.startAgain();
	}

	async restart(): Promise<void> {
		await this.terminate();
		this.startAgain();
	}

	async terminate(): Promise<void> {
		const faults = await (await this.running).end();
		if (faults.length > 0) throw new Error(faults.join('\n'));
	}

	async memory(): Promise<Memory> {
		return (await this.running).memory();
	}

	private startAgain(): void {
		this.running = startWsProcess(this.proxy.url, this.port);
		// Whoever needs it next hears of a failure.
		this.running.catch(() => undefined);
	}
}

/** Several ws-servers on one database, each by a proxy of its own. */
export class Servers {
	private readonly nodes: Node[];

	private constructor(nodes: Node[]) {
		this.nodes = nodes;
	}

	static async start(databaseUrl: string, count: number): Promise<Servers> {
		const nodes = Array.from({ length: count }, async () => {
			const proxy = await startPgProxy(databaseUrl);
			return new Node(proxy, await startWsProcess(proxy.url));
		});
		return new Servers(await Promise.all(nodes));
	}

	/** Where each of them listens. */
	get ports(): number[] {
		return this.nodes.map(({ port }) => port);
	}

	/** The port of one of them; by which is counted around. */
	port(which: number): number {
		return this.node(which).port;
	}

	/** Resolves when all listen (again). */
	async up(): Promise<void> {
		await Promise.all(this.nodes.map((node) => node.up()));
	}

	/** kill -9; the next one is on its way when this resolves. */
	kill(which: number): Promise<void> {
		return this.node(which).kill();
	}

	/**
	 * SIGTERM; the next one is on its way when this resolves.
	 * @throws Error when it does not end in good order, within 10 s
	 */
	restart(which: number): Promise<void> {
		return this.node(which).restart();
	}

	/** What memory each of them holds. */
	async memory(): Promise<Memory[]> {
		return Promise.all(this.nodes.map((node) => node.memory()));
	}

	/** Every way to the database breaks; `down`: and stays so. What was under way may have been done or not. */
	breakDatabase(down: boolean): void {
		for (const { proxy } of this.nodes)
			if (down) proxy.down();
			else proxy.cut();
	}

	/** The database can be reached. */
	mendDatabase(): void {
		for (const { proxy } of this.nodes) proxy.up();
	}

	/** One node's answers from the database are lost from now on; what it asks for is done. Until `letGo`. */
	holdAnswers(which: number): void {
		this.node(which).proxy.holdAnswers();
	}

	/** Breaks one node's connections to the database: what it asked for may have been done or not. */
	letGo(which: number): void {
		this.node(which).proxy.cut();
	}

	/** NOTIFY hints are lost on their way, or heard. */
	hints(heard: boolean): void {
		for (const { proxy } of this.nodes)
			if (heard) proxy.hear();
			else proxy.lose();
	}

	/**
	 * SIGTERM: they commit what they have received, and write the snapshots.
	 * @throws Error as with `restart`
	 */
	async stop(): Promise<void> {
		await Promise.all(this.nodes.map((node) => node.terminate()));
		await Promise.all(this.nodes.map(({ proxy }) => proxy.stop()));
	}

	private node(which: number): Node {
		const node = this.nodes[which % this.nodes.length];
		if (!node) throw new Error('no node');
		return node;
	}
}
