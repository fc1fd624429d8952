import * as v from 'valibot';
import type { JobDefinition } from './definition.ts';

/** S18: deactivates plans in which nothing has been done for long; before people's day begins, and never between 02 and 03. */
export const planInaktivitet: JobDefinition = {
	name: 'plan-inaktivitet',
	data: v.object({}),
	schedule: { cron: '40 5 * * *' },
	retryLimit: 3
};
