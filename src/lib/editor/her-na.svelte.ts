import type { Connection } from './connection.ts';
import { peopleHere, presenceChange, type Person } from './presence.ts';
import { Timers } from './timers.ts';

/** People who come and go within this time (a reconnect, a reload) are not announced. Milliseconds. */
const SETTLES_MS = 1500;

/** Who is here: shown at once, and told when it has settled. */
export class HerNa {
	personer = $state.raw<Person[]>([]);
	readonly #meg: Person;
	readonly #fortell: (change: { joined: Person[]; left: Person[] }) => void;
	readonly #timers = new Timers<'settle'>();
	#told: Person[] | undefined;

	/** @param fortell is told of who came or left, in batches */
	constructor(meg: Person, fortell: (change: { joined: Person[]; left: Person[] }) => void) {
		this.#meg = meg;
		this.#fortell = fortell;
		this.personer = [meg];
	}

	/** Without contact nobody knows who else is here. */
	alene(): void {
		this.personer = [this.#meg];
		this.#timers.clear();
	}

	/** Looks anew at who is in the room. */
	se(connection: Connection | undefined): void {
		if (!connection?.isSynced) return;
		this.personer = peopleHere(connection.awareness.getStates().values(), this.#meg);
		this.#told ??= [this.#meg];
		this.#timers.set('settle', SETTLES_MS, () => {
			const change = presenceChange(this.#told ?? [], this.personer);
			this.#told = this.personer;
			if (change.joined.length + change.left.length > 0) this.#fortell(change);
		});
	}

	stop(): void {
		this.#timers.clear();
	}
}
