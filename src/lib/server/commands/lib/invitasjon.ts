import { randomUUID } from 'node:crypto';
import type { Sprak } from '#lib/domain/actor.ts';
import { dagINorge } from '#lib/domain/dager.ts';
import { AppError } from '#lib/domain/feil.ts';
import {
	GYLDIG_MS,
	MAKS_SENDT,
	SENDT_VINDU_MS,
	type InvitasjonStatus,
	type InvitertRolle
} from '#lib/domain/invitasjon/invitasjon.ts';
import { invitasjonTokenHash, newToken } from '../../auth/token.ts';
import type { Db } from '../../db/pool.ts';
import { koEpost, type Epost } from '../../mail/ko.ts';
import { insertHendelse } from '../../varsler/hendelse.ts';
import type { HendelseType } from '#lib/domain/hendelse.ts';
import {
	countSendte,
	deleteLenker,
	findInvitasjon,
	findInvitasjonByToken,
	insertInvitasjon,
	insertInvitasjonRoller,
	updateInvitasjon,
	type InvitasjonRad
} from '../../queries/invitasjon.ts';
import { lockLaering } from '../../queries/maloppnaelse.ts';
import { findMottaker } from '../../queries/registrering.ts';
import { lockLis } from '../../queries/relasjon.ts';
import { onskerBrev } from '../../varsler/onsket.ts';
import type { Handelse } from './relasjoner.ts';

/** An invitation as it stands when nobody else can change it: everything about one LIS waits for the lock on the LIS. */
export async function laasInvitasjon(
	trx: Db,
	hvilken: { id: string } | { token: string }
): Promise<InvitasjonRad | undefined> {
	const hash = 'token' in hvilken ? invitasjonTokenHash(hvilken.token) : undefined;
	const finn = () => (hash ? findInvitasjonByToken(trx, hash) : findInvitasjon(trx, 'id' in hvilken ? hvilken.id : ''));
	const sett = await finn();
	if (!sett) return undefined;
	// Aktiviteter may wait for the one invited: first the record, then the LIS, as everywhere.
	await lockLaering(trx, sett.lisId);
	await lockLis(trx, sett.lisId);
	return finn();
}

/** Writes the event of something that happened to an invitation. */
export async function noter(
	trx: Db,
	type: HendelseType,
	invitasjon: { id: string; lisId: string },
	h: Omit<Handelse, 'aktorId'> & { aktorId: string | null },
	data: Record<string, unknown> = {}
): Promise<void> {
	await insertHendelse(trx, {
		...{ type, at: h.now, aktorId: h.aktorId, aktorRolle: h.aktorRolle, requestId: h.requestId },
		...{ lisId: invitasjon.lisId, objektId: invitasjon.id, data }
	});
}

/** Marks what became of an invitation. */
export async function avgjor(trx: Db, id: string, status: InvitasjonStatus, now: Date): Promise<void> {
	await updateInvitasjon(trx, id, { status, avgjort_at: now });
}

export type Utsending = {
	lis: { id: string; navn: string };
	navn: string;
	epost: string;
	sprak: Sprak;
	roller: InvitertRolle[];
	delTidligere: boolean;
	/** The key that seals the link until it is mailed (`config.pidKey`). */
	nokkel: Uint8Array;
};

/** A new invitation with its mail; the LIS is locked. Throws `too_many` beyond ten a day, `invalid` for the LIS' own address. */
export async function inviterNy(trx: Db, ny: Utsending, h: Handelse): Promise<string> {
	const id = randomUUID();
	const token = await nyttToken(trx, ny, h.now);
	await insertInvitasjon(trx, {
		...{ id, lisId: ny.lis.id, opprettetAv: h.aktorId, navn: ny.navn, epost: ny.epost, sprak: ny.sprak },
		...{ tokenHash: invitasjonTokenHash(token), now: h.now, utloperAt: frist(h.now), delTidligere: ny.delTidligere }
	});
	await insertInvitasjonRoller(trx, id, ny.roller);
	await sendUt(trx, id, token, ny, h);
	return id;
}

