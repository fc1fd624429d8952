import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { inProject, projectRoot } from './paths.ts';
import { runToEnd } from './run.ts';
import { UserError } from './user-error.ts';

const sources = ['src', 'static', 'scripts/lib/paraglide-options.ts'];
const files = ['svelte.config.js', 'vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json'];
const generated = inProject('src/lib/i18n/paraglide');
const hashFile = inProject('build/.source-hash');

/** Whether build/ was made from the sources as they are now. */
export async function isBuildCurrent(): Promise<boolean> {
	return existsSync(hashFile) && (await readFile(hashFile, 'utf8')) === (await hashSources());
}

/**
 * Builds the web application unless build/ is current.
 * @returns whether it was built
 * @throws UserError with Vite's output
 */
export async function buildIfStale(onStart: () => void = () => undefined): Promise<boolean> {
	const hash = await hashSources();
	if (existsSync(hashFile) && (await readFile(hashFile, 'utf8')) === hash) return false;
	onStart();
	// NODE_ENV belongs to the running portal (production refuses much); a build is always a production build.
	const env = { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' };
	const vite = [inProject('node_modules/vite/bin/vite.js'), 'build'];
	const { code, output } = await runToEnd(process.execPath, vite, { cwd: projectRoot, env });
	if (code !== 0) throw new UserError(`The web application cannot be built:\n${output.trim()}`);
	await writeFile(hashFile, hash);
	return true;
}

async function hashSources(): Promise<string> {
	const hash = createHash('sha256');
	const paths = [...files.map((file) => inProject(file))];
	for (const source of sources) paths.push(...(await listFiles(inProject(source))));
	for (const path of paths.sort()) {
		if (!existsSync(path)) continue;
		const content = await readFile(path);
		hash.update(`${relative(projectRoot, path)}\0${content.length}\0`).update(content);
	}
	return hash.digest('hex');
}

/** Without tests and what the build itself generates. */
async function listFiles(path: string): Promise<string[]> {
	if (!path.endsWith('.ts') || !existsSync(path)) {
		if (!existsSync(path) || path === generated) return [];
		const entries = await readdir(path, { withFileTypes: true });
		const found = await Promise.all(
			entries.map((entry) => {
				const child = join(path, entry.name);
				if (entry.isDirectory()) return listFiles(child);
				return /\.test\.ts$/.test(entry.name) ? [] : [child];
			})
		);
		return found.flat();
	}
	return [path];
}
