import * as v from 'valibot';
import type { JobDefinition } from './definition.ts';

/** What lies in the outbox leaves by the hints of those who put it there; this tick is the net beneath them. */
export const sendEpost: JobDefinition = {
	name: 'send-epost',
	data: v.object({}),
	schedule: { cron: '* * * * *' },
	retryLimit: 0
};
