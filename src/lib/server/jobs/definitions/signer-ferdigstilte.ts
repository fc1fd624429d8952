import * as v from 'valibot';
import type { JobDefinition } from './definition.ts';

/** What was finished before there was a key, or while it could not be used, is signed later. */
export const signerFerdigstilte: JobDefinition = {
	name: 'signer-ferdigstilte',
	data: v.object({}),
	schedule: { cron: '* * * * *' },
	retryLimit: 0
};
