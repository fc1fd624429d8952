import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import type { Fault } from './refusal.ts';
import * as w from './test-support.ts';

/** Only for tests: what a hostile, broken or foreign client may send, and what becomes of it. */
export interface Hostile {
	name: string;
	bytes: Uint8Array;
	fault: Fault;
}

/** The document that the corpus is thrown at. Clocks of client 1 stand beside. */
export function baseDoc(): Y.Doc {
	return w.serverDoc(
		w.update([
			w.section(
				1,
				0,
				w.item({ parent: 'referat' }, w.element('paragraph')), // 0
				w.item({ parent: [1, 0] }, w.xmlText), // 1
				w.item({ parent: [1, 1] }, w.text('hei 😀 du')), // 2–10, the pair at 6 and 7
				w.item({ origin: [1, 0] }, w.element('heading')), // 11
				w.item({ parent: [1, 11], sub: 'level' }, w.any(2)), // 12
				w.item({ parent: [1, 11] }, w.xmlText), // 13
				w.item({ parent: [1, 13] }, w.text('ab')) // 14–15
			)
		])
	);
}

const one = (...structs: Uint8Array[]) => w.update([w.section(9, 0, ...structs)]);
const attr = (value: unknown, sub = 'level', parent: [number, number] = [1, 11]) =>
	one(w.item({ parent, sub }, w.any(value)));
const mark = (name: string, json: string) => one(w.item({ parent: [1, 1] }, w.format(name, json)));
const link = (href: string) => mark('link', JSON.stringify({ href }));
const inText = (content: Parameters<typeof w.item>[1]) => one(w.item({ parent: [1, 1] }, content));

/** What an unrestricted Y.Doc writes. */
function foreign(write: (doc: Y.Doc) => void): Uint8Array {
	const doc = new Y.Doc();
	doc.clientID = 9;
	write(doc);
	return Y.encodeStateAsUpdate(doc);
}

function nested(depth: number): Uint8Array {
	const structs = [w.item({ parent: 'referat' }, w.element('blockquote'))];
	for (let i = 1; i < depth; i++) structs.push(w.item({ parent: [9, i - 1] }, w.element('blockquote')));
	return one(...structs);
}

function manySections(clients: number, structsEach: number): Uint8Array {
	const structs = Array.from({ length: structsEach }, () => w.gc(1));
	return w.update(Array.from({ length: clients }, (_, i) => w.section(1000 + i, 0, ...structs)));
}

const manyRanges = (count: number) =>
	w.concat(w.uints(0, 1, 1, count), ...Array.from({ length: count }, (_, i) => w.uints(i * 2, 1)));

const manyStructs = (count: number) =>
	w.concat(
		w.uints(1, count, 9, 0),
		new Uint8Array(count * 2).fill(1).map((_, i) => i % 2),
		w.uints(0)
	);

/** Each item claims to have been written between the beginning of a long text and a place further and further into it. */
function farNeighbours(items: number): Uint8Array {
	const structs = Array.from({ length: items }, (_, i) => w.item({ right: [8, 5 + i] }, w.text('y')));
	return w.update([
		w.section(9, 0, ...structs),
		w.section(
			8,
			0,
			w.item({}, w.element('paragraph')),
			w.item({ parent: [8, 0] }, w.xmlText),
			w.item({ parent: [8, 1] }, w.text('x'.repeat(items + 5)))
		)
	]);
}

/** Two clients write at one place, and a third one between what they wrote; Yjs puts the lower clientID first. */
export function betweenNew(origin: [number, number], right: [number, number]): Uint8Array {
	return w.update([
		w.section(9, 0, w.item({ origin: [1, 4], right: [1, 5] }, w.text('9'))),
		w.section(8, 0, w.item({ origin: [1, 4], right: [1, 5] }, w.text('8'))),
		w.section(7, 0, w.item({ origin, right }, w.text('7')))
	]);
}

