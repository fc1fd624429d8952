import { buildIfStale } from './lib/build.ts';
import { describeFailure } from './lib/user-error.ts';

try {
	console.log((await buildIfStale()) ? 'Built.' : 'The build is current.');
} catch (error) {
	console.error(describeFailure(error));
	process.exit(1);
}
