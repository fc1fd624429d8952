import { prepareProject } from './lib/prepare.ts';

await prepareProject();
