import { migrate } from '#lib/server/db/migrate.ts';
import { withDatabase } from './lib/database.ts';
import { readConfig } from './lib/environment.ts';

const done = await withDatabase(readConfig(), (url) => migrate(url));
console.log(done.length === 0 ? 'The database is up to date.' : `Migrated: ${done.join(', ')}`);