function hrefs(): Hostile[] {
	return [
		'javascript:alert(1)',
		'JaVaScRiPt:alert(1)',
		'java\tscript:alert(1)',
		' javascript:alert(1)',
		'\u0001javascript:alert(1)',
		'&#106;avascript:alert(1)',
		'javascript&colon;alert(1)',
		'data:text/html,<script>alert(1)</script>',
		'vbscript:x',
		'file:///etc/passwd',
		'//evil.example',
		'https:\\\\evil.example',
		'https://good.example@evil.example',
		'https://a.example/\u202egpj.exe'
	].map((href) => ({ name: `link to ${JSON.stringify(href)}`, bytes: link(href), fault: 'invalid' as const }));
}

function malformed(): Hostile[] {
	return [
		['no bytes at all', new Uint8Array(0)],
		['7 bytes that declare 33 million structs', w.concat(w.uints(1), w.uints(33_554_431), w.uints(1, 0))],
		['33 million sections', w.concat(w.uints(33_554_431), w.uints(1, 1))],
		['33 million delete ranges', w.concat(w.uints(0, 1, 9), w.uints(33_554_431), w.uints(0, 1))],
		['33 million deleted clients', w.concat(w.uints(0), w.uints(33_554_431))],
		['garbage', Uint8Array.from({ length: 4096 }, (_, i) => (i * 167 + 13) % 256)],
		['only FF', new Uint8Array(1024).fill(255)],
		['trailing bytes', w.concat(w.update([]), Uint8Array.of(0))],
		['no delete set', w.uints(0)],
		['over-long number', Uint8Array.of(0x80, 0x00, 0x00)],
		['number above 2^53', w.concat(new Uint8Array(8).fill(255), Uint8Array.of(127, 0))],
		[
			'string longer than the update',
			one(
				w.concat(
					Uint8Array.of(4),
					w.uints(1),
					w.bytes((e) => encoding.writeVarString(e, 'referat')),
					w.uints(1e6)
				)
			)
		],
		['clock of 2^31', w.update([w.section(9, 2 ** 31, w.gc(1))])],
		['length of 2^31', one(w.gc(2 ** 31))],
		['clock beyond 2^31 by lengths', one(w.gc(2 ** 31 - 1), w.gc(2))],
		['clientID of 33 bits', w.update([w.section(2 ** 32, 0, w.gc(1))])],
		['struct of no length', one(w.gc(0))],
		['deleted content of no length', inText(w.deleted(0))],
		['empty string', inText(w.text(''))],
		['section without structs', w.update([w.section(9, 0)])],
		['client named twice', w.update([w.section(9, 0, w.gc(1)), w.section(9, 1, w.gc(1))])],
		['deleted client named twice', w.update([], [w.deletes(1, [2, 1]), w.deletes(1, [3, 1])])],
		['deleted client without ranges', w.update([], [w.deletes(1)])],
		['delete range of no length', w.update([], [w.deletes(1, [2, 0])])],
		['delete ranges that overlap', w.update([], [w.deletes(1, [2, 5], [3, 5])])],
		['item flags on a GC struct', one(w.concat(Uint8Array.of(128), w.uints(1, 0, 3)))],
		['content kind 31', one(Uint8Array.of(31, 1, 7))],
		['parent info 2', one(w.concat(Uint8Array.of(7), w.uints(2, 0)))],
		['malformed UTF-8', inText(w.rawText(0xc3, 0x28))],
		['over-long UTF-8', inText(w.rawText(0xc0, 0x80))],
		['lone surrogate', inText(w.rawText(0xed, 0xa0, 0x80))],
		['UTF-8 cut short', inText(w.rawText(0xf0, 0x9f, 0x98))],
		['NUL in text', inText(w.text('a\u0000b'))],
		['escape character in text', inText(w.text('\u001b[31m'))],
		['C1 control in text', inText(w.text('\u0085'))],
		['right-to-left override in text', inText(w.text('\u202egpj.exe'))],
		['bidi isolate in text', inText(w.text('\u2066x'))]
	].map(([name, bytes]) => ({ name: name as string, bytes: bytes as Uint8Array, fault: 'invalid' as const }));
}

