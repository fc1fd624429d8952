import * as Y from 'yjs';
import { rendered } from '../log-state.ts';
import { holdForAWhile } from '../held.ts';
import { seededRandom, type Random } from '../random.ts';
import { until } from '../realtime.ts';
import type { Person, World } from '../world.ts';
import { Access } from './access.ts';
import { Closing } from './closing.ts';
import { Device, type Kind } from './device.ts';
import { EDIT_NAMES, isEdit, TYPING, type EditName } from './edits.ts';
import { missingRejects } from './rejects.ts';
import { Letters, named, PEOPLE, type Who } from './letters.ts';
import type { Ending, Script, Step, What } from './script.ts';
import type { Servers } from '../servers.ts';
import { Tricks } from './tricks.ts';

/** The people, and where they write. */
export type Stage = { world: World; people: Record<Who, Person>; servers: Servers };

const MOST_DEVICES = 4;
/** Something else holds the document for this long at most. Milliseconds. */
const HOLD_MS = 300;
/** «Ferdigstill» was pressed up to this long ago: often so that the second of grace is over at once. Milliseconds. */
const BEGUN_AGO_MS = 1_500;
/** A wait that takes longer has no end. Milliseconds. */
const LIMIT_MS = 60_000;

/** One samtale from its first word to its end, as a script says. */
export class Play {
	readonly devices: Device[] = [];
	/** What happened, for people. */
	readonly told: string[] = [];
	readonly docId: string;
	readonly tricks: Tricks;
	/** Those who could not take part at some time. */
	readonly revoked = new Set<Who>();
	private readonly access: Access;
	/** Others that hold the document just now. */
	private holds: Promise<void>[] = [];
	private readonly stage: Stage;
	private readonly closing: Closing;
	private readonly random: Random;
	private readonly tokens: Record<Who, string>;
	private readonly letters = new Letters();

	private constructor(stage: Stage, docId: string, closing: Closing, tokens: Record<Who, string>, draw: number) {
		this.stage = stage;
		this.docId = docId;
		const port = () => this.stage.servers.port(this.random.int(0, 1));
		const tell = (what: string) => void this.told.push(what);
		this.tricks = new Tricks({ docId, tokens, devices: this.devices, port, tell });
		this.access = new Access(stage.world, stage.people.lis, docId);
		this.closing = closing;
		this.tokens = tokens;
		this.random = seededRandom(draw);
	}

	/** A new samtale, and a page open for each of the two. */
	static async open(stage: Stage, draw: number): Promise<Play> {
		const { world, people } = stage;
		const docId = await world.samtale(people.veileder, people.lis);
		const closing = new Closing(await world.ctx(people.veileder), world.connect('lisk_ws'), docId);
		const now = new Date();
		const tokens = { lis: await world.login(people.lis, now), veileder: await world.login(people.veileder, now) };
		const play = new Play(stage, docId, closing, tokens, draw);
		for (const who of PEOPLE) play.openDevice(who, 'page');
		await play.settle();
		return play;
	}

	/** Takes the steps, and brings it to its end: everybody is connected, and has everything. */
	async run({ steps, ending }: Script): Promise<void> {
		for (const step of steps) {
			await this.take(step);
			// What has come by now is taken in.
			await new Promise((resolve) => setImmediate(resolve));
			if (step.waits) await this.settle();
		}
		await this.end(ending);
		this.openDevice('lis', 'page');
		await this.settle();
	}

	/** Closes every page. */
	async leave(): Promise<void> {
		await this.mend();
		await Promise.all(this.devices.filter(({ gone }) => !gone).map((device) => device.close()));
	}

	state(): ReturnType<Closing['state']> {
		return this.closing.state();
	}

	private async take(step: Step): Promise<void> {
		const { what } = step;
		if (isEdit(what)) this.edit(step, what);
		else await this.acts[what](step);
	}

