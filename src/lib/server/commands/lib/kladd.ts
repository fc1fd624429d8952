import { AppError } from '#lib/domain/feil.ts';
import { overgang, type AktivitetSlag } from '#lib/domain/laering/aktivitet.ts';
import type { Kladd, Mottaker } from '#lib/domain/laering/skjema.ts';
import { authorize } from '../../authz/index.ts';
import type { Ctx } from '../../ctx.ts';
import type { Db } from '../../db/pool.ts';
import {
	findAktivitet,
	insertAktivitet,
	updateInnhold,
	type AktivitetInnhold,
	type AktivitetRad
} from '../../queries/laeringsaktivitet.ts';
import { listKravForLis, listSupervisorvalg } from '../../queries/lis-krav.ts';
import { lockLaering } from '../../queries/maloppnaelse.ts';
import { noter } from './laering.ts';

/**
 * Keeps what the LIS has written, within a transaction: a new draft (version 0) or a change of one that stands as it was when it was
 * opened. Whoever sends the same twice, because the answer was lost, changes nothing. Throws a conflict when the draft has changed
 * since, `invalid` for krav, goals and people that are not the LIS' own.
 */
export async function lagreKladd(trx: Db, ctx: Ctx, kladd: Kladd): Promise<AktivitetRad> {
	const lisId = ctx.actor.brukerId;
	authorize(ctx.actor, 'laering.for', { lisId }, ctx.now);
	await lockLaering(trx, lisId);
	const stored = await findAktivitet(trx, kladd.id, { forUpdate: true });
	if (stored) authorize(ctx.actor, 'aktivitet.skriv', stored, ctx.now);
	else if (kladd.versjon !== 0) throw new AppError('not_found');
	if (stored) overgang(stored, 'endre');

	const nytt = await innholdAv(trx, ctx, kladd, stored);
	if (!stored) await opprett(trx, ctx, kladd.id, nytt);
	else if (!erLikt(stored, nytt)) {
		if (stored.versjon !== kladd.versjon) throw new AppError('conflict', { reason: 'aktivitet_konflikt_endret' });
		await updateInnhold(trx, kladd.id, { ...nytt, now: ctx.now });
	}
	const lagret = await findAktivitet(trx, kladd.id);
	if (!lagret) throw new AppError('not_found');
	return lagret;
}

type Nytt = { innhold: AktivitetInnhold; koder: string[] };

/** Adds a draft with its event. */
export async function opprett(trx: Db, ctx: Ctx, id: string, { innhold, koder }: Nytt): Promise<void> {
	const lisId = ctx.actor.brukerId;
	await insertAktivitet(trx, { id, lisId, innhold, koder, now: ctx.now });
	await noter(trx, ctx, {
		...{ type: 'aktivitet.opprettet', rolle: 'lis', lisId, objektId: id },
		data: { slag: innhold.slag, kravId: innhold.kravId, koder }
	});
}

/** The form as a row: the kind follows from what it is for, and the goal of the krav is one that it serves. */
async function innholdAv(trx: Db, ctx: Ctx, kladd: Kladd, stored: AktivitetRad | undefined): Promise<Nytt> {
	const { gjelder, dato, sted, tekst, refleksjon, nivaa } = kladd;
	const krav = await listKravForLis(trx, ctx.actor.brukerId);
	const valgt = gjelder?.hva === 'krav' ? krav.find(({ kravId }) => kravId === gjelder.kravId) : undefined;
	if (gjelder?.hva === 'krav' && !valgt) throw feil('gjelder', 'aktivitet_feil_mal');
	const egne = new Set(krav.map(({ kode }) => kode));
	const koder = [...new Set([...kladd.mal, ...(valgt ? [valgt.kode] : [])])].sort();
	if (koder.some((kode) => !egne.has(kode))) throw feil('mal', 'aktivitet_feil_mal');

	const slag: AktivitetSlag =
		gjelder?.hva === 'kurs' ? 'kursbevis' : gjelder?.hva === 'sykehus' ? 'fra_sykehus' : (valgt?.slag ?? 'signeres');
	// Nobody else is given what nobody else signs.
	const mottaker = slag === 'signeres' ? kladd.mottaker : null;
	const { supervisorId, invitasjonId } = kolonner(mottaker);
	const uendret = stored?.supervisorId === supervisorId && stored.invitasjonId === invitasjonId;
	if (mottaker && !uendret) await krevSupervisor(trx, ctx, mottaker);
	const kurs = gjelder?.hva === 'kurs' ? gjelder.kurs : null;
	const kravId = valgt?.kravId ?? null;
	return { koder, innhold: { slag, kravId, kurs, dato, sted, tekst, refleksjon, nivaa, supervisorId, invitasjonId } };
}

function kolonner(mottaker: Mottaker): Pick<AktivitetInnhold, 'supervisorId' | 'invitasjonId'> {
	const av = (hvem: 'person' | 'invitasjon') => (mottaker?.hvem === hvem ? mottaker.id : null);
	return { supervisorId: av('person'), invitasjonId: av('invitasjon') };
}

/** Throws `invalid` unless this is a supervisør of the LIS now, or somebody invited to be one who can still answer. */
export async function krevSupervisor(trx: Db, ctx: Ctx, mottaker: NonNullable<Mottaker>): Promise<void> {
	const valg = await listSupervisorvalg(trx, ctx.actor.brukerId, ctx.now);
	if (!valg.some(({ hvem, id }) => hvem === mottaker.hvem && id === mottaker.id))
		throw feil('mottaker', 'aktivitet_feil_supervisor');
}

function erLikt(stored: AktivitetRad, { innhold, koder }: Nytt): boolean {
	const felter = Object.keys(innhold) as (keyof AktivitetInnhold)[];
	return felter.every((felt) => stored[felt] === innhold[felt]) && koder.join() === stored.koder.join();
}

function feil(felt: string, nokkel: string): AppError {
	return new AppError('invalid', { fields: { [felt]: nokkel } });
}
