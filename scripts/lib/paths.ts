import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** The folder that holds package.json; every path of the scripts is built from it, so they run from anywhere. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/** Absolute path of something in the project. */
export function inProject(...parts: string[]): string {
	return join(projectRoot, ...parts);
}
