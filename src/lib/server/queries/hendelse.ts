import type { Rolle } from '#lib/domain/actor.ts';
import type { HendelseType } from '#lib/domain/hendelse.ts';
import type { Db } from '../db/pool.ts';

export type Hendelse = {
	type: HendelseType;
	at: Date;
	/** Null when nobody is known: an attempt at electronic ID that was refused. */
	aktorId: string | null;
	aktorRolle: Rolle | null;
	lisId?: string;
	objektId?: string;
	data?: Record<string, unknown>;
	requestId: string;
};

/** Writes rows of the append-only event log, in this order: who, in which role, when, what, why. Returns their numbers. */
export async function skrivHendelser(trx: Db, hendelser: Hendelse[]): Promise<number[]> {
	const ider: number[] = [];
	// Nine values each: far below the 65,535 that one statement may have.
	for (let fra = 0; fra < hendelser.length; fra += 2000) {
		const rader = hendelser.slice(fra, fra + 2000).map(rad);
		const skrevet = await trx.insertInto('hendelse').values(rader).returning('id').execute();
		ider.push(...skrevet.map(({ id }) => id));
	}
	return ider;
}

function rad(hendelse: Hendelse) {
	return {
		at: hendelse.at,
		type: hendelse.type,
		aktor_id: hendelse.aktorId,
		aktor_rolle: hendelse.aktorRolle,
		lis_id: hendelse.lisId ?? null,
		objekt_id: hendelse.objektId ?? null,
		data: JSON.stringify(hendelse.data ?? {}),
		request_id: hendelse.requestId
	};
}
