import * as v from 'valibot';
import type { JobDefinition } from './definition.ts';

/** The weekly summary goes at seven on the weekday that each has chosen; the later hours are for when the worker was away then. */
export const ukesoppsummering: JobDefinition = {
	name: 'ukesoppsummering',
	data: v.object({}),
	schedule: { cron: '0,15 7-21 * * *' },
	retryLimit: 3
};
