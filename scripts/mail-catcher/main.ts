import { startMailCatcher } from './catcher.ts';

/** The local mail catcher as a process of its own; the runner gives it its ports. */
const catcher = await startMailCatcher({
	smtp: Number(process.env['CATCHER_SMTP_PORT']),
	web: Number(process.env['CATCHER_WEB_PORT'])
});
for (const signal of ['SIGTERM', 'SIGINT'] as const)
	process.on(signal, () => void catcher.close().then(() => process.exit(0)));
process.send?.('ready');