/** The same invitation by a new link, perhaps to another address and with further roles; every earlier one dies, those of reminders too. The LIS is locked. */
export async function sendPaNytt(trx: Db, id: string, ny: Utsending, h: Handelse): Promise<void> {
	const token = await nyttToken(trx, ny, h.now);
	await insertInvitasjonRoller(trx, id, ny.roller);
	await updateInvitasjon(trx, id, {
		...{ status: 'sendt', token_hash: invitasjonTokenHash(token), navn: ny.navn, epost: ny.epost },
		...{ sendt_at: h.now, utloper_at: frist(h.now), purret: 0, apnet_at: null, avgjort_at: null, bedt_om_ny_at: null }
	});
	// After the row is held: the links of reminders that were being written meanwhile are seen too.
	await deleteLenker(trx, id);
	await sendUt(trx, id, token, ny, h);
}

async function nyttToken(trx: Db, { lis, epost }: Utsending, now: Date): Promise<string> {
	const selv = await findMottaker(trx, lis.id);
	if (selv?.epost.toLowerCase() === epost.toLowerCase())
		throw new AppError('invalid', { reason: 'invitasjon_feil_deg_selv' });
	if ((await countSendte(trx, lis.id, new Date(now.getTime() - SENDT_VINDU_MS))) >= MAKS_SENDT)
		throw new AppError('too_many', { reason: 'invitasjon_feil_for_mange' });
	return newToken();
}

async function sendUt(trx: Db, id: string, token: string, ny: Utsending, h: Handelse): Promise<void> {
	const roller = ny.roller.map(({ rolle }) => rolle);
	await noter(trx, 'invitasjon.sendt', { id, lisId: ny.lis.id }, h, { roller });
	await koEpost(
		trx,
		{
			mal: 'invitasjon',
			mottaker: { id: null, navn: ny.navn, epost: ny.epost, sprak: ny.sprak },
			data: { lisNavn: ny.lis.navn, roller, frist: dagINorge(frist(h.now)) },
			lenke: { sti: `/invitasjon/${token}`, nokkel: ny.nokkel },
			objektId: id
		},
		h.now
	);
}

function frist(now: Date): Date {
	return new Date(now.getTime() + GYLDIG_MS);
}

/** The mails about an invitation that go to the LIS. */
type TilLis = Extract<Epost, { mal: 'invitasjon_svar' | 'invitasjon_be_om_ny' | 'invitasjon_bekreft_person' }>;

/** Tells the LIS what became of an invitation, by mail too unless they have turned that off; the card comes with the event. */
export async function siFraTilLis(
	trx: Db,
	invitasjon: InvitasjonRad,
	brev: {
		[M in TilLis['mal']]: { mal: M; mer: Omit<Extract<TilLis, { mal: M }>['data'], 'navn' | 'roller'> };
	}[TilLis['mal']],
	now: Date
): Promise<void> {
	const mottaker = await findMottaker(trx, invitasjon.lisId);
	if (!mottaker || !(await onskerBrev(trx, mottaker.id, 'invitasjoner'))) return;
	const invitert = { navn: invitasjon.navn, roller: invitasjon.roller.map(({ rolle }) => rolle) };
	const felles = { mottaker, objektId: invitasjon.id };
	switch (brev.mal) {
		case 'invitasjon_svar':
			await koEpost(trx, { ...felles, mal: brev.mal, data: { ...invitert, ...brev.mer } }, now);
			break;
		case 'invitasjon_bekreft_person':
			await koEpost(trx, { ...felles, mal: brev.mal, data: { ...invitert, ...brev.mer } }, now);
			break;
		case 'invitasjon_be_om_ny':
			await koEpost(trx, { ...felles, mal: brev.mal, data: invitert }, now);
	}
}
