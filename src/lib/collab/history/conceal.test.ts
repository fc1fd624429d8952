import { expect, test } from 'vitest';
import { concealNodes } from './conceal.ts';
import type { DiffNode } from './difference.ts';

type Status = 'same' | 'added' | 'removed';
const find = (text: string) => [...text.matchAll(/hemmelig/g)].map(({ index }) => ({ start: index, end: index + 8 }));
const text = (status: Status, words: string): DiffNode => ({
	...{ type: 'text', text: words, marks: [], status, author: 'a', by: null, touch: null }
});
const masked = (...pieces: [Status, string][]) =>
	concealNodes(
		pieces.map(([status, words]) => text(status, words)),
		find
	).map((node) => ('text' in node ? node.text : ''));

test('what may not be shown is dots, also across pieces, and where it is whole only before or only after', () => {
	expect(masked(['same', 'et hemmelig ord'])).toEqual(['et •••••••• ord']);
	expect(masked(['same', 'hem'], ['added', 'melig'])).toEqual(['•••', '•••••']);
	expect(masked(['same', 'hem'], ['removed', 'melig'], ['added', ' til'])).toEqual(['•••', '•••••', ' til']);
	expect(masked(['removed', 'hemmelig'], ['added', 'åpent'])).toEqual(['••••••••', 'åpent']);
	expect(masked(['same', 'hem'], ['added', 'xx'], ['same', 'melig'])).toEqual(['•••', 'xx', '•••••']);
});

test('what stands in different blocks is not put together', () => {
	const block = (content: DiffNode[]): DiffNode => ({
		...{ type: 'paragraph', content, status: 'same', author: 'a', by: null, touch: null }
	});
	const nodes = concealNodes([block([text('same', 'hem')]), block([text('same', 'melig hemmelig')])], find);
	expect(JSON.stringify(nodes)).toContain('"melig ••••••••"');
	expect(JSON.stringify(nodes)).toContain('"hem"');
});
