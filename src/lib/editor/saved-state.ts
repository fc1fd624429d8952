/**
 * What the page says about saving, as a pure function of events and time (collab.md, «The client»). «Saved» is a
 * watermark: LAGRET(v) covers exactly what had been written when LAGRE(v) was sent. Nothing is counted up and down,
 * so nothing can drift after a reconnect.
 */

/** A point in the life of one Y.Doc: local changes seen so far (deletions too) and the own client's Yjs clock. */
export interface Mark {
	changes: number;
	clock: number;
}

export interface SavedState {
	/** What has been written on this device. */
	written: Mark;
	/** What the server has said is committed. */
	acknowledged: Mark;
	/** The LAGRE that waits for its answer on the present socket. */
	asked: { v: number; mark: Mark } | undefined;
	/** The highest `v` used on any socket of this page; it only grows. */
	lastV: number;
	/** Milliseconds since 1970 of the first change that is not acknowledged. */
	unsavedSince: number | undefined;
	/** Milliseconds since 1970, by the server's clock, of the last acknowledged save. */
	savedAt: number | undefined;
	/** The socket is open and has synced. */
	connected: boolean;
	/** This device keeps what is not saved: the last that was written there is on its disk. */
	device: boolean;
}

export type SavedEvent =
	| { type: 'written'; mark: Mark; now: number }
	| { type: 'synced' }
	| { type: 'disconnected' }
	| { type: 'asked'; v: number }
	| { type: 'lagret'; v: number; at: number; now: number }
	| { type: 'device'; keeps: boolean };

/** The words of the saved state; components translate them. */
export type SavedWords =
	'nothing-written' | 'saving' | 'saved' | 'offline-unsaved' | 'offline-kept' | 'offline-saved' | 'no-contact';

/** Below this, a save is too quick to be worth a word. */
export const SAVING_AFTER_MS = 400;
/** Above this, «Lagrer …» would be a false comfort. */
export const NO_CONTACT_AFTER_MS = 8000;

/** How often a silent socket is looked at while nothing is heard. */
const RETRY_AFTER_MS = 2000;

const NOTHING: Mark = { changes: 0, clock: 0 };
const NEW = { lastV: 0, device: false };

/** The state of a new Y.Doc; a `v` of an earlier one is carried on, so that a late answer never fits, and so is what the device can. */
export function newSavedState({ lastV, device }: Pick<SavedState, 'lastV' | 'device'> = NEW): SavedState {
	return {
		written: NOTHING,
		acknowledged: NOTHING,
		asked: undefined,
		lastV,
		unsavedSince: undefined,
		savedAt: undefined,
		connected: false,
		device
	};
}

export function reduceSaved(state: SavedState, event: SavedEvent): SavedState {
	switch (event.type) {
		case 'written':
			return { ...state, written: event.mark, unsavedSince: state.unsavedSince ?? event.now };
		case 'synced':
			return { ...state, connected: true };
		case 'disconnected':
			// The answer belonged to that socket; after the next sync the question is put again.
			return { ...state, connected: false, asked: undefined };
		case 'device':
			return { ...state, device: event.keeps };
		case 'asked':
			return { ...state, lastV: event.v, asked: { v: event.v, mark: state.written } };
		case 'lagret': {
			if (state.asked?.v !== event.v) return state;
			const acknowledged = state.asked.mark;
			const saved = { ...state, acknowledged, asked: undefined, savedAt: event.at };
			// What was written after the question is younger than the answer: its waiting begins anew.
			return { ...saved, unsavedSince: isUnsaved(saved) ? event.now : undefined };
		}
	}
}

/** Whether something written here is not known to be committed. */
export function isUnsaved(state: SavedState): boolean {
	return state.written.changes > state.acknowledged.changes;
}

/** The `v` to send in LAGRE now, or undefined when nothing waits or a question is already out. */
export function nextLagre(state: SavedState): number | undefined {
	return state.connected && isUnsaved(state) && !state.asked ? state.lastV + 1 : undefined;
}

/** The words for now, and after how many milliseconds they may change by time alone. */
export function savedWords(state: SavedState, now: number): { words: SavedWords; againIn: number | undefined } {
	const atRest: SavedWords = state.savedAt === undefined ? 'nothing-written' : 'saved';
	if (!isUnsaved(state)) return { words: state.connected ? atRest : 'offline-saved', againIn: undefined };
	if (!state.connected) return { words: state.device ? 'offline-kept' : 'offline-unsaved', againIn: undefined };
	const waited = now - (state.unsavedSince ?? now);
	if (waited < SAVING_AFTER_MS) return { words: atRest, againIn: SAVING_AFTER_MS - waited };
	if (waited < NO_CONTACT_AFTER_MS) return { words: 'saving', againIn: NO_CONTACT_AFTER_MS - waited };
	return { words: 'no-contact', againIn: RETRY_AFTER_MS };
}
