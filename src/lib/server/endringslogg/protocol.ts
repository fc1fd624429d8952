import type { Difference, VersionContent } from '#lib/collab/history/difference.ts';
import type { TekstPost } from '#lib/domain/endringslogg/types.ts';

/** What web process and history thread say to each other. Everything is plain data, and masked already. */

/** A place in the list: by time, then events before text, then the row's or event's number. The older sorts first. */
export type Key = readonly [atUs: number, rank: 0 | 1, number: number];

/** An entry without names, which are not the thread's business. */
export type RawPost = Omit<TekstPost, 'av' | 'gjenopprettet'> & { userId: string; key: Key; restore: boolean };

/** A part of the list, the newest first; `more` when there are older ones. */
export type RawList = { head: number; posts: RawPost[]; more: boolean };
export type RawDifference = { from: number; to: number; parts: Difference; people: string[] };
export type RawVersion = { seq: number; atUs: number; userId: string | null; content: VersionContent };
/** The row that makes a document look as it did; `upd` is null when it looks like that already. */
export type RawRestore = {
	head: number;
	epoch: number;
	clientId: number;
	upd: Uint8Array | null;
	/** The document would be larger than one may be. */
	tooLarge: boolean;
};

/** `undefined` answers what the log does not have: an unknown document, row or entry. */
export type Answers = {
	list: RawList;
	entry: RawDifference;
	difference: RawDifference;
	version: RawVersion;
	restore: RawRestore;
};

export type Question =
	| { what: 'list'; docId: string; before: Key | null; limit: number }
	| { what: 'entry'; docId: string; first: number; whole: boolean }
	| { what: 'difference'; docId: string; from: number; to: number; whole: boolean }
	| { what: 'version'; docId: string; seq: number }
	| { what: 'restore'; docId: string; seq: number };

export type ToThread = { id: number; question: Question };

/** `code` is the database driver's, so that an outage is told from a fault. */
export type FromThread =
	| { id: number; ok: true; answer: Answers[keyof Answers] | undefined }
	| { id: number; ok: false; message: string; code: string | undefined };

/** Which of two places is older: negative when `a` is. */
export function compareKeys(a: Key, b: Key): number {
	return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
