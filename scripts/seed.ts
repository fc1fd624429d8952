import { seedWhenEmpty } from './lib/demo-world.ts';
import { withDatabase } from './lib/database.ts';
import { readConfig } from './lib/environment.ts';
import { migrate } from '#lib/server/db/migrate.ts';

const config = readConfig();
if (config.production) {
	console.error('The demo world is never made in production (NODE_ENV=production).');
	process.exit(1);
}
const made = await withDatabase(config, async (url) => {
	await migrate(url);
	return seedWhenEmpty(config, url);
});
console.log(made ? 'The demo world is made.' : 'The database holds people already; nothing was changed.');
