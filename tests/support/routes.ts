import { existsSync, globSync, readFileSync } from 'node:fs';
import { inProject } from '../../scripts/lib/paths.ts';

/** A route as its files in src/routes make it. */
export interface Route {
	/** As SvelteKit writes it: `/samtaler/[samtaleId]`. */
	id: string;
	/** Whether there is a page, and whether its data comes from the server. */
	page: boolean;
	data: boolean;
	/** Names of form actions. */
	actions: string[];
	/** Methods of an endpoint. */
	methods: string[];
}

/** Every route that exists, so that one without an expectation is noticed. */
export function readRoutes(): Route[] {
	const folders = new Set(
		globSync('src/routes/**/+{page,server}*', { cwd: inProject() }).map((path) =>
			path.replaceAll('\\', '/').replace(/\/[^/]+$/, '')
		)
	);
	return [...folders].sort().map((folder) => {
		const read = (file: string): string => {
			const path = inProject(folder, file);
			return existsSync(path) ? readFileSync(path, 'utf8') : '';
		};
		const server = read('+page.server.ts');
		const actions = /export const actions\b[^{]*=\s*\{\n([\s\S]*)\n\}/.exec(server)?.[1] ?? '';
		return {
			id: folder.slice('src/routes'.length) || '/',
			page: server !== '' || read('+page.svelte') !== '',
			data: server !== '',
			actions: [...actions.matchAll(/^\t(\w+):/gm)].flatMap(([, name]) => name ?? []),
			methods: [...read('+server.ts').matchAll(/^export const ([A-Z]+)\b/gm)].flatMap(([, name]) => name ?? [])
		};
	});
}
