import * as Y from 'yjs';

/**
 * The text that one client wrote and that is not known to be committed, in document order, as plain text: items of
 * `clientId` at clocks from `fromClock` on that are not deleted. Blocks are parted by newlines. It is what a person is
 * shown to copy when the server has refused their edit (collab.md, «After a refusal»).
 *
 * @param fragments names of the fragments to walk, in the order in which a person reads them
 */
export function uncommittedText(doc: Y.Doc, fragments: readonly string[], clientId: number, fromClock: number): string {
	const parts = fragments.map((name) => {
		const lines = new Lines();
		collect(doc.getXmlFragment(name)._start, clientId, fromClock, lines);
		return lines.toString();
	});
	return parts.filter((part) => part !== '').join('\n\n');
}

/** The clock up to which a document holds what a client wrote; 0 when it holds nothing of it. */
export function knownClock(doc: Y.Doc, clientId: number): number {
	return Y.getState(doc.store, clientId);
}

/** Collects text; empty lines (blocks without own text) leave no trace. */
class Lines {
	readonly #lines: string[] = [];
	#line = '';

	add(text: string): void {
		this.#line += text;
	}

	end(): void {
		if (this.#line !== '') this.#lines.push(this.#line);
		this.#line = '';
	}

	toString(): string {
		this.end();
		return this.#lines.join('\n');
	}
}

/** `_start` and `right` are the list that Yjs itself walks; there is no public way to an item's author. */
function collect(first: Y.Item | null, clientId: number, fromClock: number, lines: Lines): void {
	for (let item = first; item !== null; item = item.right) {
		if (item.deleted) continue;
		const { content, id } = item;
		if (content instanceof Y.ContentType) {
			const { type } = content;
			const isElement = type instanceof Y.XmlElement;
			if (isElement) lines.end();
			collect(type._start, clientId, fromClock, lines);
			if (isElement) lines.end();
		} else if (content instanceof Y.ContentString && id.client === clientId) {
			lines.add(content.str.slice(Math.max(0, fromClock - id.clock)));
		}
	}
}
