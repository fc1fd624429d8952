import type { Clamd } from '../../config.ts';
import type { Db } from '../../db/pool.ts';
import type { Logger } from '../../log.ts';

/** What a handler works with. Time is handed in: what is due is computed from `now`, never by the database's clock. */
export interface JobContext {
	readonly db: Db;
	readonly log: Logger;
	readonly now: Date;
	/** What carries out the outbox of this process. */
	readonly postmann: { send(): Promise<void> };
	/** S19: months without a log-in after which somebody is deactivated. */
	readonly inactivityMonths: number;
	/** Weeks without a samtale after which the LIS and the veileder are told. */
	readonly samtaleWeeks: number;
	/** Seals the links of mails that a job writes (`config.pidKey`). */
	readonly pidKey: Uint8Array;
	/** Signs what is finished (`config.signingKey`); undefined: it waits. */
	readonly signingKey?: Uint8Array;
	/** The virus scanner; undefined: none is set. */
	readonly clamd?: Clamd | undefined;
}

/** Does one job. It must bear being run twice for the same job. Throwing means failed. */
export type JobHandler = (context: JobContext, data: object) => Promise<void>;

/** The handler of each job, loaded when its first job comes: a worker should not load the PDF maker to delete sessions. */
export const jobHandlers: Readonly<Record<string, () => Promise<JobHandler>>> = {
	inaktivitet: async () => (await import('./inaktivitet.ts')).handleInaktivitet,
	invitasjoner: async () => (await import('./invitasjoner.ts')).handleInvitasjoner,
	paminnelser: async () => (await import('./paminnelser.ts')).handlePaminnelser,
	'plan-inaktivitet': async () => (await import('./plan-inaktivitet.ts')).handlePlanInaktivitet,
	'rydd-okter': async () => (await import('./rydd-okter.ts')).handleRyddOkter,
	'send-epost': async () => (await import('./send-epost.ts')).handleSendEpost,
	'signer-ferdigstilte': async () => (await import('./signer-ferdigstilte.ts')).handleSignerFerdigstilte,
	'sjekk-filer': async () => (await import('./sjekk-filer.ts')).handleSjekkFiler,
	ukesoppsummering: async () => (await import('./ukesoppsummering.ts')).handleUkesoppsummering,
	'utlop-ferdigstilling': async () => (await import('./utlop-ferdigstilling.ts')).handleUtlopFerdigstilling
};
