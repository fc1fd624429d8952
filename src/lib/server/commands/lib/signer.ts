import { createHash, randomUUID } from 'node:crypto';
import { canonicalJson } from '#lib/collab/canonical-json.ts';
import { overgang } from '#lib/domain/laering/aktivitet.ts';
import { kanAnbefales } from '#lib/domain/laering/mal.ts';
import type { SignertAktivitet } from '#lib/domain/laering/signert.ts';
import { can } from '../../authz/index.ts';
import type { Ctx } from '../../ctx.ts';
import type { Db } from '../../db/pool.ts';
import { sjekkedeFiler } from '../../fil/signert.ts';
import { insertAnbefaling } from '../../queries/anbefaling.ts';
import { updateAktivitet, type AktivitetRad } from '../../queries/laeringsaktivitet.ts';
import { listMalForLis } from '../../queries/maloppnaelse.ts';
import { findKravtekst, listMaltekster } from '../../queries/signering.ts';
import { begynnPlaner, noter } from './laering.ts';

/** What a supervisør says with the signature: a sentence of feedback, or null; and whether they recommend the goals that it serves. */
export type Signering = { tilbakemelding: string | null; anbefal: boolean };

/**
 * S13: signs an aktivitet that is locked, authorized and sent to the one who acts (`paAktivitet`). Its content, the texts of the catalogue that it is
 * read by, its files by their SHA-256, who signs and when are
 * kept in the event and hashed in the row. Throws a conflict when its state does not allow it, and while a file of it waits for the scanner.
 */
export async function signerLaast(
	trx: Db,
	ctx: Ctx,
	aktivitet: AktivitetRad,
	{ tilbakemelding, anbefal }: Signering
): Promise<void> {
	const status = overgang(aktivitet, 'signer');
	const signert = await detSignerte(trx, ctx, aktivitet, tilbakemelding);
	await updateAktivitet(trx, aktivitet.id, {
		status,
		avgjort_at: ctx.now,
		avgjort_av: ctx.actor.brukerId,
		tilbakemelding,
		signert_hash: createHash('sha256').update(canonicalJson(signert)).digest()
	});
	const { lisId, koder } = aktivitet;
	const data = { signert, fra: aktivitet.status };
	await noter(trx, ctx, { type: 'aktivitet.signert', rolle: 'supervisor', lisId, objektId: aktivitet.id, data });
	if (anbefal) await anbefalMed(trx, ctx, aktivitet);
	await begynnPlaner(trx, ctx, lisId, koder, 'supervisor');
}

async function detSignerte(
	trx: Db,
	ctx: Ctx,
	aktivitet: AktivitetRad,
	tilbakemelding: string | null
): Promise<SignertAktivitet> {
	const { id, lisId, lisNavn, kravId, koder, dato, sted, tekst, refleksjon, nivaa, sendtAt } = aktivitet;
	return {
		...{ format: 'lis-kommune/aktivitet/2', id, lis: { id: lisId, navn: lisNavn } },
		krav: kravId === null ? null : await findKravtekst(trx, lisId, kravId),
		mal: await listMaltekster(trx, lisId, koder),
		...{ dato, sted, tekst, refleksjon, nivaa, tilbakemelding },
		sendtAt: sendtAt?.toISOString() ?? null,
		supervisor: { id: ctx.actor.brukerId, navn: ctx.actor.navn },
		signertAt: ctx.now.toISOString(),
		filer: await sjekkedeFiler(trx, { lisId, kobling: { slag: 'aktivitet', id } })
	};
}

/** «Jeg anbefaler målet»: for each goal that it serves and that is not approved already. */
async function anbefalMed(trx: Db, ctx: Ctx, { lisId, koder, id: aktivitetId }: AktivitetRad): Promise<void> {
	for (const mal of await listMalForLis(trx, lisId)) {
		if (!koder.includes(mal.kode) || !kanAnbefales(mal.status)) continue;
		if (!can(ctx.actor, 'mal.anbefal', mal, ctx.now)) continue;
		const { kode } = mal;
		const ny = { id: randomUUID(), lisId, kode, av: ctx.actor.brukerId, rolle: 'supervisor', now: ctx.now } as const;
		if (await insertAnbefaling(trx, ny))
			await noter(trx, ctx, {
				...{ type: 'mal.anbefalt', rolle: 'supervisor', lisId, objektId: ny.id },
				data: { kode, aktivitetId }
			});
	}
}
