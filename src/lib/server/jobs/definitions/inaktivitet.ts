import * as v from 'valibot';
import type { JobDefinition } from './definition.ts';

/** S19: warns and deactivates those who have been away too long; before people's day begins, and never between 02 and 03. */
export const inaktivitet: JobDefinition = {
	name: 'inaktivitet',
	data: v.object({}),
	schedule: { cron: '20 5 * * *' },
	retryLimit: 3
};
