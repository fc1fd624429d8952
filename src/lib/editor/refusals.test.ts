import { describe, expect, it } from 'vitest';
import { CLOSE, ENDS_THE_DOC } from '#lib/collab/close-codes.ts';
import { answerTo, RefusalCounter } from './refusals.ts';

describe('answerTo', () => {
	it.each([
		['sessionEnded', 'log-in'],
		['noAccess', 'read-only'],
		['forgedAuthorship', 'start-over'],
		['otherEpoch', 'start-over'],
		['tooLarge', 'start-over'],
		['invalid', 'start-over'],
		['final', 'read-only'],
		['oldSchema', 'reload']
	] as const)('%s: %s', (name, answer) => expect(answerTo(CLOSE[name])).toBe(answer));

	it('keeps no Y.Doc that the protocol says is lost, and knows what to do about a code of a newer server', () => {
		for (const code of ENDS_THE_DOC) expect(answerTo(code)).not.toBe('log-in');
		expect(answerTo(4499)).toBe('start-over');
	});
});

describe('RefusalCounter', () => {
	it('stops at the fourth refusal within a minute', () => {
		const counter = new RefusalCounter();
		expect([0, 1000, 2000, 3000].map((now) => counter.note(now))).toEqual([true, true, true, false]);
	});

	it('forgets after a minute', () => {
		const counter = new RefusalCounter();
		expect([0, 1000, 2000, 60_000, 61_000, 61_500].map((now) => counter.note(now))).toEqual([
			true,
			true,
			true,
			true,
			true,
			false
		]);
	});
});
