import { randomUUID } from 'node:crypto';
import type { Actor, Rolle } from '#lib/domain/actor.ts';
import { dagINorge } from '#lib/domain/dager.ts';
import { KOMMUNAL_PLAN, type Katalog } from '#lib/domain/laering/katalog.ts';
import { anbefalMal } from '../commands/anbefal-mal.ts';
import { godkjennMal } from '../commands/godkjenn-mal.ts';
import { begynnPlaner, noter } from '../commands/lib/laering.ts';
import { sendTilbakeMal } from '../commands/send-tilbake-mal.ts';
import { signerAktiviteter } from '../commands/signer-aktivitet.ts';
import { underkjennAktivitet } from '../commands/underkjenn-aktivitet.ts';
import { underkjennMal } from '../commands/underkjenn-mal.ts';
import type { Ctx } from '../ctx.ts';
import type { Db } from '../db/pool.ts';
import { findGjeldendeKatalogId, findKatalog } from '../queries/katalog.ts';
import { findAktivitet, insertAktivitet, updateAktivitet } from '../queries/laeringsaktivitet.ts';
import { findMal, insertSendt, updateMal } from '../queries/maloppnaelse.ts';
import { insertSyntetiskFravaer } from '../queries/synthetic-laering.ts';
import { DEMO_AKTIVITETER, DEMO_FRAVAER, DEMO_MAL, type DemoAktivitet, type DemoMal } from './laering-innhold.ts';

const TIME = 60 * 60 * 1000;
const DAG = 24 * TIME;
type Person = 'lis' | 'lis2' | 'veileder' | 'leder' | 'supervisor';

/** An act of one person at one time. */
type Steg = { at: Date; gjor: () => Promise<void> };
type Scene = {
	trx: Db;
	id: Record<Person, string>;
	katalog: Katalog;
	/** The person as they act, so long after the day of what they did. */
	som: (hvem: Person, at: Date) => Ctx;
	dag: (dager: number) => Date;
};

/** Lets the people of the demo world work through weeks of their plans, in the order of time, by the same commands as people. */
export async function seedDemoLaering(
	trx: Db,
	{ id, navn, start, now }: { id: Record<Person, string>; navn: Record<Person, string>; start: Date; now: Date }
): Promise<void> {
	const katalogId = await findGjeldendeKatalogId(trx, KOMMUNAL_PLAN, dagINorge(start));
	const katalog = katalogId && (await findKatalog(trx, katalogId));
	if (!katalog) throw new Error('no version of the municipal plan is published');
	const scene: Scene = {
		...{ trx, id, katalog },
		som: (hvem, at) => ({ db: trx, actor: aktor(hvem, id, navn[hvem]), now: at, requestId: 'seed', manglerEid: false }),
		dag: (dager) => new Date(now.getTime() - dager * DAG)
	};
	const steg = [
		...DEMO_AKTIVITETER.flatMap((en) => aktivitetSteg(scene, en)),
		...DEMO_MAL.flatMap((ett) => malSteg(scene, ett))
	];
	for (const ett of steg.sort((a, b) => a.at.getTime() - b.at.getTime())) await ett.gjor();
	await insertSyntetiskFravaer(
		trx,
		DEMO_FRAVAER.map(({ slag, fra, til, prosent }) => ({
			...{ id: randomUUID(), lis_id: id.lis2, slag, prosent, opprettet_av: id.lis2, created_at: scene.dag(fra) },
			...{ fra: dagINorge(scene.dag(fra)), til: dagINorge(scene.dag(til)) }
		}))
	);
}

function aktor(hvem: Person, id: Record<Person, string>, navn: string): Actor {
	const erLis = hvem === 'lis' || hvem === 'lis2';
	return {
		...{ brukerId: id[hvem], brukernavn: hvem, navn, sprak: 'nb', farge: 0, erLis, fasteRoller: [] },
		relasjoner: erLis
			? []
			: (['lis', 'lis2'] as const).map((lis) => ({ lisId: id[lis], rolle: hvem, fra: new Date(0), til: null }))
	};
}

/** Written on its day, sent in the evening, decided on the day after. */
function aktivitetSteg(scene: Scene, demo: DemoAktivitet): Steg[] {
	const { trx, som } = scene;
	const aktivitetId = randomUUID();
	const at = scene.dag(demo.dager);
	const lisId = scene.id[demo.lis];
	const { krav, slag, kurs, koder } = gjelder(scene.katalog, demo);
	const spor = (hvem: Rolle) => ({ rolle: hvem, lisId, objektId: aktivitetId });
	const steg: Steg[] = [
		{
			at,
			gjor: async () => {
				const { sted, tekst, refleksjon = null, nivaa = null } = demo;
				const supervisorId = slag === 'signeres' ? scene.id.supervisor : null;
				const innhold = { slag, kravId: krav, kurs, dato: dagINorge(at), sted, tekst, refleksjon, nivaa, supervisorId };
				await insertAktivitet(trx, {
					...{ id: aktivitetId, lisId, koder, now: at },
					innhold: { ...innhold, invitasjonId: null }
				});
				await noter(trx, som(demo.lis, at), { type: 'aktivitet.opprettet', ...spor('lis') });
				await begynnPlaner(trx, som(demo.lis, at), lisId, koder);
			}
		}
	];
	if (demo.utfall === 'kladd') return steg;
	const sendt = new Date(at.getTime() + 5 * TIME);
	const registrert = demo.utfall === 'registrert';
	steg.push({
		at: sendt,
		gjor: async () => {
			const endring = registrert
				? ({ status: 'registrert' } as const)
				: ({ status: 'sendt', sendt_at: sendt } as const);
			await updateAktivitet(trx, aktivitetId, { ...endring, endret_at: sendt });
			const type = registrert ? 'aktivitet.registrert' : 'aktivitet.sendt';
			await noter(trx, som(demo.lis, sendt), { type, ...spor('lis') });
		}
	});
	const avgjort = new Date(at.getTime() + DAG);
	if (demo.utfall === 'signert' || demo.utfall === 'underkjent')
		steg.push({ at: avgjort, gjor: () => vurder(som('supervisor', avgjort), aktivitetId, demo) });
	return steg;
}

