import { join } from 'node:path';
import type { Config } from '#lib/server/config.ts';
import { inProject } from './paths.ts';
import { Service } from './service.ts';

export type StackMode = 'built' | 'dev';

export interface ServicesOptions {
	config: Config;
	mode: StackMode;
	env: NodeJS.ProcessEnv;
	out: (line: string) => void;
	databaseUrl: string;
}

/** The three processes of the portal, not yet started. */
export function createServices({ config, mode, env, out, databaseUrl }: ServicesOptions): Service[] {
	const settings: NodeJS.ProcessEnv = {
		...env,
		PORT: String(config.port),
		WS_PORT: String(config.wsPort),
		ORIGIN: config.origin,
		DATABASE_URL: databaseUrl,
		DATA_DIR: config.dataDir
	};
	const service = (name: string, script: string[], probe?: () => Promise<boolean>): Service =>
		new Service({
			...{ name, script, env: settings, out },
			logFile: join(config.dataDir, 'log', `${name}.log`),
			...(probe === undefined ? {} : { probe })
		});
	const vite = [
		inProject('node_modules/vite/bin/vite.js'),
		...['dev', '--host', '127.0.0.1', '--port', String(config.port), '--strictPort', '--clearScreen', 'false']
	];
	return [
		mode === 'dev'
			? service('web', vite, () => answers(config.port, '/'))
			: service('web', ['src/lib/server/web/main.ts']),
		service('ws-server', ['ws-server/main.ts'], () => answers(config.wsPort, '/livez')),
		service('worker', ['src/lib/server/jobs/worker.ts'])
	];
}

/** Whether an HTTP server answers there at all; with what is its own affair. */
async function answers(port: number, path: string): Promise<boolean> {
	try {
		const response = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' });
		await response.body?.cancel();
		return true;
	} catch {
		return false;
	}
}
