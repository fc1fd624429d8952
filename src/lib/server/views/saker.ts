import type { AktivitetSlag, AktivitetStatus } from '#lib/domain/laering/aktivitet.ts';
import type { Tospraklig } from '#lib/domain/laering/katalog.ts';
import { kanGjores, type MalStatus, type Uten } from '#lib/domain/laering/mal.ts';
import { authorize, can } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { noterInnsynI } from '../queries/innsyn.ts';
import { findKataloger } from '../queries/katalog.ts';
import { listAktiviteterForLis } from '../queries/laeringsaktivitet.ts';
import { listMalForLis } from '../queries/maloppnaelse.ts';
import { findSak, listSaker, type SakRad } from '../queries/sak.ts';
import { hentFilerVed, vedAktivitet, vedMal, type FilKort } from './filer.ts';

export type Sakmal = {
	kode: string;
	versjon: number;
	tittel: Tospraklig;
	status: MalStatus;
	avgjort: { navn: string | null; at: Date | null };
	grunn: string | null;
	uten: Uten | null;
	utenTekst: string | null;
	bekreftetAt: Date | null;
	anbefalt: { navn: string; rolle: 'veileder' | 'supervisor'; at: Date }[];
	aktiviteter: {
		id: string;
		krav: Tospraklig | null;
		slag: AktivitetSlag;
		status: AktivitetStatus;
		dato: string | null;
		sted: string | null;
		tekst: string | null;
		hos: string | null;
		filer: FilKort[];
	}[];
	filer: FilKort[];
	abilities: { bekreft: boolean };
};
export type Sak = SakRad & {
	temaer: { tema: Tospraklig; mal: Sakmal[] }[];
	antall: number;
	bekreftet: number;
	abilities: { behandle: boolean };
};

/** The case queue of Helsedirektoratet: plans that are shared, the oldest first, and those dealt with. Throws `not_found` for others. */
export async function hentSaker(ctx: Ctx): Promise<{ venter: SakRad[]; behandlet: SakRad[] }> {
	authorize(ctx.actor, 'portal.katalog', { portal: true }, ctx.now);
	const saker = await listSaker(ctx.db);
	return {
		venter: saker.filter(({ behandletAt }) => behandletAt === null),
		behandlet: saker.filter(({ behandletAt }) => behandletAt !== null)
	};
}

/** One case: the goals with who approved them, on what ground, and the aktiviteter behind. The LIS can be shown that it was opened. */
export async function hentSak(ctx: Ctx, planId: string): Promise<Sak> {
	authorize(ctx.actor, 'portal.katalog', { portal: true }, ctx.now);
	const sak = await findSak(ctx.db, planId);
	authorize(ctx.actor, 'laering.se', sak && { lisId: sak.lisId, delt: true, sak }, ctx.now);
	if (!sak) throw new Error('unreachable: authorize refuses what is not there');
	const { lisId } = sak;
	const [[katalog], rader, aktiviteter] = await Promise.all([
		findKataloger(ctx.db, [sak.katalogId]),
		listMalForLis(ctx.db, lisId),
		listAktiviteterForLis(ctx.db, lisId),
		noterInnsynI(ctx.db, {
			...{ lisId, personId: ctx.actor.brukerId, rolle: 'hdir', objekt: 'plan', objektId: planId, now: ctx.now }
		})
	]);
	const radAv = new Map(rader.map((rad) => [rad.kode, rad]));
	const sette = aktiviteter.filter((en) => can(ctx.actor, 'aktivitet.se', en, ctx.now));
	const filer = await hentFilerVed(ctx, [...sette.map(vedAktivitet), ...rader.map(vedMal)]);
	const kravtekst = new Map(katalog?.mal.flatMap(({ krav }) => krav.map((ett) => [ett.id, ett.tittel] as const)));
	const mal = (katalog?.mal ?? []).flatMap((tekst) => {
		const rad = radAv.get(tekst.kode);
		if (!rad) return [];
		const { kode, versjon, status, grunn, uten, utenTekst, bekreftetAt } = rad;
		const kort: Sakmal = {
			...{ kode, versjon, status, grunn, uten, utenTekst, bekreftetAt, tittel: tekst.tittel },
			avgjort: { navn: rad.avgjortNavn, at: rad.avgjortAt },
			anbefalt: rad.anbefalinger.map(({ navn, rolle, at }) => ({ navn, rolle, at })),
			aktiviteter: sette
				.filter(({ koder }) => koder.includes(kode))
				.map((en) => ({
					...{ id: en.id, slag: en.slag, status: en.status, dato: en.dato, sted: en.sted, tekst: en.tekst },
					krav: kravtekst.get(en.kravId ?? '') ?? null,
					hos: en.avgjortNavn ?? en.supervisorNavn,
					filer: filer(lisId, { slag: 'aktivitet', id: en.id })
				})),
			filer: filer(lisId, { slag: 'mal', kode }),
			abilities: { bekreft: kanGjores({ status, bekreftet: bekreftetAt !== null }, 'bekreft') }
		};
		return [{ tema: tekst.tema, kort }];
	});
	return {
		...sak,
		temaer: [...Map.groupBy(mal, ({ tema }) => tema.nb).values()].map((gruppe) => ({
			tema: gruppe[0]?.tema ?? { nb: '', nn: '' },
			mal: gruppe.map(({ kort }) => kort)
		})),
		antall: mal.length,
		bekreftet: mal.filter(({ kort }) => kort.bekreftetAt !== null).length,
		abilities: { behandle: sak.behandletAt === null }
	};
}
