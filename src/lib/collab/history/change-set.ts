import type { Touch } from './difference.ts';
import type { History } from './history.ts';
import type { Segment } from './segments.ts';

/** What some rows did to one unit. `hidden`: it stands neither before nor after them, or it stands elsewhere now. */
export type Fate =
	| { status: 'hidden' }
	| { status: 'same' | 'added' | 'removed'; author: string; by: string | null; touch: Touch | null };

const HIDDEN: Fate = { status: 'hidden' };
type Unit = { client: number; clock: number };
type Range = Unit & { len: number };

/**
 * Some rows of the log, looked at as one change: those of an entry (others' rows may lie between them), or all between two
 * versions. What other people did between them counts as standing there all along.
 */
export class ChangeSet {
	readonly history: History;
	/** The last of the rows: what is shown is what stood after it. */
	readonly last: number;
	private readonly rows: (seq: number) => boolean;

	private constructor(history: History, rows: (seq: number) => boolean, last: number) {
		this.history = history;
		this.rows = rows;
		this.last = last;
	}

	/** These rows. */
	static of(history: History, seqs: readonly number[]): ChangeSet {
		const rows = new Set(seqs);
		return new ChangeSet(history, (seq) => rows.has(seq), Math.max(0, ...seqs));
	}

	/** All rows after `from`, up to and including `to`. */
	static between(history: History, from: number, to: number): ChangeSet {
		return new ChangeSet(history, (seq) => seq > from && seq <= to, to);
	}

	has(seq: number | undefined): boolean {
		return seq !== undefined && this.rows(seq);
	}

	/** Whether a unit stands after the rows. */
	standsAfter(client: number, clock: number): boolean {
		return this.history.standsAt(client, clock, this.last);
	}

	/** Whether a unit stood before the rows. */
	stoodBefore(client: number, clock: number): boolean {
		const { inserted, deleted } = this.history;
		const born = inserted.at(client, clock);
		if (born === undefined || born > this.last || this.has(born)) return false;
		const died = deleted.at(client, clock);
		return died === undefined || died > this.last || this.has(died);
	}

	/** The fates of a segment's units, in order. What was one before may have come to different ends elsewhere. */
	*fatesOf<S extends Segment & { text: string }>(segment: S): Generator<S & { fate: Fate }> {
		for (let done = 0; done < segment.len;) {
			const unit = { ...segment, clock: segment.clock + done, len: segment.len - done };
			const { fate, len } = this.fateOf(unit);
			yield { ...unit, len, text: segment.text.slice(done, done + len), fate };
			done += len;
		}
	}

	/** The fate of a segment's first unit, and how many share it. */
	private fateOf(segment: Segment): { fate: Fate; len: number } {
		const { client, clock, len } = segment;
		if (this.standsAfter(client, clock)) {
			if (this.has(segment.born)) return this.arrival(segment);
			const author = this.history.authorOf(client, clock);
			return { fate: { status: 'same', author, by: null, touch: null }, len };
		}
		return this.has(segment.born) || !this.has(segment.died) ? { fate: HIDDEN, len } : this.removal(segment);
	}

	/** Who deleted or inserted last: the person of a row. */
	personOf(seq: number | undefined): string | null {
		return seq === undefined ? null : this.history.row(seq).userId;
	}

	/** The unit that stood before these rows and that a new one is, if they only moved it; and for how many that holds. */
	movedFrom({ client, clock, len }: Range): { unit: Unit | undefined; len: number } {
		let at: Unit = { client, clock };
		let shared = len;
		for (;;) {
			shared = this.history.together(at.client, at.clock, shared);
			const link = this.history.links.from(at.client, at.clock);
			if (link === undefined || !this.has(link.seq)) return { unit: undefined, len: shared };
			shared = this.history.together(link.client, link.clock, shared);
			// What stands twice is a copy the second time: the former unit went elsewhere.
			const went = this.history.links.to(link.client, link.clock);
			if (went?.client !== at.client || went.clock !== at.clock) return { unit: undefined, len: shared };
			at = link;
			if (!this.has(this.history.lifeOf(at.client, at.clock).born))
				return { unit: this.stoodBefore(at.client, at.clock) ? at : undefined, len: shared };
		}
	}

	private arrival(segment: Segment): { fate: Fate; len: number } {
		const { client, clock, born } = segment;
		const author = this.history.authorOf(client, clock);
		const by = this.personOf(born);
		const { unit, len } = this.movedFrom(segment);
		if (unit !== undefined) return { fate: { status: 'same', author, by, touch: 'moved' }, len };
		// Older words that an undo or a gjenopprett brought back, or that another person typed within these rows.
		const first = this.history.links.first(client, clock);
		const older = author !== by || !this.has(this.history.lifeOf(first.client, first.clock).born);
		const shared = this.history.together(first.client, first.clock, len);
		return { fate: { status: 'added', author, by, touch: older ? 'moved' : null }, len: shared };
	}

	private removal(segment: Segment): { fate: Fate; len: number } {
		let at: Unit = segment;
		let { died, len } = segment;
		for (;;) {
			const link = this.history.links.to(at.client, at.clock);
			if (link === undefined || !this.has(link.seq)) break;
			at = link;
			len = this.history.together(at.client, at.clock, len);
			if (this.standsAfter(at.client, at.clock)) return { fate: HIDDEN, len };
			({ died } = this.history.lifeOf(at.client, at.clock));
			if (!this.has(died)) return { fate: HIDDEN, len };
		}
		const author = this.history.authorOf(segment.client, segment.clock);
		return { fate: { status: 'removed', author, by: this.personOf(died), touch: null }, len };
	}
}
