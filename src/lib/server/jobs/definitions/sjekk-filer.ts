import * as v from 'valibot';
import type { JobDefinition } from './definition.ts';

/** Files that wait for the virus scanner are looked at within a minute, as often as it takes; what never arrived is cleared away. */
export const sjekkFiler: JobDefinition = {
	name: 'sjekk-filer',
	data: v.object({}),
	schedule: { cron: '* * * * *' },
	retryLimit: 0
};
