import * as Y from 'yjs';
import { cleanText } from '#lib/collab/text.ts';
import { maskFodselsnumre } from '#lib/domain/fodselsnummer.ts';
import { REFUSED_TEXT, REFUSED_UNITS } from './limits.ts';

/** A character that somebody wrote, or what takes a place in a text without being one. */
type Unit = { id: Y.ID; text: string; next: Unit | undefined; before: Unit | undefined };

const MASK = '•••••••••••';

/**
 * The words in updates that were refused, as plain text for their author: one line for each text that they wrote in, in the order in which those were
 * begun, without what they took away again. Nothing is applied to any document. A valid fødselsnummer is masked. At most `REFUSED_TEXT` characters; null
 * when there are none.
 *
 * @param updates only such as `decodeUpdate` has let through, in the order in which they were sent
 */
export function refusedText(updates: readonly Uint8Array[]): string | null {
	const sheet = new Sheet();
	const deleted: Parameters<typeof Y.mergeDeleteSets>[0] = [];
	for (const update of updates) {
		if (sheet.isFull) break;
		const { structs, ds } = Y.decodeUpdate(update);
		for (const struct of structs) if (struct instanceof Y.Item) sheet.place(struct);
		deleted.push(ds);
	}
	const gone = Y.mergeDeleteSets(deleted);
	const text = maskFodselsnumre(cleanText(sheet.read((id) => Y.isDeleted(gone, id))), MASK).trim();
	if (text === '') return null;
	return text.length > REFUSED_TEXT ? `${cleanText(text.slice(0, REFUSED_TEXT))} …` : text;
}

/** Puts what was written in the order of the page, as far as it is known without the page: each character stands beside the one it was written beside. */
class Sheet {
	/** By client and clock. */
	private readonly units = new Map<number, Map<number, Unit>>();
	private count = 0;
	/** Before the first character of each run of text that hangs together. */
	private readonly runs: Unit[] = [];

	get isFull(): boolean {
		return this.count >= REFUSED_UNITS;
	}

	place(item: Y.Item): void {
		const { content, origin, rightOrigin, id } = item;
		const takesPlace = content instanceof Y.ContentString || content instanceof Y.ContentFormat;
		if (!takesPlace || item.parentSub !== null) return;
		let left = this.find(origin) ?? this.find(rightOrigin)?.before ?? this.begin(id);
		const text = content instanceof Y.ContentString ? content.str : '';
		const mine = this.units.get(id.client) ?? new Map<number, Unit>();
		this.units.set(id.client, mine);
		for (let i = 0; i < content.getLength() && !this.isFull; i++) {
			const unit = { id: Y.createID(id.client, id.clock + i), text: text.charAt(i), next: left.next, before: left };
			if (left.next) left.next.before = unit;
			left.next = unit;
			mine.set(unit.id.clock, unit);
			this.count += 1;
			left = unit;
		}
	}

	/** All of it; `isGone` says what was taken away again. */
	read(isGone: (id: Y.ID) => boolean): string {
		const lines = this.runs.map((run) => {
			let line = '';
			for (let unit = run.next; unit; unit = unit.next) if (!isGone(unit.id)) line += unit.text;
			return line;
		});
		return lines.filter((line) => line.trim() !== '').join('\n');
	}

	private find(id: Y.ID | null): Unit | undefined {
		return id === null ? undefined : this.units.get(id.client)?.get(id.clock);
	}

	private begin(id: Y.ID): Unit {
		const run: Unit = { id, text: '', next: undefined, before: undefined };
		this.runs.push(run);
		return run;
	}
}