	private readonly acts: Record<Exclude<What, EditName>, (step: Step) => unknown> = {
		rest: () => undefined,
		undo: (step) => this.takeBack(step, 'undo'),
		redo: (step) => this.takeBack(step, 'redo'),
		pause: (step) => this.device(step)?.pauseTyping(),
		save: (step) => this.save(step),
		offline: (step) => {
			const device = this.device(step);
			if (device?.online) this.tell(device, 'offline').client.provider.disconnect();
		},
		online: (step) => {
			const device = this.device(step);
			if (device && !device.online) this.tell(device, 'online').client.provider.connect();
		},
		drop: (step) => {
			const device = this.device(step);
			if (device?.online) this.tell(device, 'loses its socket').client.provider.ws?.close();
		},
		open: ({ who, a }) =>
			void (this.living.length < MOST_DEVICES && this.openDevice(who, a % 3 === 0 ? 'stock' : 'page')),
		close: async (step) => {
			const device = this.device(step);
			if (device) await this.tell(device, 'is closed').close();
		},
		kill: async ({ a }) => {
			this.told.push(`kill -9 of node ${a % 2}`);
			await this.mend();
			await this.untilRejectsAreKept();
			await this.stage.servers.kill(a);
		},
		restart: async ({ a }) => {
			this.told.push(`SIGTERM to node ${a % 2}`);
			await this.mend();
			await this.stage.servers.restart(a);
		},
		switch: (step) => {
			const device = this.device(step);
			if (device?.online) this.tell(device, `goes by node ${step.b % 2}`).switchTo(this.stage.servers.port(step.b));
		},
		away: () => (this.told.push('the database is away'), this.stage.servers.breakDatabase(true)),
		back: () => this.mend(),
		cut: () => (this.told.push('every database connection breaks'), this.stage.servers.breakDatabase(false)),
		deaf: () => (this.told.push('hints are lost'), this.stage.servers.hints(false)),
		hear: () => this.stage.servers.hints(true),
		hold: ({ b }) => void this.holds.push(holdForAWhile(this.stage.world, this.docId, b % HOLD_MS)),
		revoke: async () => {
			if ((await this.state()) !== 'open') return;
			this.told.push('the LIS loses access');
			this.revoked.add('lis');
			await this.access.revoke();
		},
		grant: () => this.grant(),
		forge: ({ who, b }) => this.tricks.forge(who, b),
		shared: ({ who, b }) => this.tricks.share(who, b),
		replay: ({ who, b }) => this.tricks.replay(who, b),
		begin: async ({ b }) => this.told.push(`ferdigstill: ${await this.closing.begin(b % BEGUN_AGO_MS)}`),
		cancel: async () => this.told.push(`avbryt: ${await this.closing.cancel()}`),
		lapse: async () => this.told.push(`lapse: ${await this.closing.lapse()}`),
		confirm: async () => this.told.push(`bekreft: ${await this.closing.confirm()}`)
	};

	private edit(step: Step, what: EditName): void {
		const device = this.device(step);
		if (!device?.writable) return;
		const { part, a, b } = step;
		const count = what === 'paste' ? 2 + (b % 3) : 1;
		const words = TYPING.has(what) ? Array.from({ length: count }, (_, i) => this.word(device.who, a + i)) : [];
		if (device.edit({ what, part, a, b, words })) this.tell(device, `${what} ${part} ${named(words.join(''))}`);
	}

	/** Now and then with a space, as words have; that has no author of its own. */
	private word(who: Who, by: number): string {
		return this.letters.word(who, 1 + (by % 5)) + (by % 2 === 0 ? ' ' : '');
	}

	private takeBack(step: Step, which: 'undo' | 'redo'): void {
		const device = this.device(step);
		if (device?.writable && device.takeBack(step.part, which)) this.tell(device, `${which} ${step.part}`);
	}

	private async save(step: Step): Promise<void> {
		const device = this.device(step);
		if (!device?.online || (await this.state()) === 'closing') return;
		await this.mend();
		await this.stage.servers.up();
		await this.within('saves', () => {
			device.askIfNew();
			return device.saves || !device.lives;
		});
		this.tell(device, 'saved');
	}

