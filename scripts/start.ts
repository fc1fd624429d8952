import { runPortal } from './lib/runner.ts';

await runPortal('built');
