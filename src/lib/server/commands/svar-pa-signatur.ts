import { AppError } from '#lib/domain/feil.ts';
import { overgang } from '#lib/domain/laering/aktivitet.ts';
import type { Ctx } from '../ctx.ts';
import type { Db } from '../db/pool.ts';
import { listAnbefalinger, updateAnbefalingTrukket } from '../queries/anbefaling.ts';
import { updateAktivitet, type AktivitetRad } from '../queries/laeringsaktivitet.ts';
import { findBruktKode, updateKodeSvar } from '../queries/signeringskode.ts';
import { lockLis } from '../queries/relasjon.ts';
import { noter, paAktivitet } from './lib/laering.ts';
import { gi } from './lib/relasjoner.ts';

/**
 * Whoever signed by code was the right person, or not: «Dette var min supervisør» makes the relation; «Nei» takes the signature away,
 * with what was recommended in it, and the aktivitet is a draft again. Throws a conflict when there is nothing to answer.
 */
export function svarPaSignatur(ctx: Ctx, { id, svar }: { id: string; svar: 'ja' | 'nei' }): Promise<void> {
	return paAktivitet(ctx, id, 'aktivitet.skriv', async (trx, aktivitet) => {
		const kode = await findBruktKode(trx, id);
		const ubesvart = kode?.bruktAv && kode.bekreftetAt === null && kode.avvistAt === null;
		if (!ubesvart || aktivitet.status !== 'signert')
			throw new AppError('conflict', { reason: 'signering_konflikt_besvart' });
		if (svar === 'ja') await bekreft(trx, ctx, aktivitet);
		else await annuller(trx, ctx, aktivitet);
	});
}

async function bekreft(trx: Db, ctx: Ctx, { id, lisId, avgjortAv }: AktivitetRad): Promise<void> {
	if (avgjortAv === null) return;
	await lockLis(trx, lisId);
	await updateKodeSvar(trx, { aktivitetId: id, svar: 'bekreftet_at', now: ctx.now });
	const h = { aktorId: ctx.actor.brukerId, aktorRolle: 'lis', now: ctx.now, requestId: ctx.requestId } as const;
	const roller = [{ rolle: 'supervisor', til: null } as const];
	await gi(trx, { lisId, personId: avgjortAv, roller, delTidligere: false }, h);
}

async function annuller(trx: Db, ctx: Ctx, aktivitet: AktivitetRad): Promise<void> {
	const { id, lisId, koder, kravId, avgjortAv, avgjortAt } = aktivitet;
	await updateKodeSvar(trx, { aktivitetId: id, svar: 'avvist_at', now: ctx.now });
	await updateAktivitet(trx, id, {
		...{ status: overgang(aktivitet, 'annuller'), supervisor_id: null, sendt_at: null },
		...{ avgjort_at: null, avgjort_av: null, tilbakemelding: null, signert_hash: null }
	});
	await noter(trx, ctx, {
		...{ type: 'aktivitet.annullert', rolle: 'lis', lisId, objektId: id },
		data: { personId: avgjortAv, kravId, koder }
	});
	for (const en of await listAnbefalinger(trx, lisId)) {
		if (en.av !== avgjortAv || en.at.getTime() !== avgjortAt?.getTime() || !koder.includes(en.kode)) continue;
		await updateAnbefalingTrukket(trx, { lisId, kode: en.kode, av: en.av, now: ctx.now });
		await noter(trx, ctx, {
			...{ type: 'mal.anbefaling-trukket', rolle: 'lis', lisId, objektId: en.id },
			data: { kode: en.kode, aktivitetId: id }
		});
	}
}
