import { randomInt, randomUUID } from 'node:crypto';
import { AppError } from '#lib/domain/feil.ts';
import type { personSkjema } from '#lib/domain/registrering/skjema.ts';
import type { InferOutput } from 'valibot';
import { koblEid, opprettEidOkt, slettBevis, type EidBevis } from '../../auth/eid/bevis.ts';
import { hashPassord } from '../../auth/passord.ts';
import type { Db } from '../../db/pool.ts';
import { insertHendelse } from '../../varsler/hendelse.ts';
import { erBrukernavnTatt, insertBruker, settSted } from '../../queries/registrering.ts';

export type PersonSvar = InferOutput<ReturnType<typeof personSkjema>>;
/** What a user is made of; whoever comes to sign on the spot is not asked for a number. */
export type NyPerson = Omit<PersonSvar, 'mobil'> & { mobil: string | null };

/** Whoever becomes a user, and from where. */
export type Registrering = {
	db: Db;
	now: Date;
	requestId: string;
	/** Idle time of an ordinary session, milliseconds. */
	idleMs: number;
	/** The token in the cookie of whoever has identified with electronic ID. */
	bevis: string;
	person: PersonSvar;
};

/** How many colours there are for people. */
const FARGER = 8;

/**
 * Whoever has proven who they are becomes a user: the person, their electronic ID, the password.
 * @param passordHash made before the transaction, since it takes its time; null without a password
 * Throws `invalid` for a user name that is taken or a workplace that is not there.
 */
export async function nyBruker(
	trx: Db,
	{ person, bevis, passordHash, now }: { person: NyPerson; bevis: EidBevis; passordHash: string | null; now: Date }
): Promise<{ id: string; arbeidsstedId: string | null }> {
	const id = randomUUID();
	if (person.brukernavn !== null && (await erBrukernavnTatt(trx, person.brukernavn))) throw tatt();
	const sted = person.sted && (await settSted(trx, person.sted, randomUUID()));
	if (person.sted && !sted) throw new AppError('invalid', { fields: { arbeidssted: 'registrering_feil_arbeidssted' } });
	await insertBruker(trx, {
		...{ id, navn: bevis.navn, epost: person.epost, sprak: person.sprak, farge: randomInt(FARGER), now },
		...{ mobil: person.mobil, hprNummer: bevis.hprNummer ?? person.hpr, stilling: person.stilling },
		brukernavn: person.brukernavn ?? tilfeldigBrukernavn(),
		arbeidsstedId: sted ?? null,
		passordHash
	});
	await koblEid(trx, { brukerId: id, bevis, now });
	return { id, arbeidsstedId: sted ?? null };
}

/** The hash of the password that was chosen, if one was. */
export async function hashValgt(passord: string | null): Promise<string | null> {
	return passord === null ? null : hashPassord(passord);
}

/** A name for whoever chose none and logs in with electronic ID; can be changed later. */
function tilfeldigBrukernavn(): string {
	return `bruker-${randomUUID().slice(0, 13)}`;
}

/** Opens the first session of whoever has proven who they are; the proof is used up. Returns the cookie's token. */
export async function forsteOkt(
	trx: Db,
	okt: { brukerId: string; bevis: EidBevis; idleMs: number; now: Date; requestId: string }
): Promise<string> {
	const { bevis, brukerId, now } = okt;
	await slettBevis(trx, bevis.id);
	const { token, offentligId } = await opprettEidOkt(trx, {
		...{ brukerId, eid: { sid: bevis.sid, idToken: bevis.idToken }, fellesMaskin: false, idleMs: okt.idleMs, now }
	});
	await insertHendelse(trx, {
		...{ type: 'okt.opprettet', at: now, aktorId: brukerId, aktorRolle: null, objektId: offentligId },
		...{ data: { metode: 'eid', fellesMaskin: false }, requestId: okt.requestId }
	});
	return token;
}

/** Turns what two registrations at once meet in the database into what the person can mend. */
export function somKonflikt(error: unknown): unknown {
	const constraint = error instanceof Error && 'constraint' in error ? String(error.constraint) : '';
	if (constraint === 'bruker_brukernavn') return tatt();
	if (constraint.startsWith('eid_identitet'))
		return new AppError('conflict', { reason: 'registrering_konflikt_finnes' });
	return error;
}

function tatt(): AppError {
	return new AppError('invalid', { fields: { brukernavn: 'registrering_feil_brukernavn_tatt' } });
}
