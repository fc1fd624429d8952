import { harRolleFor } from '#lib/domain/actor.ts';
import { AppError } from '#lib/domain/feil.ts';
import { overgang } from '#lib/domain/laering/aktivitet.ts';
import { krevBrukelig } from '#lib/domain/laering/kode.ts';
import { findBevis } from '../auth/eid/bevis.ts';
import { invitasjonTokenHash } from '../auth/token.ts';
import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { transaction, type Db } from '../db/pool.ts';
import { filerTilSignering, filsum } from '../fil/signert.ts';
import { insertHendelse } from '../varsler/hendelse.ts';
import { findAktivitet, updateAktivitet, type AktivitetRad } from '../queries/laeringsaktivitet.ts';
import { lockLaering } from '../queries/maloppnaelse.ts';
import { findBrukerMedPid } from '../queries/registrering.ts';
import { findKode, updateKodeBrukt, updateKodeSvar } from '../queries/signeringskode.ts';
import { forsteOkt, nyBruker, somKonflikt, type Registrering } from './lib/ny-bruker.ts';
import { signerLaast, type Signering } from './lib/signer.ts';

/** What stands behind a code as it was shown: the draft's version, and the sum of its files. */
type SettMedKode = { token: string; versjon: number; filer: string; eidAt: Date | null };

/**
 * Whoever has scanned the code signs the one aktivitet, as they saw it, its files too: it is sent to them and signed in one act, and the
 * code is used up. Of many at once one signs. Throws a conflict for a code that cannot be used, for the LIS themself, for a session that
 * is not proven by electronic ID, and for a draft that has changed since.
 */
export function signerMedKode(
	ctx: Ctx,
	{ token, versjon, filer, eidAt, ...signering }: SettMedKode & Signering
): Promise<void> {
	return transaction(ctx.db, async (trx) => {
		if (eidAt === null) throw new AppError('conflict', { reason: 'signering_konflikt_eid' });
		const tokenHash = invitasjonTokenHash(token);
		const kladd = await laasForKode(trx, ctx, tokenHash);
		if (kladd.versjon !== versjon) throw new AppError('conflict', { reason: 'signering_konflikt_endret' });

		const { id, lisId, koder, kravId } = kladd;
		// Adding a file does not make another version of the draft.
		const naa = filsum(await filerTilSignering(trx, { lisId, kobling: { slag: 'aktivitet', id } }));
		if (naa !== filer) throw new AppError('conflict', { reason: 'signering_konflikt_endret' });
		const supervisorId = ctx.actor.brukerId;
		await updateAktivitet(trx, id, {
			...{ status: overgang(kladd, 'send'), supervisor_id: supervisorId, invitasjon_id: null, sendt_at: ctx.now }
		});
		// The LIS sends by showing the code (S16); the event is theirs.
		await insertHendelse(trx, {
			...{ type: 'aktivitet.sendt', at: ctx.now, aktorId: lisId, aktorRolle: 'lis', lisId, objektId: id },
			...{ data: { kravId, koder, supervisorId, kode: true }, requestId: ctx.requestId }
		});
		const sendt = await findAktivitet(trx, id, { forUpdate: true });
		authorize(ctx.actor, 'aktivitet.vurder', sendt, ctx.now);
		await signerLaast(trx, ctx, sendt, signering);
		await updateKodeBrukt(trx, { tokenHash, av: supervisorId, now: ctx.now });
		// Somebody who is a supervisør of the LIS already needs no confirmation.
		if (harRolleFor(ctx.actor, 'supervisor', lisId, ctx.now))
			await updateKodeSvar(trx, { aktivitetId: id, svar: 'bekreftet_at', now: ctx.now });
	});
}

/** The draft behind a code that can be used now, with the LIS' record locked. */
async function laasForKode(trx: Db, ctx: Ctx, tokenHash: Buffer): Promise<AktivitetRad> {
	const sett = await findKode(trx, tokenHash);
	krevBrukelig(sett, ctx.now);
	const eier = await findAktivitet(trx, sett.aktivitetId);
	if (!eier) throw new AppError('conflict', { reason: 'signering_konflikt_kode' });
	if (eier.lisId === ctx.actor.brukerId) throw new AppError('conflict', { reason: 'signering_konflikt_egen' });
	await lockLaering(trx, eier.lisId);
	krevBrukelig(await findKode(trx, tokenHash), ctx.now);
	const kladd = await findAktivitet(trx, sett.aktivitetId, { forUpdate: true });
	if (kladd?.status !== 'kladd') throw new AppError('conflict', { reason: 'signering_konflikt_kode_brukt' });
	return kladd;
}

/** What somebody tells who becomes a user in order to sign. */
export type NySignerer = Omit<Registrering, 'person'> & { epost: string; sprak: 'nb' | 'nn' | 'en'; kode: string };

/**
 * Somebody without a user, who has identified with electronic ID and scanned a code that can be used: becomes one, by the name of the
 * register. Returns the token of the session. Throws a conflict when the code or the proof cannot be used.
 */
export async function registrerSignerer(inn: NySignerer): Promise<{ token: string }> {
	const work = transaction(inn.db, async (trx) => {
		krevBrukelig(await findKode(trx, invitasjonTokenHash(inn.kode)), inn.now);
		const bevis = await findBevis(trx, inn.bevis, inn.now);
		if (!bevis) throw new AppError('conflict', { reason: 'registrering_konflikt_bevis' });
		if (await findBrukerMedPid(trx, bevis.pidHash))
			throw new AppError('conflict', { reason: 'registrering_konflikt_finnes' });
		const person = {
			...{ navn: bevis.navn, epost: inn.epost, sprak: inn.sprak, mobil: null, stilling: null, hpr: null },
			...{ brukernavn: null, passord: null, sted: null }
		};
		const { id } = await nyBruker(trx, { person, bevis, passordHash: null, now: inn.now });
		await insertHendelse(trx, {
			...{ type: 'bruker.registrert', at: inn.now, aktorId: id, aktorRolle: null, objektId: id },
			...{ data: { signeringskode: true }, requestId: inn.requestId }
		});
		return { token: await forsteOkt(trx, { ...inn, brukerId: id, bevis }) };
	});
	return work.catch((error: unknown) => Promise.reject(somKonflikt(error) as Error));
}
