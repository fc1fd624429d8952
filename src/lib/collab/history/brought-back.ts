import * as Y from 'yjs';
import { ROOTS } from '../schema.ts';
import type { History, RowFacts } from './history.ts';
import { linkUnits, type UnitRange } from './run.ts';
import { lettersIn } from './segments.ts';
import { isBreak, itemsOf, nodeOf, type Node } from './tree.ts';
import { standingAt, type Stands } from './version.ts';

/** What a part holds, in order: its text with the units that it is, and its elements. */
type Standing = { text: string; units: UnitRange[]; elements: Y.XmlElement[] };

/**
 * A gjenopprett of version `to`: what stands after it is what stood then, letter by letter. So each letter that the row wrote is the one
 * that stood in its place (promise 2), and each element likewise.
 */
export function linkBroughtBack(history: History, row: RowFacts, to: number): void {
	for (const part of ROOTS) {
		const root = history.doc.getXmlFragment(part);
		const [then, now] = [standing(history, root, to), standing(history, root, row.seq)];
		if (then.text === now.text) linkLetters(history, row.seq, then.units, now.units);
		const names = ({ elements }: Standing) => elements.map((element) => element.nodeName).join();
		if (names(then) === names(now)) linkElements(history, row.seq, then.elements, now.elements);
	}
}

function standing(history: History, root: Node, seq: number): Standing {
	const found: Standing = { text: '', units: [], elements: [] };
	collect(history, root, standingAt(history, seq), found);
	return found;
}

function collect(history: History, node: Node, stands: Stands, found: Standing): void {
	for (const item of itemsOf(node)) {
		if (item.content instanceof Y.ContentString) {
			for (const { client, clock, len, text } of lettersIn(history, item, item.content.str)) {
				if (!stands(client, clock)) continue;
				found.text += text;
				found.units.push({ client, clock, len });
			}
			continue;
		}
		const child = nodeOf(item);
		if (child === undefined || !stands(item.id.client, item.id.clock)) continue;
		if (isBreak(child)) {
			found.text += '\n';
			found.units.push({ client: item.id.client, clock: item.id.clock, len: 1 });
			continue;
		}
		if (child instanceof Y.XmlElement) found.elements.push(child);
		collect(history, child, stands, found);
	}
}

function linkLetters(history: History, seq: number, then: readonly UnitRange[], now: readonly UnitRange[]): void {
	const left = then.map((range) => ({ ...range }));
	for (const range of now) {
		for (let done = 0; done < range.len;) {
			const from = left[0];
			if (from === undefined) return;
			const len = Math.min(from.len, range.len - done);
			const to = { client: range.client, clock: range.clock + done, len };
			if (history.lifeOf(to.client, to.clock).born === seq) linkUnits(history, seq, [{ ...from, len }], [to]);
			done += len;
			from.clock += len;
			from.len -= len;
			if (from.len === 0) left.shift();
		}
	}
}

function linkElements(
	history: History,
	seq: number,
	then: readonly Y.XmlElement[],
	now: readonly Y.XmlElement[]
): void {
	now.forEach((element, i) => {
		const [from, to] = [then[i]?._item?.id, element._item?.id];
		if (!from || !to || history.lifeOf(to.client, to.clock).born !== seq) return;
		linkUnits(history, seq, [{ ...from, len: 1 }], [{ ...to, len: 1 }]);
	});
}
