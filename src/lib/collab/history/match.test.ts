import { describe, expect, test } from 'vitest';
import { matchRuns, matchThinned, matchWithin, type Text } from './match.ts';

const blocks = new Map<string, object>();
/** «block: text», or «block: before[text]behind». */
function run(spec: string): Text {
	const [name = '', rest = ''] = spec.split(': ');
	const [before, text, behind] = /^(.*)\[(.*)\](.*)$/.exec(rest)?.slice(1) ?? ['', rest, ''];
	const block = blocks.get(name) ?? {};
	blocks.set(name, block);
	return { block, text: text ?? '', before: before ?? '', behind: behind ?? '' };
}
/** The matched texts, each with the run that it was and the run that it is. */
function matches(removed: string[], inserted: string[]): string[] {
	const runs = inserted.map(run);
	return matchRuns(removed.map(run), runs).map(
		({ removedRun, insertedRun, insertedStart, len }) =>
			`${removedRun}>${insertedRun} ${runs[insertedRun]?.text.slice(insertedStart, insertedStart + len)}`
	);
}

describe('which text a change moved', () => {
	test('whole runs, in order, whatever they say', () => {
		expect(matches(['a: ja', 'a: nei', 'b: ja'], ['c: ja', 'd: ja', 'd: nei'])).toEqual([
			'0>0 ja',
			'2>1 ja',
			'1>2 nei'
		]);
	});

	test('long parts, wherever they stand now', () => {
		expect(matches(['a: Vi snakket om vakter. Så om søvn.'], ['b: Så om søvn. Vi snakket om vakter.'])).toEqual([
			'0>0 Så om søvn.',
			'0>0 Vi snakket om vakter.',
			'0>0  '
		]);
	});

	test('what a split pushes down, behind what was typed before it', () => {
		expect(matches(['a: den nye'], ['b: og den nye'])).toContain('0>0 den nye');
	});

	test('what stood at the end of what was removed, before what was left alone at the end of another block', () => {
		expect(matches(['a: c def', 'b: ghi jkl.'], ['a: ab[i jkl].'])).toEqual(['1>0 i jkl']);
	});

	test('not what two texts happen to share', () => {
		expect(matches(['a: Ola svarte kort'], ['b: Alt er nytt'])).toEqual([]);
		expect(matches(['a: ja', 'b: da'], ['c: nabo', 'd: hei'])).toEqual([]);
	});

	test('each letter at most once', () => {
		expect(matches(['a: takk for sist'], ['b: takk for sist takk for sist'])).toEqual(['0>0 takk for sist']);
	});

	test('what comes back without something that may be lacking, or not at all', () => {
		const lacking = (of: string) => (_run: number, at: number) => of.includes('Nxyzei'.charAt(at));
		const thinned = (text: string, of: string) =>
			matchThinned([run('a: Nxyzei')], [run(`b: ${text}`)], lacking(of)).map(({ removedStart }) => removedStart);
		expect(thinned('Nei', 'xyz')).toEqual([0, 4, 5]);
		expect(thinned('Nei', 'xy')).toEqual([]);
		expect(thinned('Neia', 'xyz')).toEqual([]);
	});

	test('a run that stands within another, and no part of one', () => {
		const within = (text: string) => matchWithin([run('a: Så om søvn og mat')], [run(`b: ${text}`)]).length;
		expect(within('om søvn')).toBe(1);
		expect(within('om søvn og vakt')).toBe(0);
	});
});
