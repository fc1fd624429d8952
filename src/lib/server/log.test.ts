import { describe, expect, test } from 'vitest';
import { createLogger } from './log.ts';
import { maskPids } from './log-pids.ts';

function logOne(fields: object, message = ''): { text: string; entry: Record<string, unknown> } {
	let text = '';
	createLogger('test', 'info', (line) => (text += line)).info(fields, message);
	return { text, entry: JSON.parse(text) as Record<string, unknown> };
}

describe('createLogger', () => {
	test('writes the level in words, the service and the time', () => {
		expect(logOne({ dokument: 'x' }, 'hei').entry).toMatchObject({ level: 'info', service: 'test', msg: 'hei' });
	});

	test.each([
		{ req: { headers: { cookie: 'HEMMELIG', authorization: 'HEMMELIG' } } },
		{ headers: { cookie: 'HEMMELIG', 'set-cookie': 'HEMMELIG' } },
		{ body: { password: 'HEMMELIG', passord: 'HEMMELIG' } },
		{ passord: 'HEMMELIG', token: 'HEMMELIG', databaseUrl: 'HEMMELIG' }
	])('hides secrets: %j', (fields) => {
		expect(logOne(fields).text).not.toContain('HEMMELIG');
	});

	test('masks a fødselsnummer wherever it stands', () => {
		const error = new Error('no such person: 01019012345');
		const { text, entry } = logOne({ err: error, list: ['010190 12345'], number: 41_019_012_345 }, 'pid=01019012345');
		expect(text).not.toMatch(/\d{6} ?\d{5}(?!\d)/);
		expect(entry).toMatchObject({ number: '[pid]', list: ['[pid]'], msg: 'pid=[pid]' });
	});
});

describe('maskPids', () => {
	test.each([
		['{"id":"a2345678-1234-1234-1234-123456789012"}'],
		['{"time":1764000000000,"us":1764000000000000}'],
		['{"share":0.12345678901}'],
		['{"a":1}']
	])('leaves %s alone', (line) => {
		expect(maskPids(line)).toBe(line);
	});

	test('leaves valid JSON behind, with escapes and all', () => {
		const line = JSON.stringify({ a: 'he said "01019012345"\n', b: 12_345_678_901, c: '\\' });
		expect(JSON.parse(maskPids(line))).toEqual({ a: 'he said "[pid]"\n', b: '[pid]', c: '\\' });
	});
});
