import { dagINorge } from '#lib/domain/dager.ts';
import { kanGjores } from '#lib/domain/laering/aktivitet.ts';
import { dagerMellom } from '#lib/domain/laering/kalender.ts';
import type { Tospraklig } from '#lib/domain/laering/katalog.ts';
import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { noterLestAvSupervisor } from '../queries/innsyn.ts';
import { findAktivitet, listSendtTil, listVurdertAv, type AktivitetRad } from '../queries/laeringsaktivitet.ts';
import { findVidere, listTekster } from '../queries/signering.ts';
import { hentFilerVed, vedAktivitet, type FilKort } from './filer.ts';

/** What one has signed before: as many as somebody looks through. */
const TIDLIGERE = 50;

/** An aktivitet as a supervisør is shown it. `dager`: calendar days in Norway that it has waited. */
export type Signeringskort = Pick<
	AktivitetRad,
	| 'id'
	| 'versjon'
	| 'status'
	| 'lisNavn'
	| 'dato'
	| 'sted'
	| 'tekst'
	| 'refleksjon'
	| 'nivaa'
	| 'sendtAt'
	| 'avgjortAt'
	| 'avgjortNavn'
	| 'grunn'
	| 'tilbakemelding'
> & { krav: Tospraklig | null; mal: { kode: string; tittel: Tospraklig }[]; filer: FilKort[]; dager: number };
export type Signeringsgruppe = { lisId: string; navn: string; kort: Signeringskort[] };

/** S13: what waits for the one who asks, by LIS, the longest wait first; and what they have signed or refused before. */
export async function hentSignering(
	ctx: Ctx
): Promise<{ grupper: Signeringsgruppe[]; antall: number; tidligere: Signeringskort[] }> {
	const [venter, vurdert] = await Promise.all([
		listSendtTil(ctx.db, ctx.actor.brukerId),
		listVurdertAv(ctx.db, ctx.actor.brukerId, TIDLIGERE)
	]);
	const kort = await somKort(ctx, [...venter, ...vurdert]);
	const grupper = [...Map.groupBy(venter, ({ lisId }) => lisId)].map(([lisId, rader]) => ({
		...{ lisId, navn: rader[0]?.lisNavn ?? '' },
		kort: rader.flatMap(({ id }) => kort.get(id) ?? [])
	}));
	return { grupper, antall: venter.length, tidligere: vurdert.flatMap(({ id }) => kort.get(id) ?? []) };
}

/** `anbefaling`: once it is signed, the goals that it serves, and whether the reader recommends them. `neste`: the id of the next that waits. */
export type Vurderingsside = {
	aktivitet: Signeringskort;
	meg: string;
	neste: string | null;
	anbefaling: { kode: string; gitt: boolean }[];
	abilities: { vurder: boolean };
};

/**
 * One aktivitet that was sent to the one who asks, to read and to decide on. Opening it is noted in the access
 * log. Throws `not_found` for everybody else, `forbidden` for those who may read it elsewhere.
 */
export async function hentVurdering(ctx: Ctx, id: string): Promise<Vurderingsside> {
	const rad = await findAktivitet(ctx.db, id);
	authorize(ctx.actor, 'aktivitet.vurder', rad, ctx.now);
	const [kort, videre] = await Promise.all([
		somKort(ctx, [rad]),
		findVidere(ctx.db, { id, lisId: rad.lisId, supervisorId: ctx.actor.brukerId })
	]);
	await noterLestAvSupervisor(ctx.db, { id, lisId: rad.lisId, personId: ctx.actor.brukerId, now: ctx.now });
	return {
		aktivitet: kort.get(rad.id) ?? etKort(rad, { filer: [] }, dagINorge(ctx.now)),
		meg: ctx.actor.navn,
		neste: videre.neste,
		anbefaling:
			rad.status === 'signert' ? rad.koder.map((kode) => ({ kode, gitt: videre.anbefalt.includes(kode) })) : [],
		abilities: { vurder: kanGjores(rad, 'signer') }
	};
}

/** Whose aktivitet it is that was sent to the one who asks. Throws as `hentVurdering`. */
export async function finnLis(ctx: Ctx, id: string): Promise<string> {
	const rad = await findAktivitet(ctx.db, id);
	authorize(ctx.actor, 'aktivitet.vurder', rad, ctx.now);
	return rad.lisId;
}

async function somKort(ctx: Ctx, rader: AktivitetRad[]): Promise<Map<string, Signeringskort>> {
	if (rader.length === 0) return new Map();
	const ider = rader.map(({ id }) => id);
	const [tekster, filer] = await Promise.all([listTekster(ctx.db, ider), hentFilerVed(ctx, rader.map(vedAktivitet))]);
	const iDag = dagINorge(ctx.now);
	return new Map(
		rader.map((rad) => [
			rad.id,
			etKort(rad, { ...tekster.get(rad.id), filer: filer(rad.lisId, { slag: 'aktivitet', id: rad.id }) }, iDag)
		])
	);
}

function etKort(
	rad: AktivitetRad,
	med: { krav?: Tospraklig | null; mal?: { kode: string; tittel: Tospraklig }[]; filer: FilKort[] },
	iDag: string
): Signeringskort {
	const { id, versjon, status, lisNavn, dato, sted, tekst, refleksjon, nivaa, sendtAt, avgjortAt } = rad;
	return {
		...{ id, versjon, status, lisNavn, dato, sted, tekst, refleksjon, nivaa, sendtAt, avgjortAt },
		...{ avgjortNavn: rad.avgjortNavn, grunn: rad.grunn, tilbakemelding: rad.tilbakemelding },
		...{ krav: med.krav ?? null, mal: med.mal ?? [], filer: med.filer },
		dager: sendtAt === null ? 0 : Math.max(0, dagerMellom(dagINorge(sendtAt), iDag))
	};
}
