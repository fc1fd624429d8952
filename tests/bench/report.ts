import { cpus, release, totalmem } from 'node:os';
import type { Cold, Store } from './alone.ts';
import type { Contestant } from './contestants.ts';
import { median } from './figures.ts';
import type { Round } from './round.ts';

/** How much is done at once. */
export type Load = { key: string; documents: number; cursors: boolean };

export type Figures = {
	contestants: Pick<Contestant, 'name' | 'what'>[];
	/** By contestant and load: «name key». */
	rounds: Map<string, Round[]>;
	loads: Load[];
	/** Bytes for each key. */
	store: Store | undefined;
	cold: Cold;
	notify: { notified: number; silent: number };
	memory: { before: number; after: number; documents: number };
};

/** The whole run as a page of docs/. */
export function describeRun(figures: Figures, { rounds, seconds }: { rounds: number; seconds: number }): string {
	const { loads, store, cold, memory, notify } = figures;
	const [cpu] = cpus();
	return `# Co-editing beside its peers

\`npm run bench -- --write\` writes this page. ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpu?.model.trim()}), ${gigabytes(totalmem())} GB,
Linux ${release()}, Node ${process.version}. Absolute times are this machine's; the ratios, from one run with all of them, are what to look at.

One server on one core; the generator and PostgreSQL on the other. Two editors in each document, 5 keys a second each, ${seconds} s after 10 s of
warming up, ${rounds} rounds, medians. The generator is the same for all: bare sockets with a Y.Doc each; the time is from the key to the other one's state vector that holds it.
With each key comes where the cursor is now, as from every editor (y-prosemirror), but in the last table.
Ours commits every edit to PostgreSQL before it is sent on; the whole portal runs beside it. y-websocket-server keeps nothing; Hocuspocus stores the whole document each 2–10 s.

${loads.map((load) => table(figures, load)).join('\n\n')}

## Ours alone

| what | figure |
| --- | --- |
| opening a samtale of 40,000 keys that nobody has open: from the socket until all of it has come | p50 ${cold.came.toFixed(1)} ms, worst ${cold.worst.toFixed(1)} ms |
| … and until the reader’s Y.Doc has taken it in | p50 ${cold.taken.toFixed(1)} ms |
| ${memory.documents} open documents on one node | ${megabytes(memory.after)} MB in all, ${((memory.after - memory.before) / memory.documents / 1024).toFixed(0)} kB each |
| a full hint to the other nodes (7.9 kB, some 200 documents), PostgreSQL’s CPU | ${notify.notified.toFixed(0)} µs, ${ratio(notify.notified, notify.silent)} × the same statement without NOTIFY |
| stored for each key (200 documents, a row for nearly each) | ${store ? `table ${store.table.toFixed(0)} B, index ${store.index.toFixed(0)} B, WAL ${store.wal.toFixed(0)} B` : '–'} |
`;
}

function table({ contestants, rounds }: Figures, { key, documents, cursors }: Load): string {
	const of = (name: string, read: (round: Round) => number | undefined) =>
		median((rounds.get(`${name} ${key}`) ?? []).flatMap((round) => read(round) ?? []));
	const rows = contestants.map(({ name, what }) => [
		what,
		of(name, ({ cpu }) => cpu).toFixed(0),
		ratio(
			of(name, ({ cpu }) => cpu),
			of('y-websocket', ({ cpu }) => cpu)
		),
		ratio(
			of(name, ({ cpu }) => cpu),
			of('hocuspocus', ({ cpu }) => cpu)
		),
		of(name, ({ cpuRest }) => cpuRest).toFixed(0),
		of(name, ({ cpuPostgres }) => cpuPostgres).toFixed(0),
		of(name, ({ p50 }) => p50).toFixed(2),
		of(name, ({ p99 }) => p99).toFixed(1),
		number(of(name, ({ lagretP99 }) => lagretP99)),
		megabytes(of(name, ({ memory }) => memory)),
		of(name, ({ lost }) => lost).toFixed(0)
	]);
	const head = [
		...['server', 'CPU µs per edit', '× y-websocket', '× Hocuspocus', 'the product’s other processes', 'PostgreSQL'],
		...['p50 ms', 'p99 ms', '«Lagret» p99 ms', 'memory MB', 'keys lost']
	];
	return [
		`## ${documents} documents${cursors ? '' : ', keys without cursors'}`,
		'',
		...[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
	].join('\n');
}

function ratio(one: number, other: number): string {
	return number(one / other);
}

function number(value: number): string {
	return Number.isNaN(value) ? '–' : value.toFixed(2);
}

function megabytes(bytes: number): string {
	return (bytes / 1024 / 1024).toFixed(0);
}

function gigabytes(bytes: number): string {
	return (bytes / 1024 ** 3).toFixed(0);
}
