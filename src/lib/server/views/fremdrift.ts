import { dagINorge } from '#lib/domain/dager.ts';
import { AppError } from '#lib/domain/feil.ts';
import type { Fremdrift } from '#lib/domain/laering/fremdrift.ts';
import type { Katalog, Tospraklig } from '#lib/domain/laering/katalog.ts';
import type { MalStatus } from '#lib/domain/laering/mal.ts';
import { beregnSelvstendig, type Selvstendig } from '#lib/domain/laering/selvstendig.ts';
import type { Purring } from '#lib/domain/laering/purring.ts';
import type { Fravaersperiode } from '#lib/domain/laering/tjenestetid.ts';
import { authorize, can } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { listFremdrift, type FremdriftRad } from '../queries/fremdrift.ts';
import { findKataloger } from '../queries/katalog.ts';
import { listBekreftelser } from '../queries/tjenestebekreftelse.ts';
import { regnFremdrift, regnStaende } from './fremdrift-regn.ts';
import { noterInnsynIPlan } from './innsyn.ts';
import { hentPurringer } from './purring.ts';
import { personKort, type PersonKort } from './kort.ts';

/** The goals of one theme: how many stand where. */
export type Temafremdrift = { navn: Tospraklig; antall: Partial<Record<MalStatus, number>> };

export type Fremdriftside = {
	lis: PersonKort & { arbeidssted: string | null; erMeg: boolean };
	idag: string;
	/** Null while the first day of the service is not known. */
	linje: (Fremdrift & { fravaer: Fravaersperiode[] }) | null;
	fravaer: (Fravaersperiode & { id: string })[];
	temaer: Temafremdrift[];
	/** Goals in the order of the catalogue. */
	mal: { kode: string; tittel: Tospraklig; tema: Tospraklig; status: MalStatus; godkjentDato: string | null }[];
	grupper: ReturnType<typeof regnStaende>['grupper'];
	/** For the LIS themself, of what waits for somebody: by aktivitet's id or goal's code. */
	purringer: Record<string, Purring>;
	/** Goals that were sent and wait for there to be a leder. */
	utenLeder: number;
	selvstendig: Selvstendig;
	bekreftelser: { id: string; avNavn: string; fra: string; til: string; at: Date }[];
	megId: string;
	/** `hentBekreftelse`: the papers that confirm the service. */
	abilities: { fravaer: boolean; bekreft: boolean; hentBekreftelse: boolean };
};

/**
 * S11: the progress of one LIS, for the LIS, the veileder and the leder. That an absence was sickness only the LIS themself is told: to others it is
 * absence, which counts the same. Throws `not_found` or `ended`.
 */
