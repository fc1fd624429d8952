import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { paraglideOptions } from './scripts/lib/paraglide-options.ts';

const wsPort = process.env.WS_PORT ?? '5174';

/** Tests that talk to PostgreSQL share one cluster (a database per file) and need longer than a pure one. */
const medDatabase = { globalSetup: ['tests/support/global-setup.ts'], testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
	plugins: [paraglideVitePlugin(paraglideOptions), sveltekit()],
	server: { proxy: { '/samarbeid': { target: `http://127.0.0.1:${wsPort}`, ws: true } } },
	build: { target: 'es2022' },
	test: {
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					include: ['{src,ws-server,scripts}/**/*.test.ts', 'tests/*.test.ts'],
					// Property tests take seconds, and so does the first PDF of a process, which reads the fonts; on a busy machine some times over.
					testTimeout: 60_000
				}
			},
			{ extends: true, test: { name: 'integration', include: ['tests/integration/**/*.test.ts'], ...medDatabase } },
			{ extends: true, test: { name: 'realtime', include: ['tests/realtime/**/*.test.ts'], ...medDatabase } },
			{
				extends: true,
				test: {
					name: 'faults',
					include: ['tests/faults/**/*.test.ts'],
					...medDatabase,
					testTimeout: 3_600_000,
					fileParallelism: false
				}
			}
		]
	}
});
