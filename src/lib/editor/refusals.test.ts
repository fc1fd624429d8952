import { describe, expect, it } from 'vitest';
import { CLOSE, ENDS_THE_DOC } from '../collab/close-codes.ts';
import { answerTo, endsTheDoc, RefusalCounter } from './refusals.ts';

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

	it('gives up every Y.Doc that the protocol says is lost, and only keeps one for a new log-in', () => {
		for (const code of ENDS_THE_DOC) expect(endsTheDoc(code)).toBe(true);
		expect(endsTheDoc(CLOSE.sessionEnded)).toBe(false);
		expect(endsTheDoc(4499)).toBe(true);
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
