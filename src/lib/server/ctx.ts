import type { Actor } from '#lib/domain/actor.ts';
import type { Db } from './db/pool.ts';

/** What every view and command is given: where to ask, who asks, when, and under which request. */
export type Ctx = {
	db: Db;
	actor: Actor;
	now: Date;
	requestId: string;
	/** This installation wants electronic ID for signing and approving (`EID_FOR_SIGNING`), and the session is not proven by it yet. */
	manglerEid: boolean;
};
