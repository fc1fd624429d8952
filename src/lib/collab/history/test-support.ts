import { Fragment, Slice } from '@tiptap/pm/model';
import type { Command, EditorState } from '@tiptap/pm/state';
import * as Y from 'yjs';
import { canonicalJson, toJson } from '../render.ts';
import { ROOTS } from '../schema.ts';
import { EditorCopy, node, schema, STRUCTURE, write, type Span } from '../test-support.ts';
import { History, type LogRow } from './history.ts';

/** Only for tests: two people at real editors, and the log that the server would keep of them. */

export const COMMANDS = [...Object.keys(STRUCTURE), 'write', 'paste', 'undo', 'redo'];

/** `text` is for `write` and `paste` (each line a paragraph). */
export type Act = Span & { command: string; text?: string };

/** A person with an own copy of the document and an own undo. */
export class Author extends EditorCopy {
	readonly userId: string;

	constructor(userId: string) {
		super();
		this.userId = userId;
	}

	do({ command, text = '', ...span }: Act): void {
		if (command === 'undo') this.undo();
		else if (command === 'redo') this.redo();
		else this.edit(span, commandFor(command, text));
	}
}

function commandFor(name: string, text: string): Command {
	if (name === 'write') return write(text);
	if (name === 'paste') return (state, dispatch) => (dispatch?.(paste(state, text)), true);
	const command = STRUCTURE[name];
	if (command === undefined) throw new Error(name);
	return command;
}

function paste(state: EditorState, text: string) {
	const paragraphs = text.split('\n').map((line) => node('paragraph').create(null, line ? schema.text(line) : null));
	return state.tr.replaceSelection(new Slice(Fragment.from(paragraphs), 1, 1));
}

/** The server's side: one log, in which each author's waiting updates become one row. */
export class Log {
	readonly rows: LogRow[] = [];
	readonly doc = new Y.Doc({ gc: false });
	readonly authors: Author[];
	now = 1_000_000_000_000_000;

	constructor(...authors: Author[]) {
		this.authors = authors;
		this.append('init', authors[0]?.userId ?? 'x', Y.encodeStateAsUpdate(new Y.Doc()));
	}

	/** Commits what an author has waiting, as one row (or, with `apart`, a row for each), and tells the others. */
	commit(author: Author, apart = false): void {
		const waiting = author.waiting.splice(0);
		for (const batch of apart ? waiting.map((update) => [update]) : [waiting]) {
			const before = this.rendered();
			const delta = this.emitted(batch);
			if (delta === undefined) continue;
			const deletesOnly = Y.decodeUpdate(delta).structs.length === 0;
			this.append(deletesOnly && before === this.rendered() ? 'normalise' : 'edit', author.userId, delta);
			this.tell(delta, author);
		}
	}

	/** Does something and commits it. */
	act(author: Author, act: Act): void {
		author.do(act);
		this.commit(author);
	}

	append(kind: LogRow['kind'], userId: string, upd: Uint8Array, restores?: number): void {
		this.now += 1_000_000;
		this.rows.push({ seq: this.rows.length + 1, userId, atUs: this.now, kind, upd, restores });
	}

	/** A row that no author wrote: a gjenopprett of version `to`. */
	restore(userId: string, upd: Uint8Array, to: number): void {
		const delta = this.emitted([upd]);
		if (delta === undefined) throw new Error('nothing restored');
		this.append('restore', userId, delta, to);
		this.tell(delta);
	}

	history(upTo = this.rows.length): History {
		const history = new History();
		for (const row of this.rows.slice(0, upTo)) history.add(row);
		return history;
	}

	/** The document as the first rows alone make it. */
	replay(upTo: number): Y.Doc {
		const doc = new Y.Doc({ gc: false });
		doc.transact((tr) => {
			for (const row of this.rows.slice(0, upTo)) Y.applyUpdate(doc, row.upd);
			tr.local = true;
		});
		return doc;
	}

	rendered(doc = this.doc): string {
		return canonicalJson(ROOTS.map((root) => toJson(doc, root)));
	}

	private tell(delta: Uint8Array, but?: Author): void {
		for (const author of this.authors) if (author !== but) Y.applyUpdate(author.doc, delta, 'remote');
	}

	private emitted(updates: Uint8Array[]): Uint8Array | undefined {
		let delta: Uint8Array | undefined;
		this.doc.once('update', (update: Uint8Array) => (delta = update));
		this.doc.transact((tr) => {
			for (const update of updates) Y.applyUpdate(this.doc, update);
			tr.local = true;
		});
		return delta;
	}
}
