import { startWsProcess, type WsProcess } from '../ws-process.ts';

/** ws-server as a process of its own on one port, that is killed and started again while people go on. */
export class Server {
	readonly port: number;
	private readonly url: string;
	private running: Promise<WsProcess>;

	private constructor(url: string, process: WsProcess) {
		this.url = url;
		this.port = process.port;
		this.running = Promise.resolve(process);
	}

	static async start(databaseUrl: string): Promise<Server> {
		return new Server(databaseUrl, await startWsProcess(databaseUrl));
	}

	/** Resolves when it listens (again). */
	async up(): Promise<void> {
		await this.running;
	}

	/** kill -9; the next one is on its way when this resolves. */
	async kill(): Promise<void> {
		await (await this.running).kill9();
		this.startAgain();
	}

	/** SIGTERM; the next one is on its way when this resolves. */
	async restart(): Promise<void> {
		await this.stop();
		this.startAgain();
	}

	/**
	 * SIGTERM: commits what it has received, and writes the snapshots.
	 * @throws Error when it does not end in good order
	 */
	async stop(): Promise<void> {
		const process = await this.running;
		const { code, signal } = await process.terminate();
		if (code !== 0) throw new Error(`ws-server ended with ${signal ?? code}: ${process.output()}`);
	}

	private startAgain(): void {
		this.running = startWsProcess(this.url, this.port);
		// Whoever needs it next hears of a failure.
		this.running.catch(() => undefined);
	}
}
