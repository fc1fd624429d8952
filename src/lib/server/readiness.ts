import { pendingMigrations } from './db/migrate.ts';
import type { Db } from './db/pool.ts';
import { listUnsafeSettings } from './queries/helse.ts';

/**
 * R14: what keeps a process from doing its work: the database is away, is not migrated, or would not keep what it says it has
 * committed. Empty when all is well; never throws.
 */
export async function listFaults(db: Db): Promise<string[]> {
	try {
		const faults = (await listUnsafeSettings(db)).map((name) => `${name} is off`);
		const pending = await pendingMigrations(db);
		return pending.length > 0 ? [...faults, 'migrations pending'] : faults;
	} catch {
		return ['database away'];
	}
}