function foreignContent(): Hostile[] {
	const cases: [string, Uint8Array][] = [
		['sub-document', foreign((doc) => doc.getMap('referat').set('x', new Y.Doc()))],
		[
			'sub-document among nodes',
			one(w.item({}, [9, (e) => (encoding.writeVarString(e, 'guid'), encoding.writeAny(e, {}))]))
		],
		['binary', foreign((doc) => doc.getArray('referat').push([new Uint8Array(8)]))],
		['JSON content', one(w.item({}, [2, (e) => (encoding.writeVarUint(e, 1), encoding.writeVarString(e, '{}'))]))],
		['embed', inText([5, (e) => encoding.writeVarString(e, '{"image":"x"}')])],
		['values among nodes', foreign((doc) => doc.getArray('referat').push([1, 2]))],
		['map key on a root', foreign((doc) => doc.getMap('referat').set('level', 1))],
		['node as a map key on a root', one(w.item({ sub: 'level' }, w.element('paragraph')))],
		['another root', foreign((doc) => doc.getXmlFragment('hemmelig').insert(0, [new Y.XmlText()]))],
		['root named __proto__', foreign((doc) => doc.getXmlFragment('__proto__').insert(0, [new Y.XmlText()]))],
		['empty root name', foreign((doc) => doc.getXmlFragment('').insert(0, [new Y.XmlText()]))],
		['text straight in a root', foreign((doc) => doc.getText('referat').insert(0, 'x'))],
		['mark straight in a root', one(w.item({}, w.format('bold', '{}')))],
		['unknown node', one(w.item({}, w.element('script')))],
		['node in capitals', one(w.item({}, w.element('Paragraph')))],
		['node named __proto__', one(w.item({}, w.element('__proto__')))],
		['node named constructor', one(w.item({}, w.element('constructor')))],
		['node with a long name', one(w.item({}, w.element('p'.repeat(5000))))],
		['Y.Array', one(w.item({}, w.type(0)))],
		['Y.Map', one(w.item({}, w.type(1)))],
		['Y.Text', one(w.item({}, w.type(2)))],
		['Y.XmlFragment', one(w.item({}, w.type(4)))],
		['Y.XmlHook', one(w.item({}, [7, (e) => (encoding.writeVarUint(e, 5), encoding.writeVarString(e, 'paragraph'))]))],
		['type 7', one(w.item({}, w.type(7)))],
		['unknown mark', mark('underline', '{}')],
		['mark named __proto__', mark('__proto__', '{}')],
		['mark with a hash', mark('bold--AAAAAAAA', '{}')],
		['mark value that is no JSON', mark('bold', '{')],
		['mark value of 5,000 arrays', mark('bold', '['.repeat(5000))],
		['bold as an array', mark('bold', '[]')],
		['bold with attributes', mark('bold', '{"style":"color:red"}')],
		['bold as a string', mark('bold', '"x"')],
		['link without href', mark('link', '{}')],
		['link as true', mark('link', 'true')],
		['link with an event handler', mark('link', '{"href":"https://a.example","onclick":"x"}')],
		['link with __proto__', mark('link', '{"href":"https://a.example","__proto__":{"x":1}}')],
		['link with an array as href', mark('link', '{"href":["javascript:alert(1)"]}')],
		['link with a class', mark('link', '{"href":"https://a.example","class":"ds-button"}')],
		['link with a target', mark('link', '{"href":"https://a.example","target":"_top"}')],
		['link with two hrefs', mark('link', '{"href":"https://a.example","href":"javascript:x"}')],
		['href of 3,000 characters', link(`https://a.example/${'a'.repeat(3000)}`)],
		['attribute as an array', attr([2])],
		['attribute as an object', attr({ level: 2 })],
		['attribute as bytes', attr(new Uint8Array(4))],
		['attribute as bigint', attr(2n)],
		['attribute undefined', attr(undefined)],
		['attribute NaN', attr(NaN)],
		['attribute infinite', attr(Infinity, 'start')],
		['attribute as text for a number', attr('2')],
		['attribute null', attr(null)],
		['heading of level 7', attr(7)],
		['heading of level 1.5', attr(1.5)],
		['attribute with a bad value before a good one', one(w.item({ parent: [1, 11], sub: 'level' }, w.any(99, 2)))],
		['no attribute value', one(w.item({ parent: [1, 11], sub: 'level' }, w.any()))],
		['attribute __proto__', attr('x', '__proto__')],
		['attribute onclick', attr('x', 'onclick')],
		['attribute of another node', attr(true, 'checked')],
		['attribute on a paragraph', attr(2, 'level', [1, 0])],
		['attribute on a text', attr(2, 'level', [1, 1])],
		['attribute that is a node', one(w.item({ parent: [1, 11], sub: 'level' }, w.element('paragraph')))],
		['attribute that is text', one(w.item({ parent: [1, 11], sub: 'level' }, w.text('2')))],
		['attribute behind another that is text', one(w.item({ origin: [1, 12] }, w.text('2')))],
		['attribute behind another that is too large', one(w.item({ origin: [1, 12] }, w.any(99)))],
		['node behind an attribute', one(w.item({ origin: [1, 12] }, w.element('paragraph')))],
		['node within a text', inText(w.element('paragraph'))],
		['text type within a text', inText(w.xmlText)],
		['node behind a character', one(w.item({ origin: [1, 5] }, w.element('paragraph')))],
		['characters in a paragraph', one(w.item({ parent: [1, 0] }, w.text('x')))],
		['mark in a paragraph', one(w.item({ parent: [1, 0] }, w.format('bold', '{}')))],
		['value in a paragraph', one(w.item({ parent: [1, 0] }, w.any(1)))],
		['value in a text', inText(w.any(1))],
		['characters behind a paragraph', one(w.item({ origin: [1, 0] }, w.text('x')))],
		['character as a parent', one(w.item({ parent: [1, 3] }, w.text('x')))],
		['own character as a parent', one(w.item({ parent: [1, 1] }, w.text('x')), w.item({ parent: [9, 0] }, w.text('y')))]
	];
	return cases.map(([name, bytes]) => ({ name, bytes, fault: 'invalid' as const }));
}

