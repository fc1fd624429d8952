import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fodselsnummerRanges } from '#lib/domain/fodselsnummer.ts';
import type { RecordKind } from './records.ts';

/** What a run has kept, and what must not have been in it. */
export interface Findings {
	/** Each `suite/kind` of which there is a record with something in it: where nothing was kept, nothing is shown. */
	kept: string[];
	/** One line for each leak; the number or secret itself is not repeated. */
	leaks: string[];
}

interface Kept {
	kind: RecordKind;
	/** `suite/kind/file`. */
	path: string;
	text: string;
}

/** What opens the portal to whoever reads it: an invitation's link, an id_token. Mails may hold links. */
const secrets: [what: string, pattern: RegExp, kinds: RecordKind[]][] = [
	['the link of an invitation', /\/invitasjon\/[\w-]{43}(?![\w-])/, ['log', 'database']],
	['a signed token', /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\./, ['log', 'database', 'mail']]
];

/**
 * Looks through what a run of the tests has kept for fødselsnumre and D-numre (T18): those that the tests use, wherever and
 * however they stand, and any other valid one that stands alone (within ids and hashes eleven digits are chance).
 * @param folder with a folder for each suite, and in it one for each kind (scripts/lib/records.ts)
 * @param known the numbers that the tests use; those that they made up on the way are in the records
 */
export async function findLeaks(folder: string, known: readonly string[]): Promise<Findings> {
	const all = (await readAll(folder)).filter(({ text }) => text !== '');
	const made = all.filter(({ kind }) => kind === 'pid').flatMap(({ text }) => text.match(/\d{11}/g) ?? []);
	const used = new Set([...known, ...made]);
	const kept = [...new Set(all.map(({ path }) => path.split('/').slice(0, 2).join('/')))];
	return { kept: kept.sort(), leaks: all.filter(({ kind }) => kind !== 'pid').flatMap((one) => leaksIn(one, used)) };
}

function leaksIn({ kind, path, text }: Kept, used: ReadonlySet<string>): string[] {
	return text.split('\n').flatMap((line, i) => {
		const found = secrets.filter(([, pattern, kinds]) => kinds.includes(kind) && pattern.test(line));
		const what = found.map(([name]) => name);
		if (numbersIn(line).some((number) => used.has(number)) || standsAlone(line)) what.push('a fødselsnummer');
		return what.map((one) => `${path}:${i + 1}: ${one}`);
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

async function readAll(folder: string): Promise<Kept[]> {
	const files = existsSync(folder) ? await readdir(folder, { recursive: true, withFileTypes: true }) : [];
	const read = files
		.filter((file) => file.isFile())
		.map(async ({ parentPath, name }): Promise<Kept> => {
			const file = join(parentPath, name);
			return {
				kind: basename(parentPath) as RecordKind,
				path: relative(folder, file),
				text: await readFile(file, 'utf8')
			};
		});
	return Promise.all(read);
}
