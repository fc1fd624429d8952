import { join } from 'node:path';
import { localAddress, type Config } from '#lib/server/config.ts';
import { inProject } from './paths.ts';
import { Service } from './service.ts';
import type { TestEid } from './test-eid.ts';

export type StackMode = 'built' | 'dev';

export interface ServicesOptions {
	config: Config;
	mode: StackMode;
	env: NodeJS.ProcessEnv;
	out: (line: string) => void;
	databaseUrl: string;
	/** Ports of the local mail catcher, where there is no mail server. */
	mail: MailPorts | undefined;
	/** The local test provider of electronic ID, where no real one is set. */
	testEid: TestEid | undefined;
}

/** Where the catcher takes mail, and where people read it. */
export interface MailPorts {
	smtp: number;
	web: number;
}

/** The processes of the portal, not yet started: web, ws-server, worker, and what stands in for the world outside. */
export function createServices({ config, mode, env, out, databaseUrl, mail, testEid }: ServicesOptions): Service[] {
	const settings: NodeJS.ProcessEnv = {
		...env,
		PORT: String(config.port),
		WS_PORT: String(config.wsPort),
		ORIGIN: config.origin,
		DATABASE_URL: databaseUrl,
		DATA_DIR: config.dataDir,
		...testEid?.env,
		...(mail === undefined
			? {}
			: {
					SMTP_URL: `smtp://127.0.0.1:${mail.smtp}`,
					...{ CATCHER_SMTP_PORT: String(mail.smtp), CATCHER_WEB_PORT: String(mail.web) }
				})
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
			? service('web', vite, () => answers('127.0.0.1', config.port, '/'))
			: service('web', ['src/lib/server/web/main.ts']),
		service('ws-server', ['ws-server/main.ts'], () => answers(localAddress(config.host), config.wsPort, '/livez')),
		service('worker', ['src/lib/server/jobs/worker.ts']),
		...(testEid === undefined ? [] : [service('test-eid', ['scripts/test-eid/main.ts'])]),
		...(mail === undefined ? [] : [service('mail', ['scripts/mail-catcher/main.ts'])])
	];
}

/** Whether an HTTP server answers there at all; with what is its own affair. */
async function answers(host: string, port: number, path: string): Promise<boolean> {
	try {
		const response = await fetch(`http://${host.includes(':') ? `[${host}]` : host}:${port}${path}`, {
			redirect: 'manual'
		});
		await response.body?.cancel();
		return true;
	} catch {
		return false;
	}
}
