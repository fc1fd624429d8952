import { randomUUID } from 'node:crypto';
import { relasjonerTil, type Rolle } from '#lib/domain/actor.ts';
import type { Filregler } from '#lib/domain/fil/fil.ts';
import { kanGjores, type AktivitetHandling, type KravSlag } from '#lib/domain/laering/aktivitet.ts';
import type { Tospraklig } from '#lib/domain/laering/katalog.ts';
import type { Purring } from '#lib/domain/laering/purring.ts';
import { gjelderVerdi, mottakerVerdi, type AktivitetVerdier, type Gjelder } from '#lib/domain/laering/skjema.ts';
import { authorize, can } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { listHistorikk, type HistorikkRad } from '../queries/historikk.ts';
import { noterInnsynI, noterLestAvSupervisor } from '../queries/innsyn.ts';
import { findAktivitet, type AktivitetRad } from '../queries/laeringsaktivitet.ts';
import { findKataloger } from '../queries/katalog.ts';
import { listMalvalg, listSupervisorvalg, type Supervisorvalg } from '../queries/lis-krav.ts';
import { findBruktKode } from '../queries/signeringskode.ts';
import { listTekster } from '../queries/signering.ts';
import { hentFilliste, vedAktivitet, type Filliste } from './filer.ts';
import { hentPurringer } from './purring.ts';

/** What the form of an aktivitet offers to choose from. */
export type Skjemavalg = {
	mal: {
		kode: string;
		tittel: Tospraklig;
		tema: Tospraklig;
		krav: { id: string; tittel: Tospraklig; slag: KravSlag }[];
	}[];
	mottakere: Supervisorvalg[];
};
export type Historikk = Pick<HistorikkRad, 'type' | 'at' | 'navn' | 'grunn'>[];
/** A draft in its form; a new one has version 0. */
export type Skjemaside = { verdier: AktivitetVerdier; valg: Skjemavalg; historikk: Historikk };

/** A new draft, begun from a goal, a krav or a course. Throws `not_found` for everybody but a LIS. */
export async function hentNyAktivitet(ctx: Ctx, sporring: URLSearchParams): Promise<Skjemaside> {
	const lisId = ctx.actor.brukerId;
	authorize(ctx.actor, 'laering.for', { lisId }, ctx.now);
	const valg = await hentValg(ctx);
	const kode = valg.mal.find((mal) => mal.kode === sporring.get('kode'));
	const krav = valg.mal.flatMap((mal) => mal.krav).find(({ id }) => id === sporring.get('krav'));
	const forste = kode?.krav.length === 1 ? kode.krav[0] : undefined;
	const gjelder = krav?.id ?? forste?.id ?? (sporring.get('gjelder') ?? '').slice(0, 60);
	return {
		verdier: {
			...{ id: randomUUID(), versjon: '0', gjelder, mal: kode?.kode ?? '', dato: '', sted: '', tekst: '' },
			...{ refleksjon: '', nivaa: '', mottaker: '', hvem: lisId }
		},
		valg,
		historikk: []
	};
}

async function hentValg(ctx: Ctx): Promise<Skjemavalg> {
	const lisId = ctx.actor.brukerId;
	const [rader, mottakere] = await Promise.all([
		listMalvalg(ctx.db, lisId),
		listSupervisorvalg(ctx.db, lisId, ctx.now)
	]);
	const kataloger = await findKataloger(
		ctx.db,
		rader.map(({ katalogId }) => katalogId)
	);
	const mal = rader.flatMap(({ kode, katalogId }) => {
		const tekst = kataloger.find(({ id }) => id === katalogId)?.mal.find((ett) => ett.kode === kode);
		if (!tekst) return [];
		const { tittel, tema, krav } = tekst;
		return [{ kode, tittel, tema, krav: krav.map(({ id, tittel: navn, slag }) => ({ id, tittel: navn, slag })) }];
	});
	return { mal, mottakere };
}

/** An aktivitet to read. */
export type Lest = Pick<
	AktivitetRad,
	| 'id'
	| 'status'
	| 'slag'
	| 'kurs'
	| 'dato'
	| 'sted'
	| 'tekst'
	| 'refleksjon'
	| 'nivaa'
	| 'supervisorNavn'
	| 'invitertNavn'
	| 'sendtAt'
	| 'avgjortAt'
	| 'avgjortNavn'
	| 'grunn'
	| 'tilbakemelding'
> & { lis: { id: string; navn: string }; krav: Tospraklig | null; mal: { kode: string; tittel: Tospraklig }[] };

export type Leseside = {
	aktivitet: Lest;
	/** Whether it is the reader's own. */
	egen: boolean;
	/** The invitation that it waits for can no longer be answered. */
	invitasjonBorte: boolean;
	/** Signed by code by somebody whom the LIS has not confirmed yet. */
	ubekreftet: boolean;
	historikk: Historikk;
	/** For the LIS, of one that waits for a supervisør; null otherwise. */
	purring: Purring | null;
	abilities: Record<'trekk' | 'angre' | 'dupliser' | 'vurder', boolean>;
};

export type AktivitetSide = ({ skjema: Skjemaside; lest: null } | { skjema: null; lest: Leseside }) & {
	filer: Filliste;
};

