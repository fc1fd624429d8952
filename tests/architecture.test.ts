import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inProject } from '../scripts/lib/paths.ts';
import { longFiles, rules, type Rule } from './support/house-rules.ts';
import { readSource, readSources } from './support/sources.ts';

const sources = readSources();

/** «path: what is wrong» for every breach of one rule. */
function breaches(rule: Rule, among = sources): string[] {
	return among.flatMap((source) => rule.faults(source).map((fault) => `${source.path}: ${fault}`));
}

describe('house rules', () => {
	test('all the code is looked at', () => {
		expect(sources.length).toBeGreaterThan(150);
		for (const path of ['src/hooks.server.ts', 'src/routes/+layout.svelte', 'ws-server/room.ts', 'scripts/start.ts'])
			expect(sources.map((source) => source.path)).toContain(path);
	});

	test.each(rules)('$name', (rule) => {
		expect(breaches(rule)).toEqual([]);
	});

	test.each(rules.flatMap((rule) => rule.wrong.map(([path, text]) => ({ rule, path, text }))))(
		'«$rule.name» is able to fail ($path)',
		({ rule, path, text }) => {
			expect(breaches(rule, [readSource(path, text)])).not.toEqual([]);
		}
	);

	test('every file that is named as long is there', () => {
		expect(longFiles.filter((path) => !sources.some((source) => source.path === path))).toEqual([]);
	});
});

test('every message key that schemas, policies and commands name has a text for the person', () => {
	const named = sources
		.filter(({ path }) => /^src\/lib\/(domain|server)\//.test(path) && !path.endsWith('.test.ts'))
		.flatMap(({ strings }) => strings.filter((text) => /^[a-z]+_((feil|konflikt)_\w+|\w+_mangler)$/.test(text)));
	const texts = readFileSync(inProject('src/lib/i18n/feil.ts'), 'utf8');
	expect(named.length).toBeGreaterThan(15);
	expect(named.filter((key) => !texts.includes(`${key}: m.${key}`))).toEqual([]);
});

describe('the lock file', () => {
	const lock = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8')) as {
		packages: Record<string, { version?: string }>;
	};
	/** Every installed copy of a package, as versions. */
	const copies = (name: string): string[] =>
		Object.entries(lock.packages)
			.filter(([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`))
			.map(([, { version }]) => version ?? '');

	// Two copies of Yjs do not know each other's types: documents would break in silence.
	test.each(['yjs', 'y-protocols', 'lib0'])('has one copy of %s', (name) => {
		expect(copies(name)).toHaveLength(1);
	});

	test('has every part of Tiptap at the one version that its peers ask for', () => {
		const names = new Set(
			Object.keys(lock.packages).flatMap((path) => /node_modules\/(@tiptap\/.+)$/.exec(path)?.[1] ?? [])
		);
		names.delete('@tiptap/y-tiptap');
		expect(names.size).toBeGreaterThan(10);
		for (const name of names) expect([name, copies(name)]).toEqual([name, ['3.31.3']]);
		expect(copies('@tiptap/y-tiptap')).toHaveLength(1);
	});

	test('has a prosemirror-view without the paste hole of those before 1.42.3', () => {
		const [version, ...others] = copies('prosemirror-view');
		const [major = 0, minor = 0, patch = 0] = (version ?? '').split('.').map(Number);
		expect(others).toEqual([]);
		expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(1_042_003);
	});
});

describe('migrations', () => {
	const files = globSync('migrations/*', { cwd: inProject() }).sort();
	const faults = (text: string): string[] => [
		...(text.startsWith('-- Up Migration\n') ? [] : ['does not begin with «-- Up Migration»']),
		...(/^-- Down Migration$/m.test(text) ? [] : ['has no «-- Down Migration»']),
		...(/^SET LOCAL lock_timeout = '\d+s';$/m.test(text.split('\n')[1] ?? '') ? [] : ['sets no lock_timeout first'])
	];

	test('are numbered in order, without a gap', () => {
		expect(files.map((file) => Number(/^migrations\/(\d{4})_[a-z0-9-]+\.sql$/.exec(file)?.[1]))).toEqual(
			files.map((_, i) => i + 1)
		);
	});

	test.each(files)('%s can be run, and never waits long for a lock', (file) => {
		expect(faults(readFileSync(inProject(file), 'utf8'))).toEqual([]);
	});

	test('that are written otherwise are found', () => {
		expect(faults('CREATE TABLE t ();\n')).toHaveLength(3);
		expect(
			faults("-- Up Migration\nCREATE TABLE t ();\nSET LOCAL lock_timeout = '5s';\n-- Down Migration\n")
		).toHaveLength(1);
	});
});
