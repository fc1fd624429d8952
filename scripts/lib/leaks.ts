import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fodselsnummerRanges } from '#lib/domain/fodselsnummer.ts';
import { recordKinds, type RecordKind } from './records.ts';

/** What a run has kept, and what must not have been in it. */
export interface Findings {
	/** How many records of each kind there were: none at all would show nothing. */
	records: Record<RecordKind, number>;
	/** One line for each leak; the number or secret itself is not repeated. */
	leaks: string[];
}

/** What opens the portal to whoever reads it: an invitation's link, an id_token. Mails may hold links. */
const secrets: [what: string, pattern: RegExp, kinds: RecordKind[]][] = [
	['the link of an invitation', /\/invitasjon\/[\w-]{43}(?![\w-])/, ['log', 'database']],
	['a signed token', /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\./, ['log', 'database', 'mail']]
];

/**
 * Looks through what a run of the tests has kept for fødselsnumre and D-numre (T18): those that the tests use, wherever and
 * however they stand, and any other valid one that stands alone (within ids and hashes eleven digits are chance).
 * @param folder with a folder for each kind (scripts/lib/records.ts)
 * @param known the numbers that the tests use; those that they made up on the way are in the records
 */
export async function findLeaks(folder: string, known: readonly string[]): Promise<Findings> {
	const texts = Object.fromEntries(
		await Promise.all(recordKinds.map(async (kind) => [kind, await readAll(join(folder, kind))] as const))
	) as Record<RecordKind, Map<string, string>>;
	const used = new Set([...known, ...[...texts.pid.values()].flatMap((text) => text.match(/\d{11}/g) ?? [])]);
	const leaks = recordKinds
		.filter((kind) => kind !== 'pid')
		.flatMap((kind) => [...texts[kind]].flatMap(([file, text]) => leaksIn(kind, `${kind}/${file}`, text, used)));
	const records = Object.fromEntries(recordKinds.map((kind) => [kind, texts[kind].size])) as Findings['records'];
	return { records, leaks };
}

function leaksIn(kind: RecordKind, where: string, text: string, used: ReadonlySet<string>): string[] {
	return text.split('\n').flatMap((line, i) => {
		const found = secrets.filter(([, pattern, kinds]) => kinds.includes(kind) && pattern.test(line));
		const what = found.map(([name]) => name);
		if (numbersIn(line).some((number) => used.has(number)) || standsAlone(line)) what.push('a fødselsnummer');
		return what.map((one) => `${where}:${i + 1}: ${one}`);
	});
}

/** Every eleven digits in a row: as they are, parted as people write them, and as PostgreSQL shows bytes. */
function numbersIn(line: string): string[] {
	return [
		...Array.from(line.matchAll(/(?=(\d{11}))/g), ([, number]) => number ?? ''),
		...Array.from(line.matchAll(/(?=(\d{6})[ -](\d{5}))/g), ([, front, back]) => `${front}${back}`),
		...Array.from(line.matchAll(/(?=((?:3\d){11}))/g), ([, hex]) => Buffer.from(hex ?? '', 'hex').toString('latin1'))
	];
}

function standsAlone(line: string): boolean {
	return fodselsnummerRanges(line).some(
		({ start, end }) => !/(\w|\d\.)$/.test(line.slice(Math.max(0, start - 2), start)) && !/^\w/.test(line.slice(end))
	);
}

async function readAll(folder: string): Promise<Map<string, string>> {
	const names = existsSync(folder) ? await readdir(folder) : [];
	return new Map(
		await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const))
	);
}
