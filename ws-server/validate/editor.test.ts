import { toggleMark } from '@tiptap/pm/commands';
import type { Command } from '@tiptap/pm/state';
import fc from 'fast-check';
import * as Y from 'yjs';
import { describe, expect, it } from 'vitest';
import { sanitizeDoc, toJson } from '#lib/collab/render.ts';
import { EditorCopy, mark, STRUCTURE, write, type Span } from '#lib/collab/test-support.ts';
import { DocMeter } from './meter.ts';
import { applyAsRoom, judge, serverDoc } from './test-support.ts';

const LINK = { href: 'https://helsedirektoratet.no/lis1' };
const COMMANDS: Record<string, Command> = {
	...STRUCTURE,
	write: write('Skriver litt '),
	replace: write('x'),
	link: toggleMark(mark('link'), LINK)
};

type Step = Span & { who: number; command: string; talks: boolean };

const step: fc.Arbitrary<Step> = fc.record({
	who: fc.nat(1),
	command: fc.constantFrom(...Object.keys(COMMANDS), 'undo', 'undo', 'redo'),
	from: fc.nat(300),
	to: fc.nat(300),
	talks: fc.boolean()
});

/** Two authors, each with an own undo, in step with the room whenever they talk. */
class Author extends EditorCopy {
	take({ command, ...span }: Step): void {
		if (command === 'undo') this.undo();
		else if (command === 'redo') this.redo();
		else this.edit(span, COMMANDS[command] ?? (() => false));
	}

	/** Sends what is written; each update must be accepted, and reaches the other. */
	talk(server: Y.Doc, meter: DocMeter, other: Author): void {
		for (const update of this.waiting.splice(0)) {
			const verdict = judge(server, update, meter);
			expect(verdict).toMatchObject({ ok: true });
			const delta = applyAsRoom(server, update);
			if (delta === null || !verdict.ok) continue;
			meter.note(delta.length, verdict.newNodes);
			Y.applyUpdate(other.doc, delta, 'remote');
		}
	}
}

describe('the real editor binding', () => {
	it('is never refused, shows everyone the same, and what it writes renders', { timeout: 60_000 }, () => {
		fc.assert(
			fc.property(fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }), (steps) => {
				const server = serverDoc();
				const meter = new DocMeter(server);
				const [first, second] = [new Author(), new Author()];
				for (const each of steps) {
					const [own, other] = each.who === 0 ? [first, second] : [second, first];
					own.take(each);
					if (each.talks) own.talk(server, meter, other);
				}
				while (first.waiting.length + second.waiting.length > 0) {
					first.talk(server, meter, second);
					second.talk(server, meter, first);
				}
				const json = toJson(server, 'referat');
				for (const { doc } of [first, second]) expect(toJson(doc, 'referat')).toEqual(json);
				expect(shown(sanitizeDoc(json))).toBe(shown(json));
			}),
			{ numRuns: 60 }
		);
	});
});

/** The characters and the structure of a document, in order. */
function shown(json: unknown): string {
	return [...JSON.stringify(json).matchAll(/"type":"(\w+)"|"text":"([^"]*)"/g)].map(([all]) => all).join();
}
