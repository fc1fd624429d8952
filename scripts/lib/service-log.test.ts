import { expect, test } from 'vitest';
import { createLineSplitter, formatLogLine } from './service-log.ts';

test('lines come whole, however the text is cut', () => {
	const lines: string[] = [];
	const feed = createLineSplitter((line) => lines.push(line));
	for (const piece of ['en', ' linje\nto', '\n\n', 'tre\nfi', 're']) feed(piece);
	expect(lines).toEqual(['en linje', 'to', 'tre']);
});

test.each([
	['{"level":"info","msg":"request"}', undefined],
	['{"level":"warn","msg":"slow"}', 'warn: slow'],
	['{"level":"error","msg":"failed","err":{"message":"no such table"}}', 'error: failed (no such table)'],
	['{"not":"ours"}', '{"not":"ours"}'],
	['{ cut', '{ cut'],
	['SyntaxError: x', 'SyntaxError: x']
])('%s is shown as %s', (line, shown) => {
	expect(formatLogLine(line)).toBe(shown);
});