async function vurder(ctx: Ctx, id: string, { utfall, svar, anbefal = false }: DemoAktivitet): Promise<void> {
	const versjon = (await findAktivitet(ctx.db, id))?.versjon ?? 0;
	if (utfall === 'underkjent') await underkjennAktivitet(ctx, { id, versjon, grunn: svar ?? '' });
	else await signerAktiviteter(ctx, { aktiviteter: [{ id, versjon }], tilbakemelding: svar ?? null, anbefal });
}

function gjelder(katalog: Katalog, { krav, ogsa = [] }: DemoAktivitet) {
	if ('slag' in krav) return { krav: null, slag: krav.slag, kurs: 'kurs' in krav ? krav.kurs : null, koder: ogsa };
	const [kode, nr] = krav;
	const valgt = katalog.mal.find((mal) => mal.kode === kode)?.krav[nr - 1];
	if (!valgt) throw new Error(`${kode} has no krav ${nr}`);
	const kurs = kode === 'KLK-037' && valgt.slag === 'kursbevis' ? ('vold_og_overgrep' as const) : null;
	return { krav: valgt.id, slag: valgt.slag, kurs, koder: [kode, ...ogsa].sort() };
}

/** Recommended by the veileder the day before, sent on its day, decided two days later; withdrawn in the week after. */
function malSteg(scene: Scene, demo: DemoMal): Steg[] {
	const { trx, som } = scene;
	const lisId = scene.id[demo.lis];
	const { kode, utfall, grunn = null } = demo;
	const at = scene.dag(demo.dager);
	const etter = (dager: number) => new Date(at.getTime() + dager * DAG);
	const steg: Steg[] = [{ at, gjor: () => sendMal(scene, demo, at) }];
	if (demo.veilederAnbefaler)
		steg.push({ at: etter(-1), gjor: () => anbefalMal(som('veileder', etter(-1)), { lisId, koder: [kode] }) });
	if (utfall === 'sendt') return steg;
	steg.push({
		at: etter(2),
		gjor: async () => {
			const versjon = (await findMal(trx, lisId, kode))?.versjon ?? 0;
			const leder = som('leder', etter(2));
			if (utfall === 'sendt_tilbake') await sendTilbakeMal(leder, { lisId, kode, versjon, grunn: grunn ?? '' });
			else if (utfall === 'underkjent') await underkjennMal(leder, { lisId, kode, versjon, grunn: grunn ?? '' });
			else
				await godkjennMal(leder, {
					...{ lisId, mal: [{ kode, versjon }], uten: demo.uten ?? null, utenTekst: null },
					kommentar: utfall === 'godkjent' ? grunn : null
				});
		}
	});
	if (utfall === 'trukket') steg.push({ at: etter(6), gjor: () => trekk(scene, demo, etter(6)) });
	return steg;
}

async function sendMal({ trx, id, katalog, som }: Scene, demo: DemoMal, at: Date): Promise<void> {
	const lisId = id[demo.lis];
	const ny = { id: randomUUID(), lisId, kode: demo.kode, katalogId: katalog.id, kommentar: demo.kommentar ?? null };
	await insertSendt(trx, { ...ny, fullfortDato: dagINorge(at), now: at });
	const spor = { type: 'mal.sendt', rolle: 'lis', lisId, objektId: ny.id, data: { kode: demo.kode } } as const;
	await noter(trx, som(demo.lis, at), spor);
}

/** Without the command, which sends a mail: the catcher of a new demo world is empty. */
async function trekk({ trx, id, som }: Scene, { lis, kode, grunn = '' }: DemoMal, at: Date): Promise<void> {
	const mal = await findMal(trx, id[lis], kode);
	if (!mal?.id) throw new Error(`${kode} was never sent`);
	await updateMal(trx, mal.id, {
		status: 'trukket',
		avgjort_at: at,
		avgjort_av: id.leder,
		avgjort_rolle: 'leder',
		grunn
	});
	await noter(trx, som('leder', at), {
		...{ type: 'mal.godkjenning-trukket', rolle: 'leder', lisId: id[lis], objektId: mal.id },
		data: { kode, fra: mal.status, grunn }
	});
}