/**
 * S13: a draft in its form for the LIS who writes it; everything else to read, for those who may. Notes in the access log that others
 * opened it. Throws `not_found` or `ended`.
 */
export async function hentAktivitetSide(ctx: Ctx, id: string, regler: Filregler): Promise<AktivitetSide> {
	const rad = await findAktivitet(ctx.db, id);
	authorize(ctx.actor, 'aktivitet.se', rad, ctx.now);
	const skriver = can(ctx.actor, 'aktivitet.skriv', rad, ctx.now);
	const [filer, historikk, valg] = await Promise.all([
		hentFilliste(ctx, vedAktivitet(rad), regler),
		skriver ? listHistorikk(ctx.db, { lisId: rad.lisId, kode: null, objekter: [id] }) : [],
		skriver && rad.status === 'kladd' ? hentValg(ctx) : null
	]);
	const hendt = historikk.map(({ type, at, navn, grunn }) => ({ type, at, navn, grunn }));
	if (valg) return { skjema: { verdier: verdier(rad), valg, historikk: hendt }, lest: null, filer };
	if (!skriver) await noterLest(ctx, rad);
	return { skjema: null, lest: await leseside(ctx, rad, skriver, hendt), filer };
}

async function leseside(ctx: Ctx, rad: AktivitetRad, egen: boolean, historikk: Historikk): Promise<Leseside> {
	const sendt = egen && rad.status === 'sendt' && rad.supervisorId !== null ? rad.sendtAt : null;
	const [tekster, kode, mottakere, purringer] = await Promise.all([
		listTekster(ctx.db, [rad.id]),
		rad.status === 'signert' ? findBruktKode(ctx.db, rad.id) : undefined,
		egen && rad.invitasjonId !== null ? listSupervisorvalg(ctx.db, rad.lisId, ctx.now) : [],
		hentPurringer(ctx, sendt === null ? [] : [{ id: rad.id, sendtAt: sendt }])
	]);
	const kan = (handling: AktivitetHandling) => egen && kanGjores(rad, handling);
	const { id, status, slag, kurs, dato, sted, tekst, refleksjon, nivaa, supervisorNavn, invitertNavn } = rad;
	const { sendtAt, avgjortAt, avgjortNavn, grunn, tilbakemelding } = rad;
	return {
		aktivitet: {
			...{ id, status, slag, kurs, dato, sted, tekst, refleksjon, nivaa, supervisorNavn, invitertNavn },
			...{ sendtAt, avgjortAt, avgjortNavn, grunn, tilbakemelding },
			lis: { id: rad.lisId, navn: rad.lisNavn },
			krav: tekster.get(rad.id)?.krav ?? null,
			mal: tekster.get(rad.id)?.mal ?? []
		},
		egen,
		invitasjonBorte:
			rad.status === 'sendt' && rad.invitasjonId !== null && !mottakere.some((m) => m.id === rad.invitasjonId),
		ubekreftet: kode !== undefined && kode.bekreftetAt === null && kode.avvistAt === null,
		historikk,
		purring: purringer.get(rad.id) ?? null,
		abilities: {
			trekk: kan('trekk'),
			angre: kan('angre'),
			dupliser: egen,
			vurder: can(ctx.actor, 'aktivitet.vurder', rad, ctx.now) && kanGjores(rad, 'signer')
		}
	};
}

function verdier(rad: AktivitetRad): AktivitetVerdier {
	const gjelder: Gjelder = rad.kurs
		? { hva: 'kurs', kurs: rad.kurs }
		: rad.slag === 'fra_sykehus'
			? { hva: 'sykehus' }
			: rad.kravId === null
				? null
				: { hva: 'krav', kravId: rad.kravId };
	const mottaker = rad.supervisorId
		? ({ hvem: 'person', id: rad.supervisorId } as const)
		: rad.invitasjonId
			? ({ hvem: 'invitasjon', id: rad.invitasjonId } as const)
			: null;
	return {
		...{ id: rad.id, versjon: String(rad.versjon), gjelder: gjelderVerdi(gjelder), mal: rad.koder.join('\n') },
		...{ dato: rad.dato ?? '', sted: rad.sted ?? '', tekst: rad.tekst ?? '', refleksjon: rad.refleksjon ?? '' },
		...{ nivaa: rad.nivaa ?? '', mottaker: mottakerVerdi(mottaker), hvem: rad.lisId }
	};
}

/** In which role somebody reads: the one to whom it was sent, another for this LIS, else that of Helsedirektoratet. */
async function noterLest(ctx: Ctx, { id, lisId, supervisorId }: AktivitetRad): Promise<void> {
	const lest = { lisId, personId: ctx.actor.brukerId, now: ctx.now };
	if (supervisorId === ctx.actor.brukerId) return noterLestAvSupervisor(ctx.db, { ...lest, id });
	const rolle: Rolle = relasjonerTil(ctx.actor, lisId, ctx.now)[0]?.rolle ?? 'hdir';
	await noterInnsynI(ctx.db, { ...lest, rolle, objektId: id, objekt: 'laeringsaktivitet' });
}