export async function hentFremdrift(ctx: Ctx, lisId: string): Promise<Fremdriftside> {
	// What Helsedirektoratet rules on is the goals of a plan, not absence and tempo.
	authorize(ctx.actor, 'laering.se', { lisId, delt: false }, ctx.now);
	const [[funnet], bekreftelser] = await Promise.all([
		listFremdrift(ctx.db, [lisId], ctx.now),
		listBekreftelser(ctx.db, lisId)
	]);
	if (!funnet) throw new AppError('not_found');
	const erMeg = ctx.actor.brukerId === lisId;
	const fravaer = can(ctx.actor, 'laering.for', { lisId }, ctx.now);
	const bekreft = can(ctx.actor, 'tjeneste.bekreft', { lisId }, ctx.now);
	const rad = erMeg ? funnet : { ...funnet, fravaer: funnet.fravaer.map(utenSykdom) };
	await noterInnsynIPlan(ctx, lisId, rad.planId === null ? [] : [rad.planId]);
	const [mal, purringer] = await Promise.all([medTekst(ctx, rad), erMeg ? hentMinePurringer(ctx, rad) : {}]);
	const linje = regnFremdrift(rad, ctx.now);
	const status = new Map(rad.mal.map((ett) => [ett.kode, ett]));
	return {
		lis: { ...personKort(rad), arbeidssted: rad.arbeidssted, erMeg },
		idag: dagINorge(ctx.now),
		linje: linje && { ...linje, fravaer: rad.fravaer.map(periode) },
		fravaer: rad.fravaer,
		temaer: etterTema(mal),
		mal: mal.map(({ kode, tittel, tema }) => {
			const { status: na = 'pagar', godkjentDato = null } = status.get(kode) ?? {};
			return { kode, tittel, tema, status: na, godkjentDato };
		}),
		...regnStaende(rad, ctx, {
			mal: (kode) => mal.find((ett) => ett.kode === kode)?.tittel ?? null,
			krav: (id) => mal.flatMap(({ krav }) => krav).find((ett) => ett.id === id)?.tittel ?? null
		}),
		purringer,
		selvstendig: beregnSelvstendig(mal, Object.fromEntries(rad.kurs.map(({ kurs, dato }) => [kurs, dato]))),
		bekreftelser: bekreftelser.map(({ id, avNavn, fra, til, at }) => ({ id, avNavn, fra, til, at })),
		megId: ctx.actor.brukerId,
		abilities: { fravaer, bekreft, hentBekreftelse: fravaer || bekreft }
	};
}

/** What waits for a supervisør or the leder who is there to be reminded. */
async function hentMinePurringer(ctx: Ctx, rad: FremdriftRad): Promise<Record<string, Purring>> {
	const harLeder = rad.folk.some(({ rolle }) => rolle === 'leder');
	const sendt = [
		...rad.venter.flatMap(({ id, sendtAt, supervisorId }) =>
			supervisorId === null ? [] : [{ id, sendtAt, nokkel: id }]
		),
		...rad.mal.flatMap(({ id, kode, status, sendtAt }) =>
			harLeder && status === 'sendt' && id !== null && sendtAt !== null ? [{ id, sendtAt, nokkel: kode }] : []
		)
	];
	const av = await hentPurringer(
		ctx,
		sendt.map(({ id, sendtAt }) => ({ id, sendtAt: new Date(sendtAt) }))
	);
	return Object.fromEntries(
		sendt.flatMap(({ id, nokkel }) => {
			const purring = av.get(id);
			return purring ? [[nokkel, purring]] : [];
		})
	);
}

type MedTekst = Katalog['mal'][number] & { status: MalStatus };

/** The goals with their texts, each in the version that it is judged by, in the order of the catalogue. */
async function medTekst(ctx: Ctx, { mal }: FremdriftRad): Promise<MedTekst[]> {
	const kataloger = await findKataloger(
		ctx.db,
		mal.map(({ katalogId }) => katalogId)
	);
	return kataloger.flatMap(({ id, mal: tekster }) => {
		const av = new Map(mal.filter(({ katalogId }) => katalogId === id).map((ett) => [ett.kode, ett.status]));
		return tekster.flatMap((tekst) => {
			const status = av.get(tekst.kode);
			return status ? [{ ...tekst, status }] : [];
		});
	});
}

function etterTema(mal: MedTekst[]): Temafremdrift[] {
	return [...Map.groupBy(mal, ({ tema }) => tema.nb).values()].map((gruppe) => {
		const antall: Temafremdrift['antall'] = {};
		for (const { status } of gruppe) antall[status] = (antall[status] ?? 0) + 1;
		return { navn: gruppe[0]?.tema ?? { nb: '', nn: '' }, antall };
	});
}

/** Sickness and other absence count the same; which of them it was is nobody else's business. */
function utenSykdom<F extends Fravaersperiode>(fravaer: F): F {
	return fravaer.slag === 'sykdom' ? { ...fravaer, slag: 'annet' } : fravaer;
}

function periode({ slag, fra, til, prosent }: Fravaersperiode): Fravaersperiode {
	return { slag, fra, til, prosent };
}
