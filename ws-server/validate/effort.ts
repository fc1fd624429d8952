import * as Y from 'yjs';
import { LIMITS } from '#lib/collab/limits.ts';
import { outOfOrder } from './order.ts';
import type { Parent, Place } from './place.ts';
import { Refusal } from './refusal.ts';
import type { Id, Struct } from './struct.ts';

/** The new items of one list (a parent's children, or the values of one attribute). */
interface List {
	count: number;
	/** Per left neighbour: the item that was last put behind it. `mixed`: not all of them are one client's. */
	behind: Map<string, { latest: Id; mixed: boolean }>;
}

/**
 * Estimates what Yjs' conflict resolution will cost, before it runs: it looks at every item between an item's two neighbours, and
 * 6,500 items in 39 kB, each invented to stand between far neighbours, kept it busy for half a minute (yjs 13.6.33). When an
 * honest client made an item, its neighbours stood side by side, so only what others wrote at the same place at the same time
 * lies between them: an honest update costs next to nothing, even after a long time offline.
 */
export class Effort {
	private spent = 0;
	private readonly doc: Y.Doc;
	private readonly lists = new Map<Parent, Map<string | null, List>>();

	constructor(doc: Y.Doc) {
		this.doc = doc;
	}

	/**
	 * Counts one new item, before it is integrated.
	 *
	 * @param origin its left neighbour (for a continued struct: its own last known unit).
	 * @param rightAnchor the first neighbour to the right that the document already has, or null for the end of the list.
	 * @throws Refusal when the update's items together would cost too much, or when the anchor lies to the left of `origin`.
	 */
	spend(struct: Struct, origin: Id | null, place: Place, rightAnchor: Id | null): void {
		const list = this.listOf(place);
		const key = origin === null ? '' : `${origin.client}:${origin.clock}`;
		const group = list.behind.get(key);
		const right = struct.rightOrigin;
		// Put right before the one that was last put there, as by someone who writes: nothing new is in between.
		const follows = right !== null && group?.latest.client === right.client && group.latest.clock === right.clock;
		const crowded = group !== undefined && (group.mixed || !follows);
		const walk = this.between(origin, place, rightAnchor);
		if (walk > 0 || crowded) this.spent += walk + list.count;
		if (this.spent > LIMITS.integrationSteps) throw new Refusal('tooMany', 'too costly to integrate');
		list.count += 1;
		const mixed = group !== undefined && (group.mixed || group.latest.client !== struct.client);
		list.behind.set(key, { latest: struct, mixed });
	}

	/** Items of the document between a place behind `origin` and `anchor`, with a cut item counted as one; 0 within new content. */
	private between(origin: Id | null, { parent, sub }: Place, anchor: Id | null): number {
		if (!(parent instanceof Y.AbstractType) || (origin !== null && !this.has(origin))) return 0;
		const end = anchor === null ? null : this.find(anchor);
		let steps = anchor !== null && end !== null && end.id.clock !== anchor.clock ? 1 : 0;
		let item = sub === null ? parent._start : firstValue(parent, sub);
		if (origin !== null) {
			const left = this.find(origin);
			if (anchor !== null && left === end) {
				if (anchor.clock <= origin.clock) throw outOfOrder();
				return anchor.clock === origin.clock + 1 ? 0 : 1;
			}
			if (left !== null && origin.clock !== left.id.clock + left.length - 1) steps += 1;
			item = left === null ? null : left.right;
		}
		for (; item !== null && item !== end && steps <= LIMITS.integrationSteps; item = item.right) steps += 1;
		if (item !== end && steps <= LIMITS.integrationSteps) throw outOfOrder();
		return steps;
	}

	private has(id: Id): boolean {
		return id.clock < Y.getState(this.doc.store, id.client);
	}

	private find(id: Id): Y.Item | null {
		const found: unknown = Y.getItem(this.doc.store, Y.createID(id.client, id.clock));
		return found instanceof Y.Item ? found : null;
	}

	private listOf({ parent, sub }: Place): List {
		let lists = this.lists.get(parent);
		if (lists === undefined) this.lists.set(parent, (lists = new Map<string | null, List>()));
		let list = lists.get(sub);
		if (list === undefined)
			lists.set(sub, (list = { count: 0, behind: new Map<string, { latest: Id; mixed: boolean }>() }));
		return list;
	}
}

/** The oldest value in an attribute's chain, where Yjs begins to look. */
function firstValue(parent: Parent, sub: string): Y.Item | null {
	let item = (parent instanceof Y.AbstractType ? parent._map.get(sub) : undefined) ?? null;
	while (item !== null && item.left !== null) item = item.left;
	return item;
}
