import * as Y from 'yjs';
import { Effort } from './effort.ts';
import { judgeContent, NEW_ROOT, type NewType, type Parent, type Place, type SharedType } from './place.ts';
import { Refusal } from './refusal.ts';
import type { Id, Section, Struct } from './struct.ts';

/** A section on its way: what was integrated so far, and where it came to stand. */
interface Progress {
	section: Section;
	/** Index of the struct that is next. */
	next: number;
	/** Per struct; null = Yjs will keep only its length, because a neighbour or its parent has been thrown away. */
	places: (Place | null)[];
	types: (NewType | null)[];
	/** Per struct the first neighbour to its right that the document already has; null = the end of its list. */
	anchors: (Id | null)[];
	/** Waits for a struct of another section: to come here again would be a circle. */
	waiting: boolean;
}

/**
 * Goes through an update the way Yjs will integrate it (`Item.getMissing` and `integrateStructs` of yjs 13.6), without touching
 * the document: resolves what each struct depends on and where it will stand, and judges that. Whatever passes leaves
 * nothing pending in Yjs, and cannot make it throw.
 */
export class Integration {
	/** Clients that get new structs, in the update's order. */
	readonly newClients: number[] = [];
	newStructs = 0;
	newNodes = 0;
	/** Whether some new item may name neighbours that are not in order: `refuseOutOfOrder` finds out. */
	uncertainOrder = false;
	private readonly doc: Y.Doc;
	private readonly effort: Effort;
	private readonly progress = new Map<number, Progress>();

	constructor(doc: Y.Doc, sections: Section[]) {
		this.doc = doc;
		this.effort = new Effort(doc);
		for (const section of sections) {
			const first = section.structs[0];
			const stored = this.stored(section.client);
			if (first !== undefined && first.clock > stored) throw new Refusal('gap', 'earlier structs of a client missing');
			if (section.end > stored) this.newClients.push(section.client);
			this.progress.set(section.client, { section, next: 0, places: [], types: [], anchors: [], waiting: false });
		}
	}

