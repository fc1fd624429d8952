import { existsSync } from 'node:fs';
import { loadConfig, ConfigError, type Config } from '#lib/server/config.ts';
import { inProject } from './paths.ts';

/**
 * The configuration of a command that people start: from the environment, and from `.env` for what that leaves open.
 * Wrong settings end the process with a message instead of a stack.
 */
export function readConfig(): Config {
	const file = inProject('.env');
	if (existsSync(file)) process.loadEnvFile(file);
	try {
		return loadConfig(process.env);
	} catch (error) {
		if (!(error instanceof ConfigError)) throw error;
		console.error(error.message);
		process.exit(1);
	}
}