	private async end(ending: Ending): Promise<void> {
		this.told.push(`the end: ${ending}`);
		await this.mend();
		await this.grant();
		this.stage.servers.hints(true);
		await this.stage.servers.up();
		for (const device of this.living) device.client.provider.connect();
		if ((await this.state()) === 'closing' && ending === 'open') await this.closing.cancel();
		if ((await this.state()) === 'open' && ending !== 'open') {
			await this.settle();
			this.told.push(`ferdigstill: ${await this.closing.begin(this.random.int(0, BEGUN_AGO_MS))}`);
			if (ending === 'late') this.everybodyWrites();
		}
		if ((await this.state()) === 'closing') {
			await this.within('is confirmed', async () => (await this.closing.confirm()) === 'ok');
			this.told.push('bekreftet');
			if (ending === 'late') this.everybodyWrites();
		}
		await this.settle();
		await this.untilRejectsAreKept();
	}

	/** Everybody who still can does something, whatever it is. */
	private everybodyWrites(): void {
		for (const { who } of this.devices.flatMap((device) => [device, device])) {
			const what = this.random.pick(EDIT_NAMES) ?? 'type';
			const [a, b] = [this.random.int(0, 999), this.random.int(0, 999)];
			this.edit({ what, who, part: 'referat', a, b, waits: false }, what);
		}
	}

	/** Waits until everybody who is connected has everything, and everything is acknowledged; not while it is being finalized. */
	private async settle(): Promise<void> {
		await this.mend();
		await this.stage.servers.up();
		const state = await this.state();
		if (state === 'closing') return;
		await this.within('settles', () => this.isSettled(state === 'open'));
	}

	private isSettled(open: boolean): boolean {
		for (const device of this.devices) if (device.online) device.askIfNew();
		const [first, ...others] = this.devices.filter(({ online }) => online);
		if (!first) return true;
		if (![first, ...others].every((device) => device.client.provider.synced && device.saves)) return false;
		const shown = rendered(first.client.doc);
		const snapshot = Y.snapshot(first.client.doc);
		// On a finished document readers' clean-ups are dropped: what is deleted may differ where nobody sees it.
		return others.every(
			({ client: { doc } }) => rendered(doc) === shown && (!open || Y.equalSnapshots(Y.snapshot(doc), snapshot))
		);
	}

	/** What was refused is written down after its author is told: nothing is killed in between. */
	private async untilRejectsAreKept(): Promise<void> {
		await this.within('keeps what was refused', async () => {
			const { world, people } = this.stage;
			return (await missingRejects(world.owner, this.docId, people, this.devices)).length === 0;
		});
	}

	private async within(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
		const end = Date.now() + LIMIT_MS;
		await until(async () => {
			if (await condition()) return true;
			if (Date.now() > end)
				throw new Error(`never ${what}: ${this.devices.map((device) => device.describe()).join('; ')}`);
			return false;
		});
	}

	/** The database is there, and nobody holds anything. */
	private async mend(): Promise<void> {
		this.stage.servers.mendDatabase();
		await Promise.all(this.holds.splice(0));
	}

	/** The LIS may take part again, on a new page. */
	private async grant(): Promise<void> {
		if ((await this.access.grant()) && !this.living.some(({ who }) => who === 'lis')) this.openDevice('lis', 'page');
	}

	private openDevice(who: Who, kind: Kind): void {
		const name = `${who}#${this.devices.length + 1}${kind === 'stock' ? ' (stock)' : ''}`;
		const clientId = this.random.int(1, 2 ** 32 - 1);
		const where = { port: this.stage.servers.port(this.random.int(0, 1)), docId: this.docId, token: this.tokens[who] };
		const device = new Device({ name, who, kind, clientId, ...where });
		this.devices.push(device);
		this.tell(device, 'is opened');
	}

	private get living(): Device[] {
		return this.devices.filter(({ lives }) => lives);
	}

	/** One of the pages that its person has open. */
	private device({ who, a }: Step): Device | undefined {
		const own = this.living.filter((device) => device.who === who);
		return own[a % own.length];
	}

	private tell(device: Device, what: string): Device {
		this.told.push(`${device.name} ${what}`);
		return device;
	}
}
