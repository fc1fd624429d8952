import { SCHEMA_FINGERPRINT } from '#lib/collab/fingerprint.ts';
import type { DocNode } from '#lib/collab/render.ts';
import { gjelder } from '#lib/domain/actor.ts';
import { dagINorge } from '#lib/domain/dager.ts';
import { AppError } from '#lib/domain/feil.ts';
import { erId } from '#lib/domain/id.ts';
import { ukeAv } from '#lib/domain/laering/tjenestetid.ts';
import { erAktiv } from '#lib/domain/samtale/samtale.ts';
import { authorize, can } from '../authz/index.ts';
import { samtalerSomKanLeses } from '../authz/scope/samtale.ts';
import type { Ctx } from '../ctx.ts';
import { harAvviste } from '../queries/avvist.ts';
import { findApentForslag, type ForslagRad } from '../queries/forslag.ts';
import { noterInnsyn } from '../queries/innsyn.ts';
import { findLis } from '../queries/lis.ts';
import { listMerknader } from '../queries/merknad.ts';
import { findSamtaleKladd, type KladdRad } from '../queries/samtale-kladd.ts';
import { findSamtale, listSamtaler, listSamtalerForLis } from '../queries/samtale.ts';
import { hentDokument, ventTilDetStarStille, type Dokument } from './dokument.ts';
import { delOpp, personKort, samtaleKort, type PersonKort, type SamtaleKort } from './kort.ts';

export type { Dokument, Ferdigstilling } from './dokument.ts';

export type SamtaleSide = {
	samtale: SamtaleKort & {
		versjon: number;
		avlystGrunn: string | null;
		uke: number | null;
		forslag: ForslagRad | null;
	};
	lis: PersonKort;
	/** Those who may read forberedelse and referat, the asker among them: said on the page before one writes. */
	kanLese: (PersonKort & { rolle: 'lis' | 'veileder' })[];
	innhold: { forberedelse: DocNode[]; referat: DocNode[] };
	dokument: Dokument;
	aktive: SamtaleKort[];
	tidligere: SamtaleKort[];
	/** The asker's own note, which nobody else is given; version 0: none is written. */
	kladd: KladdRad;
	/** Something that the asker wrote was refused, and is kept for them. */
	harAvviste: boolean;
	/** Laid beside it after it was ferdigstilt, oldest first. `at` in ISO 8601. */
	merknader: { id: string; tekst: string; at: string; av: PersonKort }[];
	abilities: {
		skriv: boolean;
		settTid: boolean;
		foreslaTid: boolean;
		avlys: boolean;
		ferdigstill: boolean;
		merk: boolean;
		kladd: boolean;
	};
	meg: { id: string; navn: string; farge: number };
	skjema: string;
	epoke: number;
};

/** S6–S8: the samtale page. Throws `not_found` or `ended`. Notes in the access log of the record that it was opened. */
export async function hentSamtaleSide(
	ctx: Ctx,
	id: string,
	options: { vent: (ms: number) => Promise<void> }
): Promise<SamtaleSide> {
	if (!erId(id)) throw new AppError('not_found');
	const samtale = await findSamtale(ctx.db, id);
	authorize(ctx.actor, 'samtale.les', samtale, ctx.now);
	const ferdigstill = can(ctx.actor, 'samtale.ferdigstill', samtale, ctx.now);
	if (ferdigstill) await ventTilDetStarStille(ctx, id, options.vent);
	const [lis, alle, lesbare, forslag, dokument, merknader, kladd, harEgneAvviste] = await Promise.all([
		findLis(ctx.db, samtale.lisId),
		listSamtalerForLis(ctx.db, samtale.lisId),
		listSamtaler(samtalerSomKanLeses(ctx.db, ctx.actor.brukerId, ctx.now)),
		findApentForslag(ctx.db, id),
		hentDokument(ctx, samtale, ferdigstill),
		listMerknader(ctx.db, id),
		findSamtaleKladd(ctx.db, { samtaleId: id, brukerId: ctx.actor.brukerId }),
		can(ctx.actor, 'samtale.avvist', samtale, ctx.now) &&
			harAvviste(ctx.db, { samtaleId: id, brukerId: ctx.actor.brukerId })
	]);
	if (!lis || !dokument) throw new AppError('not_found');
	const deltakere = samtale.deltakere.filter((d) => gjelder(d, ctx.now));
	const minRolle = deltakere.find((d) => d.personId === ctx.actor.brukerId)?.rolle ?? 'veileder';
	await noterInnsyn(ctx.db, {
		lisId: samtale.lisId,
		personId: ctx.actor.brukerId,
		rolle: minRolle,
		samtaleId: id,
		now: ctx.now
	});

	const kanApne = new Set(lesbare.map((rad) => rad.id));
	const { aktive, tidligere } = delOpp(alle.map((rad) => samtaleKort(rad, kanApne.has(rad.id))));
	return {
		samtale: {
			...samtaleKort(samtale, true),
			versjon: samtale.versjon,
			avlystGrunn: samtale.avlystGrunn,
			uke: ukeAv(lis, samtale.dato ?? dagINorge(ctx.now)),
			forslag: (erAktiv(samtale.status) && forslag) || null
		},
		lis: personKort(lis),
		kanLese: deltakere.map((d) => ({
			...personKort({ id: d.personId, navn: d.navn, farge: d.farge }),
			rolle: d.rolle
		})),
		innhold: dokument.innhold,
		dokument: dokument.dokument,
		aktive,
		tidligere,
		kladd: kladd ?? { tekst: '', versjon: 0 },
		harAvviste: harEgneAvviste,
		merknader: merknader.map((merknad) => ({
			...{ id: merknad.id, tekst: merknad.tekst, at: merknad.at.toISOString() },
			av: personKort({ id: merknad.forfatterId, navn: merknad.navn, farge: merknad.farge })
		})),
		abilities: {
			skriv: can(ctx.actor, 'samtale.skriv', samtale, ctx.now),
			settTid: can(ctx.actor, 'samtale.settTid', samtale, ctx.now),
			foreslaTid: can(ctx.actor, 'samtale.foreslaTid', samtale, ctx.now),
			avlys: can(ctx.actor, 'samtale.avlys', samtale, ctx.now),
			ferdigstill,
			merk: can(ctx.actor, 'samtale.merk', samtale, ctx.now),
			kladd: can(ctx.actor, 'samtale.kladd', samtale, ctx.now)
		},
		meg: { id: ctx.actor.brukerId, navn: ctx.actor.navn, farge: ctx.actor.farge },
		skjema: SCHEMA_FINGERPRINT,
		epoke: dokument.epoke
	};
}
