import type { DocMark, DocNode } from '../safe-doc.ts';
import type { NodeName, RootName } from '../schema.ts';

/**
 * The difference that some rows of the log made, for people: the document as it stands after them, with what they added and
 * what they removed. Whitelisted as `SafeDoc` is: nothing in it can be more than text, known marks and known nodes.
 */

/** `added`: `<ins>`; `removed`: `<del>`; `same`: stood there before, and still does. */
export type PieceStatus = 'same' | 'added' | 'removed';

/**
 * What befell text or a block that is not new: `moved` (deleted and re-inserted unchanged: a split or joined paragraph, made
 * a list; or brought back by the same person's undo), `formatted` (other marks, or another kind of block).
 */
export type Touch = 'moved' | 'formatted';

type Judged = {
	status: PieceStatus;
	/** Whose words they are: a move, a format or an undo does not change that (promise 2). A person's id. */
	author: string;
	/** Who added, removed, moved or formatted; null where nothing happened. A person's id. */
	by: string | null;
	/** With status `same`: what happened to it. With `added`: `moved` when an undo or a gjenopprett brought back older words. */
	touch: Touch | null;
};

export type DiffNode =
	| ({ type: 'text'; text: string; marks: DocMark[] } & Judged)
	| ({ type: 'hardBreak' } & Judged)
	| DiffBlock
	/** So many top-level blocks, unchanged, are left out here. */
	| { type: 'unchanged'; count: number };

/** A block; attributes as in DocNode. `status` is the block's own: words within it have theirs. */
export type DiffBlock = Judged & { content: DiffNode[] } & (
		| { type: 'heading'; level: number }
		| { type: 'orderedList'; start: number; style: string | null }
		| { type: 'taskItem'; checked: boolean }
		| { type: Exclude<NodeName, 'hardBreak' | 'heading' | 'orderedList' | 'taskItem'> }
	);

/** The parts that the rows touched (`forskjell`), each with its difference. */
export type Difference = { [part in RootName]?: DiffNode[] };

/** A whole document at one position of the log. */
export type VersionContent = Record<RootName, DocNode[]>;
