import * as v from 'valibot';
import type { JobDefinition } from './definition.ts';

/** A ferdigstilling that nobody confirmed within ten minutes goes back to open, also when nobody has the page open. */
export const utlopFerdigstilling: JobDefinition = {
	name: 'utlop-ferdigstilling',
	data: v.object({}),
	schedule: { cron: '* * * * *' },
	retryLimit: 0
};
