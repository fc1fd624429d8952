import * as v from 'valibot';
import type { JobDefinition } from './definition.ts';

/** Reminders: a samtale on the next working day, what stands with somebody, no samtale for long, half-way; in people's working hours. */
export const paminnelser: JobDefinition = {
	name: 'paminnelser',
	data: v.object({}),
	schedule: { cron: '5 8-17 * * *' },
	retryLimit: 3
};
