import { getSchema } from '@tiptap/core';
import { Fragment, Slice } from '@tiptap/pm/model';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/collab/limits.ts';
import { schemaExtensions } from './extensions.ts';
import { cleanSlice, judgeIntake } from './paste.ts';

const schema = getSchema(schemaExtensions());

function clipboard(data: Record<string, string>, files = 0) {
	return { getData: (type: string) => data[type] ?? '', files: { length: files } as FileList };
}

describe('judgeIntake', () => {
	const long = 'x'.repeat(LIMITS.updateBytes + 1);
	const wordy = '<p>' + 'y'.repeat(600 * 1024);

	it.each([
		['text', { 'text/plain': 'hei' }, 0, 'as-is'],
		['text as long as an update', { 'text/plain': long.slice(1) }, 0, 'as-is'],
		['HTML of a word processor', { 'text/html': '<p>hei</p>', 'text/plain': 'hei' }, 0, 'as-is'],
		['an address', { 'text/uri-list': 'https://nav.no' }, 0, 'as-is'],
		['nothing at all', {}, 0, 'as-is'],
		['too much text', { 'text/plain': long }, 0, 'too-large'],
		['too much text as HTML', { 'text/html': `<p>${long}</p>`, 'text/plain': long }, 0, 'too-large'],
		['too much HTML without a plain form', { 'text/html': wordy }, 0, 'too-large'],
		['too much formatting around little text', { 'text/html': wordy, 'text/plain': 'hei' }, 0, 'as-plain-text'],
		['a picture', {}, 1, 'nothing'],
		['a picture with a description', { 'text/html': '<img>', 'text/plain': '' }, 1, 'as-is']
	] as const)('%s', (_what, data, files, intake) => expect(judgeIntake(clipboard(data, files))).toBe(intake));
});

describe('cleanSlice', () => {
	it('takes forbidden characters out, keeps marks and openness, and drops texts that become empty', () => {
		const bold = schema.text('a\u202eb', [schema.mark('bold')]);
		const paragraph = schema.node('paragraph', null, [bold, schema.text('\u0000'), schema.text('c\u000bd')]);
		const cleaned = cleanSlice(new Slice(Fragment.from(paragraph), 1, 1));
		const texts: unknown[] = [];
		cleaned.content.descendants((node) => {
			if (node.isText) texts.push([node.text, node.marks.map((mark) => mark.type.name)]);
		});
		expect(texts).toEqual([
			['ab', ['bold']],
			['c\nd', []]
		]);
		expect([cleaned.openStart, cleaned.openEnd]).toEqual([1, 1]);
	});
});
