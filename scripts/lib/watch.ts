import { watch } from 'node:fs';
import { inProject } from './paths.ts';
import type { Service } from './service.ts';

const shared = ['src/lib/domain', 'src/lib/collab', 'src/lib/server'];
const folders: Readonly<Record<string, string[]>> = {
	'ws-server': [...shared, 'ws-server'],
	worker: shared
};
/** Editors write a file in several steps. */
const settleMs = 200;

/** In development: starts the ws-server and the worker anew when their sources change; Vite does so for the web itself. */
export function restartOnChange(services: readonly Service[]): void {
	for (const service of services) {
		let timer: NodeJS.Timeout | undefined;
		for (const folder of folders[service.name] ?? []) {
			watch(inProject(folder), { recursive: true }, (_, file) => {
				if (!file?.endsWith('.ts') || file.endsWith('.test.ts')) return;
				clearTimeout(timer);
				timer = setTimeout(() => service.restart(), settleMs);
			}).unref();
		}
	}
}
