import * as v from 'valibot';
import type { JobDefinition } from './definition.ts';

/** Reminds of invitations that wait (day 3 and 14) and lets those expire that are past their deadline; in people's working hours. */
export const invitasjoner: JobDefinition = {
	name: 'invitasjoner',
	data: v.object({}),
	schedule: { cron: '10 8-16 * * *' },
	retryLimit: 3
};