function dependencies(): Hostile[] {
	const cases: [string, Fault, Uint8Array][] = [
		['skips structs', 'gap', one(w.item({}, w.element('paragraph')), w.skip(3), w.gc(1))],
		['own earlier structs missing', 'gap', w.update([w.section(9, 5, w.gc(1))])],
		['origin of an unknown client', 'gap', one(w.item({ origin: [77, 0] }, w.text('x')))],
		['origin beyond the state', 'gap', one(w.item({ origin: [1, 16] }, w.text('x')))],
		['right origin beyond the state', 'gap', one(w.item({ origin: [1, 2], right: [1, 99] }, w.text('x')))],
		['parent beyond the state', 'gap', one(w.item({ parent: [1, 16] }, w.text('x')))],
		['deletes beyond the state', 'gap', w.update([], [w.deletes(1, [14, 3])])],
		['deletes of an unknown client', 'gap', w.update([], [w.deletes(77, [0, 1])])],
		['deletes beyond its own new structs', 'gap', w.update([w.section(9, 0, w.gc(2))], [w.deletes(9, [0, 3])])],
		['origin is itself', 'invalid', one(w.item({ origin: [9, 0] }, w.text('x')))],
		['origin within itself', 'invalid', one(w.item({ right: [9, 1] }, w.text('xyz')))],
		[
			'parent is a later struct of its own',
			'invalid',
			one(w.item({ parent: [9, 1] }, w.text('x')), w.item({}, w.xmlText))
		],
		[
			'known struct with an origin in the future',
			'invalid',
			w.update([w.section(1, 2, w.item({ origin: [77, 3] }, w.text('h')))])
		],
		['neighbours out of order', 'invalid', one(w.item({ origin: [1, 8], right: [1, 4] }, w.text('x')))],
		['one neighbour on both sides', 'invalid', one(w.item({ origin: [1, 4], right: [1, 4] }, w.text('x')))],
		['neighbours in two texts', 'invalid', one(w.item({ origin: [1, 4], right: [1, 15] }, w.text('x')))],
		['new neighbours that will be out of order', 'invalid', betweenNew([9, 0], [8, 0])],
		[
			'known struct that depends on itself',
			'invalid',
			w.update([w.section(1, 2, w.item({ origin: [1, 9] }, w.text('h')))])
		],
		[
			'known struct that depends on a new one',
			'invalid',
			w.update([
				w.section(9, 0, w.item({ parent: [1, 1] }, w.text('x'))),
				w.section(1, 2, w.item({ origin: [9, 0] }, w.text('h')))
			])
		],
		[
			'two structs that wait for each other',
			'invalid',
			w.update([
				w.section(9, 0, w.item({ origin: [8, 0] }, w.text('x'))),
				w.section(8, 0, w.item({ origin: [9, 0] }, w.text('y')))
			])
		],
		[
			'three clients in a circle',
			'invalid',
			w.update([
				w.section(9, 0, w.item({ parent: [1, 1] }, w.text('x')), w.item({ origin: [8, 1] }, w.text('x'))),
				w.section(8, 0, w.item({ parent: [1, 1] }, w.text('y')), w.item({ right: [7, 1] }, w.text('y'))),
				w.section(7, 0, w.item({ parent: [1, 1] }, w.text('z')), w.item({ origin: [9, 1] }, w.text('z')))
			])
		],
		[
			'two types that are each other’s parents',
			'invalid',
			w.update([
				w.section(9, 0, w.item({ parent: [8, 0] }, w.element('blockquote'))),
				w.section(8, 0, w.item({ parent: [9, 0] }, w.element('blockquote')))
			])
		],
		[
			'continues a known struct in another text',
			'invalid',
			w.update([w.section(1, 14, w.item({ parent: [1, 1] }, w.text('abc')))])
		],
		[
			'continues a known struct as an attribute',
			'invalid',
			w.update([w.section(1, 14, w.item({ origin: [1, 12] }, w.text('abc')))])
		],
		[
			'known struct that cuts a surrogate pair',
			'invalid',
			w.update([w.section(1, 14, w.item({ origin: [1, 6] }, w.text('ab')))])
		],
		[
			'thrown-away struct that cuts a surrogate pair',
			'invalid',
			one(w.gc(1), w.item({ origin: [9, 0], right: [1, 7] }, w.text('x')))
		]
	];
	return cases.map(([name, fault, bytes]) => ({ name, bytes, fault }));
}

function sizes(): Hostile[] {
	return [
		{ name: '3,000 quotes in each other', bytes: nested(3000), fault: 'tooDeep' },
		{ name: '33 quotes in each other', bytes: nested(33), fault: 'tooDeep' },
		{ name: '1 MiB of structs of two bytes', bytes: manyStructs(524_000), fault: 'tooMany' },
		{ name: '20,001 structs in 200 sections', bytes: manySections(201, 100), fault: 'tooMany' },
		{ name: 'items between far neighbours', bytes: farNeighbours(3000), fault: 'tooMany' },
		{ name: '5,000 clients', bytes: manySections(5000, 1), fault: 'tooMany' },
		{
			name: '120,000 delete ranges',
			bytes: manyRanges(120_000),
			fault: 'tooMany'
		}
	];
}

/** Everything together. */
export const HOSTILE: Hostile[] = [...malformed(), ...foreignContent(), ...hrefs(), ...dependencies(), ...sizes()];
