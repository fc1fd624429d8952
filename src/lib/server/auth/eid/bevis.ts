import type { Db } from '../../db/pool.ts';
import { deleteBevis, insertIdentitet, selectBevis, setOktEid } from '../../queries/eid.ts';
import { opprettOkt } from '../okter.ts';
import { hashToken } from '../token.ts';

/** The owner under which pid and id_token are sealed: none of a row, so that they can be copied from bevis to identity and session. */
export const EID_EIER = 'eid';

/** Somebody who has identified with electronic ID and has no user yet. */
export type EidBevis = {
	id: string;
	pidHash: Buffer;
	/** Sealed with the purpose `pid` and the owner `EID_EIER`, as `eid_identitet` keeps it. */
	pidKryptert: Buffer;
	/** The name in the provider's register. */
	navn: string;
	hprNummer: string | null;
	/** Where the person was heading for, within the portal. */
	neste: string | null;
	/** The provider's session, for log-out. */
	sid: string | null;
	/** Sealed with the purpose `id-token` and the owner `EID_EIER`. */
	idToken: Buffer | null;
};

/** What the token in the cookie `eid_bevis` proves; undefined when it is unknown or older than half an hour. */
export async function findBevis(db: Db, token: string, now: Date): Promise<EidBevis | undefined> {
	const rad = await selectBevis(db, hashToken(token), now);
	return (
		rad && {
			id: rad.id,
			pidHash: rad.pid_hash,
			pidKryptert: rad.pid_kryptert,
			navn: rad.navn,
			hprNummer: rad.hpr_nummer,
			neste: rad.neste,
			sid: rad.sid,
			idToken: rad.id_token
		}
	);
}

/** Ends a bevis: it has become a user. */
export async function slettBevis(trx: Db, id: string): Promise<void> {
	await deleteBevis(trx, id);
}

/** Connects a person with their electronic ID. Throws (unique violation) when the pid or the person is connected already. */
export async function koblEid(
	trx: Db,
	{ brukerId, bevis, now }: { brukerId: string; bevis: EidBevis; now: Date }
): Promise<void> {
	await insertIdentitet(trx, { brukerId, pidHash: bevis.pidHash, pidKryptert: bevis.pidKryptert, now });
}

/** Opens a session that is proven by electronic ID; returns the token for the cookie, as `opprettOkt` does. */
export async function opprettEidOkt(
	trx: Db,
	okt: {
		brukerId: string;
		eid: { sid: string | null; idToken: Buffer | null };
		fellesMaskin: boolean;
		idleMs: number;
		now: Date;
	}
): Promise<{ token: string; offentligId: string }> {
	const apnet = await opprettOkt(trx, okt);
	await setOktEid(trx, hashToken(apnet.token), { at: okt.now, ...okt.eid });
	return apnet;
}
