import { randomInt, randomUUID } from 'node:crypto';
import type { FastRolle } from '#lib/domain/actor.ts';
import { AppError } from '#lib/domain/feil.ts';
import { isFodselsnummer } from '#lib/domain/fodselsnummer.ts';
import { erTryggLinje } from '#lib/domain/tekst.ts';
import { EID_EIER } from '../../auth/eid/bevis.ts';
import { forsegl, pidHash } from '../../auth/hemmelighet.ts';
import { transaction, type Db } from '../../db/pool.ts';
import {
	avsluttFastRolle,
	erKjentPid,
	findByBrukernavn,
	harFastRolle,
	insertFastRolle,
	insertPerson
} from '../../queries/fast-rolle.ts';
import { insertIdentitet } from '../../queries/eid.ts';
import { insertHendelse } from '../../varsler/hendelse.ts';

/** What the command line is run with: the owner's connection, the time, and the key of the pids. */
export type Drift = { db: Db; now: Date; pidKey: Uint8Array };

/**
 * Makes a person with a role for the portal: the first systemadministrator, or whoever is appointed at Helsedirektoratet. They log in with
 * electronic ID, and can set a password then. Throws `invalid` by field, and `conflict` when user name or pid is taken.
 */
export async function nyPerson(
	{ db, now, pidKey }: Drift,
	person: { brukernavn: string; navn: string; epost: string; pid: string; rolle: FastRolle }
): Promise<void> {
	const fields = feil(person);
	if (Object.keys(fields).length > 0) throw new AppError('invalid', { fields });
	const hash = pidHash(pidKey, person.pid);
	await transaction(db, async (trx) => {
		if (await findByBrukernavn(trx, person.brukernavn))
			throw new AppError('conflict', { fields: { brukernavn: 'tatt' } });
		if (await erKjentPid(trx, hash)) throw new AppError('conflict', { fields: { pid: 'kjent' } });
		const id = randomUUID();
		const { brukernavn, navn, epost, rolle } = person;
		await insertPerson(trx, { id, brukernavn, navn, epost, farge: randomInt(8), now });
		const pidKryptert = forsegl(pidKey, 'pid', EID_EIER, person.pid);
		await insertIdentitet(trx, { brukerId: id, pidHash: hash, pidKryptert, now });
		await insertFastRolle(trx, { brukerId: id, rolle, fra: now });
		await noter(trx, 'bruker.opprettet', id, now, { rolle, av: 'kommandolinje' });
	});
}

/** Gives a person who is there a role, or ends it. Throws `not_found`, and `conflict` when nothing would change. */
export async function settRolle(
	{ db, now }: Drift,
	{ brukernavn, rolle, slutt }: { brukernavn: string; rolle: FastRolle; slutt: boolean }
): Promise<void> {
	await transaction(db, async (trx) => {
		const bruker = await findByBrukernavn(trx, brukernavn);
		if (!bruker) throw new AppError('not_found');
		if (slutt) {
			if (!(await avsluttFastRolle(trx, { brukerId: bruker.id, rolle, til: now }))) throw new AppError('conflict');
		} else {
			if (await harFastRolle(trx, bruker.id, rolle)) throw new AppError('conflict');
			await insertFastRolle(trx, { brukerId: bruker.id, rolle, fra: now });
		}
		await noter(trx, slutt ? 'rolle.avsluttet' : 'rolle.gitt', bruker.id, now, { rolle, av: 'kommandolinje' });
	});
}

function feil(person: { brukernavn: string; navn: string; epost: string; pid: string }): Record<string, string> {
	return {
		...(/^[a-z0-9][a-z0-9._-]{1,63}$/.test(person.brukernavn) ? {} : { brukernavn: 'ugyldig' }),
		...(person.navn.trim() !== '' && person.navn.length <= 200 && erTryggLinje(person.navn) ? {} : { navn: 'ugyldig' }),
		...(/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(person.epost) && person.epost.length <= 254
			? {}
			: { epost: 'ugyldig' }),
		...(isFodselsnummer(person.pid) ? {} : { pid: 'ugyldig' })
	};
}

function noter(
	trx: Db,
	type: 'bruker.opprettet' | 'rolle.gitt' | 'rolle.avsluttet',
	brukerId: string,
	now: Date,
	data: Record<string, unknown>
): Promise<void> {
	return insertHendelse(trx, {
		...{ type, at: now, aktorId: brukerId, aktorRolle: null, objektId: brukerId, data, requestId: 'drift' }
	});
}
