import { hvorforUbrukelig } from '#lib/domain/laering/kode.ts';
import type { SignertFil } from '#lib/domain/fil/signert.ts';
import type { Tospraklig } from '#lib/domain/laering/katalog.ts';
import { invitasjonTokenHash } from '../auth/token.ts';
import { AppError } from '#lib/domain/feil.ts';
import type { Ctx } from '../ctx.ts';
import type { Db } from '../db/pool.ts';
import { lesBiter } from '../queries/fil-del.ts';
import { findFil } from '../queries/fil.ts';
import { noterInnsynI } from '../queries/innsyn.ts';
import type { FilUt } from './fil.ts';
import { filerTilSignering, filsum } from '../fil/signert.ts';
import { findAktivitet, type AktivitetRad } from '../queries/laeringsaktivitet.ts';
import { findKravtekst, listMaltekster } from '../queries/signering.ts';
import { findKode } from '../queries/signeringskode.ts';
import { findBevis } from '../auth/eid/bevis.ts';

/** The one aktivitet that a code opens, once the reader has identified. */
export type KodeAktivitet = Pick<
	AktivitetRad,
	'id' | 'versjon' | 'lisNavn' | 'dato' | 'sted' | 'tekst' | 'refleksjon' | 'nivaa'
> & {
	krav: Tospraklig | null;
	mal: { kode: string; tittel: Tospraklig }[];
	filer: Pick<SignertFil, 'id' | 'navn' | 'storrelse'>[];
	filsum: string;
};

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
	const [krav, mal, filer] = await Promise.all([
		rad.kravId === null ? null : findKravtekst(db, rad.lisId, rad.kravId),
		listMaltekster(db, rad.lisId, rad.koder),
		filerTilSignering(db, { lisId: rad.lisId, kobling: { slag: 'aktivitet', id: rad.id } })
	]);
	const { id, versjon, dato, sted, tekst, refleksjon, nivaa } = rad;
	return {
		steg: 'signer',
		aktivitet: {
			...{ id, versjon, lisNavn, dato, sted, tekst, refleksjon, nivaa, krav: krav && krav.tittel },
			mal: mal.map((ett) => ({ kode: ett.kode, tittel: ett.tittel })),
			filer: filer.map((fil) => ({ id: fil.id, navn: fil.navn, storrelse: fil.storrelse })),
			filsum: filsum(filer)
		}
	};
}

/**
 * A file of the draft behind a code, for whoever could sign it now (`hentKodeside`): nobody signs what they could not open. Noted in the access
 * log. Throws `not_found` for every other file and whoever asks otherwise; a conflict while it waits for the scanner.
 */
export async function hentFilMedKode(
	ctx: Ctx,
	{ token, eidAt, filId }: { token: string; eidAt: Date | null; filId: string }
): Promise<FilUt> {
	const side = await hentKodeside(ctx, { token, brukerId: ctx.actor.brukerId, eidAt, bevisToken: undefined });
	const fil = side.steg === 'signer' ? await findFil(ctx.db, filId) : undefined;
	if (side.steg !== 'signer' || fil?.kobling.slag !== 'aktivitet' || fil.kobling.id !== side.aktivitet.id)
		throw new AppError('not_found');
	if (fil.status === 'sjekkes') throw new AppError('conflict', { reason: 'fil_konflikt_sjekkes' });
	if (fil.status !== 'klar' || fil.type === null) throw new AppError('not_found');
	const { lisId, navn, type, storrelse } = fil;
	const innsyn = { lisId, personId: ctx.actor.brukerId, objektId: filId, now: ctx.now };
	await noterInnsynI(ctx.db, { ...innsyn, rolle: 'supervisor', objekt: 'fil' });
	return { navn, type, storrelse, innhold: lesBiter(ctx.db, filId, storrelse) };
}
