import * as v from 'valibot';
import type { JobDefinition } from './definition.ts';

/** Sessions that have run out and old failed log-ins go within ten minutes (trust.md: what is not kept cannot leak). */
export const ryddOkter: JobDefinition = {
	name: 'rydd-okter',
	data: v.object({}),
	schedule: { cron: '*/10 * * * *' },
	retryLimit: 0
};
