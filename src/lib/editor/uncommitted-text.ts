import * as Y from 'yjs';

/** The clientIDs of one person, each with the clock from which on nothing is known to be committed. */
export type OwnClocks = ReadonlyMap<number, number>;

/**
 * The text that one person wrote and that is not known to be committed, in document order, as plain text: items of their
 * clientIDs at clocks from the given ones on that are not deleted. Blocks are parted by newlines. It is what a person is
 * shown to copy when the server has refused their edit (collab.md, «After a refusal»).
 *
 * @param fragments names of the fragments to walk, in the order in which a person reads them
 */
export function uncommittedText(doc: Y.Doc, fragments: readonly string[], own: OwnClocks): string {
	const parts = fragments.map((name) => {
		const lines = new Lines();
		collect(doc.getXmlFragment(name)._start, own, lines);
		return lines.toString();
	});
	return parts.filter((part) => part !== '').join('\n\n');
}

/** What of it a document does not hold: the rest of it was committed. */
export function unknownTo(doc: Y.Doc, own: OwnClocks): OwnClocks {
	return new Map([...own].map(([client, clock]) => [client, Math.max(clock, knownClock(doc, client))] as const));
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
function collect(first: Y.Item | null, own: OwnClocks, lines: Lines): void {
	for (let item = first; item !== null; item = item.right) {
		if (item.deleted) continue;
		const { content, id } = item;
		if (content instanceof Y.ContentType) {
			const { type } = content;
			const isElement = type instanceof Y.XmlElement;
			if (isElement) lines.end();
			collect(type._start, own, lines);
			if (isElement) lines.end();
		} else if (content instanceof Y.ContentString) {
			const from = own.get(id.client);
			if (from !== undefined) lines.add(content.str.slice(Math.max(0, from - id.clock)));
		}
	}
}
