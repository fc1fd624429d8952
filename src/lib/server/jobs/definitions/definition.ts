import type { GenericSchema } from 'valibot';

/** A kind of job: its queue's name, the form of its data, and when it comes by itself. */
export interface JobDefinition {
	readonly name: string;
	/** Data that does not fit is a fault in the program: the job fails. */
	readonly data: GenericSchema<unknown, object>;
	/** Absent: only when somebody enqueues it. The cron expression is read in Norwegian time. */
	readonly schedule?: { readonly cron: string };
	/** How many times a failed job is tried again, at growing intervals. */
	readonly retryLimit: number;
}

/** The zone of every schedule: people live by it, on both nights that the clock changes too. */
export const jobTimeZone = 'Europe/Oslo';
