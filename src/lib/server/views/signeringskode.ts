import { hvorforUbrukelig } from '#lib/domain/laering/kode.ts';
import type { Tospraklig } from '#lib/domain/laering/katalog.ts';
import { invitasjonTokenHash } from '../auth/token.ts';
import type { Db } from '../db/pool.ts';
import { findAktivitet, type AktivitetRad } from '../queries/laeringsaktivitet.ts';
import { findKravtekst, listMaltekster } from '../queries/signering.ts';
import { findKode } from '../queries/signeringskode.ts';
import { findBevis } from '../auth/eid/bevis.ts';

/** The one aktivitet that a code opens, once the reader has identified. */
export type KodeAktivitet = Pick<
	AktivitetRad,
	'id' | 'versjon' | 'lisNavn' | 'dato' | 'sted' | 'tekst' | 'refleksjon' | 'nivaa'
> & { krav: Tospraklig | null; mal: { kode: string; tittel: Tospraklig }[] };

/**
 * Where whoever has scanned a code stands: it cannot be used (`hvorfor`, a message key); they must identify; they have identified and
 * have no user; they can sign; or they have signed.
 */
export type Kodeside =
	| { steg: 'ubrukelig'; hvorfor: string }
	| { steg: 'identifiser'; lisNavn: string; innlogget: boolean }
	| { steg: 'registrer'; lisNavn: string; navn: string }
	| { steg: 'signer'; aktivitet: KodeAktivitet }
	| { steg: 'signert'; lisNavn: string };

/** The page behind a code. Content is shown to nobody who has not proven by electronic ID who they are. */
export async function hentKodeside(
	{ db, now }: { db: Db; now: Date },
	hvem: { token: string; brukerId: string | null; eidAt: Date | null; bevisToken: string | undefined }
): Promise<Kodeside> {
	const kode = await findKode(db, invitasjonTokenHash(hvem.token));
	const rad = kode && (await findAktivitet(db, kode.aktivitetId));
	if (kode?.bruktAv && kode.bruktAv === hvem.brukerId && rad) return { steg: 'signert', lisNavn: rad.lisNavn };
	const hvorfor = hvorforUbrukelig(kode, now);
	if (hvorfor !== null || !rad) return { steg: 'ubrukelig', hvorfor: hvorfor ?? 'signering_konflikt_kode' };
	if (rad.status !== 'kladd') return { steg: 'ubrukelig', hvorfor: 'signering_konflikt_kode_brukt' };
	if (rad.lisId === hvem.brukerId) return { steg: 'ubrukelig', hvorfor: 'signering_konflikt_egen' };
	const { lisNavn } = rad;
	if (hvem.brukerId === null) {
		const bevis = hvem.bevisToken === undefined ? undefined : await findBevis(db, hvem.bevisToken, now);
		return bevis
			? { steg: 'registrer', lisNavn, navn: bevis.navn }
			: { steg: 'identifiser', lisNavn, innlogget: false };
	}
	if (hvem.eidAt === null) return { steg: 'identifiser', lisNavn, innlogget: true };
	const [krav, mal] = await Promise.all([
		rad.kravId === null ? null : findKravtekst(db, rad.lisId, rad.kravId),
		listMaltekster(db, rad.lisId, rad.koder)
	]);
	const { id, versjon, dato, sted, tekst, refleksjon, nivaa } = rad;
	return {
		steg: 'signer',
		aktivitet: {
			...{ id, versjon, lisNavn, dato, sted, tekst, refleksjon, nivaa, krav: krav && krav.tittel },
			mal: mal.map((ett) => ({ kode: ett.kode, tittel: ett.tittel }))
		}
	};
}