	/** @throws Refusal */
	run(): void {
		const stack: Progress[] = [];
		for (const each of this.progress.values()) {
			stack.push(each);
			for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
				const struct = top.section.structs[top.next];
				const wanted = struct === undefined ? null : this.missing(struct);
				if (struct !== undefined && wanted === null) this.integrate(struct, top);
				top.waiting = wanted !== null;
				if (wanted !== null) stack.push(this.provider(wanted));
				// After each step the one that waits looks again, as in Yjs.
				else if (struct === undefined || stack.length > 1) stack.pop();
			}
		}
	}

	/** The clock behind everything of `client` that the document has, or will have. */
	state(client: number): number {
		return Math.max(this.stored(client), this.progress.get(client)?.section.end ?? 0);
	}

	private stored(client: number): number {
		return Y.getState(this.doc.store, client);
	}

	private provider(client: number): Progress {
		const provider = this.progress.get(client);
		if (provider === undefined || provider.next === provider.section.structs.length) {
			throw new Refusal('gap', 'depends on what is not there');
		}
		if (provider.waiting) throw new Refusal('invalid', 'structs depend on each other');
		return provider;
	}

	/** The client whose structs must come first, or null. */
	private missing(struct: Struct): number | null {
		return (
			this.missingFor(struct, struct.origin) ??
			this.missingFor(struct, struct.rightOrigin) ??
			(typeof struct.parent === 'string' ? null : this.missingFor(struct, struct.parent))
		);
	}

	private missingFor(struct: Struct, id: Id | null): number | null {
		if (id === null) return null;
		if (id.client === struct.client) {
			// Yjs takes for granted that a client depends on its own earlier structs only, and throws when not.
			if (id.clock >= struct.clock) throw new Refusal('invalid', 'struct depends on a later one of its own client');
			return null;
		}
		const stored = this.stored(id.client);
		if (id.clock < stored) return null;
		if (struct.clock + struct.len <= this.stored(struct.client)) {
			throw new Refusal('invalid', 'known struct depends on a new one');
		}
		const other = this.progress.get(id.client);
		const done = other?.section.structs[other.next - 1];
		return done !== undefined && id.clock < done.clock + done.len ? null : id.client;
	}

	private integrate(struct: Struct, progress: Progress): void {
		const place = struct.kind === 'gc' ? null : this.placeOf(struct);
		const stored = this.stored(struct.client);
		const isNew = struct.clock + struct.len > stored;
		const isWhole = struct.clock >= stored;
		if (!isNew || !isWhole || place === null) this.refuseSilentCuts(struct);
		let type: NewType | null = null;
		if (isNew) {
			this.newStructs += 1;
			if (!isWhole) this.judgeOverlap(struct, place, stored);
			if (place !== null) type = judgeContent(struct, place);
			if (type !== null) this.newNodes += 1;
		}
		const anchor = this.rightAnchor(struct.rightOrigin);
		if (isNew && place !== null) {
			const origin = isWhole ? struct.origin : { client: struct.client, clock: stored - 1 };
			this.effort.spend(struct, origin, place, anchor);
			this.uncertainOrder ||= !this.areInOrder(origin, struct.rightOrigin);
		}
		progress.anchors.push(anchor);
		progress.places.push(place);
		progress.types.push(type);
		progress.next += 1;
	}

	/**
	 * The rest of a struct whose beginning is known joins that beginning, whatever the struct says about its parent: what it says
	 * must be the same, or replicas would disagree about where it stands.
	 */
	private judgeOverlap(struct: Struct, place: Place | null, stored: number): void {
		if (struct.kind === 'gc') return;
		const known = this.placeAt({ client: struct.client, clock: stored - 1 });
		if (known?.parent !== place?.parent || known?.sub !== place?.sub) {
			throw new Refusal('invalid', 'continues a struct elsewhere');
		}
	}

	private placeOf(struct: Struct): Place | null {
		const left = struct.origin === null ? undefined : this.placeAt(struct.origin);
		const right = struct.rightOrigin === null ? undefined : this.placeAt(struct.rightOrigin);
		if (left === null || right === null) return null;
		if (left !== undefined || right !== undefined) return left ?? right ?? null;
		if (struct.parent === null) return null;
		const parent = typeof struct.parent === 'string' ? this.root(struct.parent) : this.typeAt(struct.parent);
		return parent === null ? null : { parent, sub: struct.parentSub };
	}

	/**
	 * Whether two neighbours are certainly in order. When both were there before, `Effort` has looked. Otherwise, for someone who
	 * writes, the later one of them was put beside the other.
	 */
	private areInOrder(left: Id | null, right: Id | null): boolean {
		if (left === null || right === null) return true;
		const newLeft = this.newStruct(left);
		const newRight = this.newStruct(right);
		if (newLeft === newRight) return newLeft === undefined || left.clock < right.clock;
		return isSame(newLeft?.rightOrigin, right) || isSame(newRight?.origin, left);
	}

	private newStruct(id: Id): Struct | undefined {
		if (id.clock < this.stored(id.client)) return undefined;
		const progress = this.progress.get(id.client);
		return progress?.section.structs[indexAt(progress.section, id.clock)];
	}

	private rightAnchor(right: Id | null): Id | null {
		if (right === null || right.clock < this.stored(right.client)) return right;
		const progress = this.progress.get(right.client);
		return progress?.anchors[indexAt(progress.section, right.clock)] ?? null;
	}

	private root(name: string): Parent {
		return this.doc.share.get(name) ?? NEW_ROOT;
	}

	/** Where the struct stands that holds `id`; null when it has been thrown away. */
	private placeAt(id: Id): Place | null {
		if (id.clock < this.stored(id.client)) {
			const stored = this.find(id);
			if (!(stored instanceof Y.Item)) return null;
			return { parent: stored.parent as SharedType, sub: stored.parentSub };
		}
		const progress = this.progress.get(id.client);
		return progress?.places[indexAt(progress.section, id.clock)] ?? null;
	}

	/** The type that `id` names as a parent; null when it has been thrown away. */
	private typeAt(id: Id): Parent | null {
		if (id.clock < this.stored(id.client)) {
			const stored = this.find(id);
			if (!(stored instanceof Y.Item) || stored.content instanceof Y.ContentDeleted) return null;
			if (stored.content instanceof Y.ContentType) return stored.content.type;
			throw new Refusal('invalid', 'parent is no node');
		}
		const progress = this.progress.get(id.client);
		const index = progress === undefined ? 0 : indexAt(progress.section, id.clock);
		const struct = progress?.section.structs[index];
		if (struct === undefined || struct.kind === 'deleted' || progress?.places[index] === null) return null;
		const type = progress?.types[index];
		if (!type) throw new Refusal('invalid', 'parent is no node');
		return type;
	}

	private find(id: Id): Y.Item | Y.GC {
		return Y.getItem(this.doc.store, Y.createID(id.client, id.clock)) as Y.Item | Y.GC;
	}

	/**
	 * Integrating cuts neighbours at the origins. Yjs replaces both halves of a surrogate pair that it cuts. With a new item every
	 * replica does the same; with one that is not relayed as it came (known, continued or thrown away) only this server would.
	 */
	private refuseSilentCuts(struct: Struct): void {
		const left = struct.origin;
		const right = struct.rightOrigin;
		if ((left && this.cutsPair(left, 1)) || (right && this.cutsPair(right, 0))) {
			throw new Refusal('invalid', 'cuts a character in two');
		}
	}

	private cutsPair(id: Id, behind: 0 | 1): boolean {
		if (id.clock >= this.stored(id.client)) return false;
		const item = this.find(id);
		if (!(item instanceof Y.Item) || !(item.content instanceof Y.ContentString)) return false;
		const at = id.clock - item.id.clock + behind;
		return at > 0 && at < item.length && isHighSurrogate(item.content.str.charCodeAt(at - 1));
	}
}

function isSame(a: Id | null | undefined, b: Id): boolean {
	return a?.client === b.client && a.clock === b.clock;
}

function isHighSurrogate(unit: number): boolean {
	return unit >= 0xd800 && unit <= 0xdbff;
}

/** Index of the struct that holds `clock`, which must lie within the section. */
function indexAt(section: Section, clock: number): number {
	let low = 0;
	let high = section.structs.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((section.structs[middle]?.clock ?? Infinity) <= clock) low = middle;
		else high = middle - 1;
	}
	return low;
}
