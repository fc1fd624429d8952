import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	isUnsaved,
	newSavedState,
	nextLagre,
	reduceSaved,
	savedWords,
	type SavedEvent,
	type SavedState
} from './saved-state.ts';

const after = (events: SavedEvent[], from = newSavedState()): SavedState => events.reduce(reduceSaved, from);
const written = (changes: number, now = 0): SavedEvent => ({
	type: 'written',
	mark: { changes, clock: changes * 3 },
	now
});
const at = Date.UTC(2026, 10, 24, 13, 3);

describe('the saved state', () => {
	it('asks once what has been written, when the socket has synced', () => {
		const offline = after([written(1)]);
		expect(nextLagre(offline)).toBeUndefined();
		const synced = after([{ type: 'synced' }], offline);
		expect(nextLagre(synced)).toBe(1);
		expect(nextLagre(after([{ type: 'asked', v: 1 }], synced))).toBeUndefined();
	});

	it('covers with LAGRET only what was written before LAGRE', () => {
		const state = after([
			{ type: 'synced' },
			written(1),
			{ type: 'asked', v: 1 },
			written(2, 50),
			{ type: 'lagret', v: 1, at, now: 100 }
		]);
		expect(isUnsaved(state)).toBe(true);
		expect(state.acknowledged).toEqual({ changes: 1, clock: 3 });
		expect(nextLagre(state)).toBe(2);
	});

	it('does not take an answer from an earlier socket', () => {
		const state = after([
			{ type: 'synced' },
			written(1),
			{ type: 'asked', v: 1 },
			{ type: 'disconnected' },
			{ type: 'synced' },
			{ type: 'lagret', v: 1, at, now: 1 }
		]);
		expect(isUnsaved(state)).toBe(true);
		expect(nextLagre(state)).toBe(2);
	});

	it('does not take an answer meant for an earlier Y.Doc', () => {
		const first = after([{ type: 'synced' }, written(1), { type: 'asked', v: 1 }]);
		const second = after([{ type: 'synced' }, written(1), { type: 'asked', v: 2 }], newSavedState(first));
		expect(isUnsaved(after([{ type: 'lagret', v: 1, at, now: 1 }], second))).toBe(true);
		expect(isUnsaved(after([{ type: 'lagret', v: 2, at, now: 1 }], second))).toBe(false);
	});

	it('counts a deletion, which moves no clock, as unsaved', () => {
		const state = after([
			{ type: 'synced' },
			{ type: 'written', mark: { changes: 1, clock: 3 }, now: 0 },
			{ type: 'asked', v: 1 },
			{ type: 'lagret', v: 1, at, now: 1 },
			{ type: 'written', mark: { changes: 2, clock: 3 }, now: 2 }
		]);
		expect(isUnsaved(state)).toBe(true);
	});

	it.each([
		[0, 'nothing-written', 400],
		[399, 'nothing-written', 1],
		[400, 'saving', 7600],
		[7999, 'saving', 1],
		[8000, 'no-contact', 2000]
	] as const)('says after %i ms without an answer: %s', (waited, words, againIn) => {
		const state = after([{ type: 'synced' }, written(1, 1000), { type: 'asked', v: 1 }]);
		expect(savedWords(state, 1000 + waited)).toEqual({ words, againIn });
	});

	it('says «saved» during the first 400 ms of the next change', () => {
		const saved = after([
			{ type: 'synced' },
			written(1),
			{ type: 'asked', v: 1 },
			{ type: 'lagret', v: 1, at, now: 20 },
			written(2, 5000)
		]);
		expect(savedWords(saved, 5399).words).toBe('saved');
		expect(savedWords(saved, 5400).words).toBe('saving');
	});

	it('is honest while offline', () => {
		const offline = after([{ type: 'synced' }, { type: 'disconnected' }]);
		expect(savedWords(offline, 0).words).toBe('offline-saved');
		expect(savedWords(after([written(1)], offline), 0).words).toBe('offline-unsaved');
	});

	it('says that the device keeps it only while it does', () => {
		const kept = after([{ type: 'synced' }, { type: 'device', keeps: true }, { type: 'disconnected' }, written(1)]);
		expect(savedWords(kept, 0).words).toBe('offline-kept');
		expect(isUnsaved(kept)).toBe(true);
		expect(savedWords(after([{ type: 'device', keeps: false }], kept), 0).words).toBe('offline-unsaved');
		expect(savedWords(after([{ type: 'synced' }], kept), 60_000).words).toBe('no-contact');
	});

	it('carries on to the next document what the device can', () => {
		expect(newSavedState(after([{ type: 'device', keeps: true }])).device).toBe(true);
	});

	it('never says saved while something written is not covered, whatever the order of events', () => {
		const event = fc.oneof(
			fc.constant<'write'>('write'),
			fc.constant<'sync'>('sync'),
			fc.constant<'drop'>('drop'),
			fc.constant<'ask'>('ask'),
			fc.record({ answer: fc.nat(12) })
		);
		fc.assert(
			fc.property(fc.array(event, { maxLength: 60 }), (events) => {
				let state = newSavedState();
				let changes = 0;
				let committed = 0;
				const sent = new Map<number, number>();
				for (const step of events) {
					if (step === 'write') state = reduceSaved(state, written(++changes));
					else if (step === 'sync') state = reduceSaved(state, { type: 'synced' });
					else if (step === 'drop') state = reduceSaved(state, { type: 'disconnected' });
					else if (step === 'ask') {
						const v = nextLagre(state);
						if (v === undefined) continue;
						expect(sent.has(v)).toBe(false);
						sent.set(v, changes);
						state = reduceSaved(state, { type: 'asked', v });
					} else {
						committed = Math.max(committed, sent.get(step.answer) ?? 0);
						state = reduceSaved(state, { type: 'lagret', v: step.answer, at, now: 0 });
					}
					if (!isUnsaved(state)) expect(committed).toBe(changes);
				}
			})
		);
	});
});
