import * as v from 'valibot';
import type { JobDefinition } from './definition.ts';

/** Sessions that have run out, old failed log-ins and old mail go within ten minutes (trust.md: what is not kept cannot leak). */
export const ryddOkter: JobDefinition = {
	name: 'rydd-okter',
	data: v.object({}),
	schedule: { cron: '*/10 * * * *' },
	retryLimit: 0
};
