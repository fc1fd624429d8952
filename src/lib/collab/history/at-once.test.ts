import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { ROOTS } from '../schema.ts';
import type { History } from './history.ts';
import { Author, Log } from './test-support.ts';
import { textOf } from './segments.ts';
import { blocksUnder } from './tree.ts';

/** The letters of the referat that stand and are this person's. */
function lettersBy(author: string, history: History): string {
	return [...blocksUnder(history.doc.getXmlFragment('referat'))]
		.flatMap((block) => [...textOf(history, block)])
		.filter((letters) => letters?.died === undefined)
		.map((letters) => (letters && history.authorOf(letters.client, letters.clock) === author ? letters.text : ''))
		.join('');
}

const everything = { from: 0, to: 9 };

test('words that one makes headings and another puts into a list at once stand twice, and are still whose they were', () => {
	const [ola, kari, per] = [new Author('ola'), new Author('kari'), new Author('per')];
	const log = new Log(ola, kari, per);
	log.act(ola, { command: 'paste', from: 1, to: 1, text: 'Ja\nNei' });
	kari.do({ command: 'heading', ...everything });
	per.do({ command: 'numbers', ...everything });
	log.commit(kari);
	log.commit(per);
	expect(lettersBy('ola', log.history())).toHaveLength('JaNei'.length * 2);
});

test('words that come back without what was typed among them are still whose they were', () => {
	const [ola, kari] = [new Author('ola'), new Author('kari')];
	const log = new Log(ola, kari);
	log.act(ola, { command: 'write', from: 1, to: 1, text: 'Nei' });
	// As in a page, where what is done within half a second is one step.
	const roots = ROOTS.map((root) => kari.doc.getXmlFragment(root));
	const undo = new Y.UndoManager(roots, { captureTimeout: 60_000, trackedOrigins: new Set(['edit']) });
	log.act(kari, { command: 'write', from: 3, to: 3, text: 'xyz' });
	log.act(kari, { command: 'heading', ...everything });
	log.act(ola, { command: 'quote', ...everything });
	undo.undo();
	log.commit(kari);
	expect(lettersBy('ola', log.history())).toMatch(/^Nei|Nei$/);
	expect(lettersBy('kari', log.history())).toBe('xyz');
});

test('words that one takes away while another puts the paragraph into a list come back with it, and are still whose they were', () => {
	const [ola, kari, per] = [new Author('ola'), new Author('kari'), new Author('per')];
	const log = new Log(ola, kari, per);
	log.act(ola, { command: 'write', from: 1, to: 1, text: 'Ja da' });
	kari.do({ command: 'remove', from: 1, to: 4 });
	per.do({ command: 'tasks', ...everything });
	log.commit(kari);
	log.commit(per);
	expect(lettersBy('ola', log.history())).toBe('Ja da');
});

test('words that are moved twice within one change are whose they were on the way too: an undo may bring back that text', () => {
	const [ola, kari] = [new Author('ola'), new Author('kari')];
	const log = new Log(ola, kari);
	log.act(ola, { command: 'write', from: 1, to: 1, text: 'Ja da' });
	kari.do({ command: 'heading', ...everything });
	kari.do({ command: 'quote', ...everything });
	log.commit(kari);
	const history = log.history();
	const letters = [...blocksUnder(history.doc.getXmlFragment('referat'))].flatMap((block) => [
		...textOf(history, block)
	]);
	const passing = letters.filter((each) => each && each.born === each.died);
	expect(passing.map((each) => each?.text).join('')).toBe('Ja da');
	expect(passing.every((each) => each && history.authorOf(each.client, each.clock) === 'ola')).toBe(true);
});

test('words of several paragraphs that one takes away while they become a list elsewhere are still whose they were', () => {
	const [ola, kari, karisPhone] = [new Author('ola'), new Author('kari'), new Author('kari')];
	const log = new Log(ola, kari, karisPhone);
	log.act(ola, { command: 'paste', from: 1, to: 1, text: 'Ja\nNei' });
	kari.do({ command: 'remove', from: 2, to: 8 });
	karisPhone.do({ command: 'numbers', ...everything });
	log.commit(kari);
	log.commit(karisPhone);
	expect(lettersBy('ola', log.history())).toBe('JaNei');
});

test('words that one takes away while another writes all around them anew, with changes, are still whose they were', () => {
	const [ola, kari, per] = [new Author('ola'), new Author('kari'), new Author('per')];
	const log = new Log(ola, kari, per);
	log.act(ola, { command: 'write', from: 1, to: 1, text: 'Ferdighetene er veldig gode' });
	kari.do({ command: 'remove', from: 14, to: 16 });
	per.do({ command: 'write', from: 24, to: 24, text: '??' });
	per.do({ command: 'heading', ...everything });
	log.commit(kari);
	log.commit(per);
	expect(log.rendered()).toContain('??');
	expect(lettersBy('per', log.history())).toBe('??');
});
