import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { REFUSED_TEXT } from './limits.ts';
import { refusedText } from './refused-text.ts';

/** A document that a person has opened, and the updates that they make in it. */
function opened(committed = ''): { doc: Y.Doc; text: Y.XmlText; sent: Uint8Array[] } {
	const doc = new Y.Doc();
	const text = new Y.XmlText();
	const paragraph = new Y.XmlElement('paragraph');
	doc.getXmlFragment('referat').push([paragraph]);
	paragraph.push([text]);
	text.insert(0, committed);
	doc.clientID += 1;
	const sent: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => sent.push(update));
	return { doc, text, sent };
}

function type(text: Y.XmlText, at: number, words: string): void {
	[...words].forEach((char, i) => text.insert(at + i, char));
}

test('what was typed key by key, gone back into and taken away again reads as it stood on the page', () => {
	const { text, sent } = opened('Vi er enige.');
	type(text, 12, ' Kom sent.');
	type(text, 16, ' for');
	text.delete(20, 6);
	type(text, 20, ' tidlig.');
	expect(refusedText(sent)).toBe('Kom for tidlig.');
});

test('nothing of what others have written is in it, and each place is a line of its own', () => {
	const { doc, text, sent } = opened('Deres ord.');
	type(text, 0, 'Først. ');
	type(text, 17, ' Sist.');
	doc.transact(() => {
		const paragraph = new Y.XmlElement('paragraph');
		const nytt = new Y.XmlText();
		doc.getXmlFragment('referat').push([paragraph]);
		paragraph.push([nytt]);
		nytt.insert(0, 'Nytt avsnitt.');
	});
	expect(refusedText(sent)).toBe('Først. \n Sist.\nNytt avsnitt.');
});

test('bold is no letter, and what is written within it stands in its place', () => {
	const { text, sent } = opened();
	text.insert(0, 'fet', { bold: {} });
	text.insert(3, ' mager', { bold: null as never });
	text.insert(1, 'XX');
	expect(refusedText(sent)).toBe('fXXet mager');
});

test('what only takes away has no words', () => {
	const { text, sent } = opened('Deres ord.');
	text.delete(0, 5);
	expect(refusedText(sent)).toBeNull();
	expect(refusedText([])).toBeNull();
});

test('no fødselsnummer, no character that deceives, no half of one', () => {
	const { text, sent } = opened();
	text.insert(0, 'Pasient 21868100033 \u202esnudd 😀');
	text.delete(text.length - 1, 1);
	expect(refusedText(sent)).toBe('Pasient ••••••••••• snudd');
});

test('a flood is cut, in no time', () => {
	const { text, sent } = opened();
	for (let i = 0; i < 50; i++) text.insert(0, 'ø'.repeat(60_000));
	const read = refusedText(sent) ?? '';
	expect(read.length).toBe(REFUSED_TEXT + 2);
	expect(read.endsWith('ø …')).toBe(true);
});
