import { findBevis } from '../auth/eid/bevis.ts';
import type { Db } from '../db/pool.ts';
import { listSteder, type StedValg } from '../queries/registrering.ts';

/** What the form of a new person begins with: the name is the register's and cannot be changed. */
export type Kjent = { navn: string; hprNummer: string | null };
export type Registrering = { kjent: Kjent; valg: StedValg } | null;

/** The form for somebody who has identified with electronic ID; null for everybody else. */
export async function hentRegistrering(
	{ db, now }: { db: Db; now: Date },
	bevisToken: string | undefined
): Promise<Registrering> {
	const bevis = bevisToken === undefined ? undefined : await findBevis(db, bevisToken, now);
	if (!bevis) return null;
	return { kjent: { navn: bevis.navn, hprNummer: bevis.hprNummer }, valg: await listSteder(db) };
}
