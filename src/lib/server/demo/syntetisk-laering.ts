import { createHash, randomUUID } from 'node:crypto';
import { canonicalJson } from '#lib/collab/canonical-json.ts';
import { dagINorge } from '#lib/domain/dager.ts';
import type { Katalog, KatalogKrav, KatalogMal } from '#lib/domain/laering/katalog.ts';
import type { SignertAktivitet } from '#lib/domain/laering/signert.ts';
import type { Db } from '../db/pool.ts';
import { insertHistorikk, type Hendelse } from '../varsler/hendelse.ts';
import {
	insertSyntetiskeAktiviteter,
	insertSyntetiskeAnbefalinger,
	insertSyntetiskeMal,
	updateSyntetiskePlaner,
	type SyntetiskAktivitet,
	type SyntetiskAnbefaling,
	type SyntetiskMal,
	type SyntetiskPlan
} from '../queries/synthetic-laering.ts';

const DAG = 24 * 60 * 60 * 1000;
const REQUEST = 'seed';

type Navngitt = { id: string; navn: string };
export type SyntetiskLis = Navngitt & {
	veileder: Navngitt;
	leder: Navngitt;
	supervisor: Navngitt;
	katalog: Katalog;
	/** When the service began, and the last day that anything was done on. */
	start: Date;
	slutt: Date;
	/** Where each goal that something was done for stands; those of a plan that is shared are all approved. */
	mal: Map<string, SyntetiskMal['status'] | 'pagar'>;
	/** Goals that Helsedirektoratet has confirmed, and by whom. */
	bekreftet?: { koder: string[]; av: string };
	/** The plan is complete and shared; `behandlet`: Helsedirektoratet is done with it, too. */
	delt?: { behandlet: boolean };
};

type Samling = {
	aktiviteter: SyntetiskAktivitet[];
	anbefalinger: SyntetiskAnbefaling[];
	mal: SyntetiskMal[];
	planer: SyntetiskPlan[];
	hendelser: Hendelse[];
};

/** Adds plans with their history for LIS who have the municipal plan and nothing in it yet, in a few statements for all of them. */
export async function insertSyntetiskLaering(trx: Db, lis: SyntetiskLis[]): Promise<void> {
	const alt: Samling = { aktiviteter: [], anbefalinger: [], mal: [], planer: [], hendelser: [] };
	for (const en of lis) samle(alt, en);
	await insertSyntetiskeAktiviteter(trx, alt.aktiviteter);
	await insertSyntetiskeAnbefalinger(trx, alt.anbefalinger);
	await insertSyntetiskeMal(trx, alt.mal);
	await updateSyntetiskePlaner(trx, alt.planer);
	await insertHistorikk(
		trx,
		alt.hendelser.sort((a, b) => a.at.getTime() - b.at.getTime())
	);
}

function samle(alt: Samling, lis: SyntetiskLis): void {
	const valgte = lis.katalog.mal.filter(({ kode }) => lis.mal.has(kode));
	const steg = (lis.slutt.getTime() - lis.start.getTime()) / Math.max(valgte.length, 1);
	valgte.forEach((mal, i) => samleMal(alt, lis, mal, new Date(lis.start.getTime() + i * steg)));
	const { slutt, delt } = lis;
	alt.planer.push({
		lis_id: lis.id,
		status: delt ? 'delt' : 'paabegynt',
		at: delt ? slutt : lis.start,
		behandlet_at: delt?.behandlet ? slutt : null
	});
	alt.hendelser.push({ ...hendelse(lis, 'plan.begynt', lis.start), aktorId: lis.id, aktorRolle: 'lis' });
	if (!delt) return;
	alt.hendelser.push({ ...hendelse(lis, 'plan.fullfort', slutt), aktorId: lis.leder.id, aktorRolle: 'leder' });
	alt.hendelser.push({ ...hendelse(lis, 'plan.delt', slutt), aktorId: lis.id, aktorRolle: 'lis' });
}

/** What was done for one goal: each krav fulfilled when it was sent, one of them waiting and one half written when it was not. */
function samleMal(alt: Samling, lis: SyntetiskLis, mal: KatalogMal, fra: Date): void {
	const status = lis.mal.get(mal.kode) ?? 'pagar';
	mal.krav.forEach((krav, i) => {
		const apen = status === 'pagar' ? (['sendt', 'kladd'] as const)[i] : undefined;
		if (status === 'pagar' && apen === undefined) return;
		const ferdig = krav.slag === 'signeres' ? 'signert' : 'registrert';
		const uferdig = krav.slag === 'signeres' ? (apen ?? 'signert') : 'kladd';
		samleAktivitet(alt, lis, mal, krav, apen ? uferdig : ferdig, fra);
	});
	if (status === 'pagar') return;
	const sendt = new Date(fra.getTime() + 2 * DAG);
	for (const rolle of ['veileder', 'supervisor'] as const) {
		const rad = { id: randomUUID(), lis_id: lis.id, kode: mal.kode, av: lis[rolle].id, rolle, at: sendt };
		alt.anbefalinger.push(rad);
		const type = hendelse(lis, 'mal.anbefalt', sendt, rad.id, { kode: mal.kode });
		alt.hendelser.push({ ...type, aktorId: rad.av, aktorRolle: rolle });
	}
	avgjort(alt, lis, mal.kode, status, sendt);
}

const AVGJORT = { godkjent: 'mal.godkjent', sendt_tilbake: 'mal.sendt-tilbake', underkjent: 'mal.underkjent' } as const;

function avgjort(alt: Samling, lis: SyntetiskLis, kode: string, status: SyntetiskMal['status'], sendt: Date): void {
	const at = status === 'sendt' ? null : new Date(sendt.getTime() + DAG);
	const bekreftet = lis.bekreftet?.koder.includes(kode) ? lis.bekreftet.av : null;
	const grunn = status === 'sendt_tilbake' || status === 'underkjent' ? 'Syntetisk begrunnelse.' : null;
	const id = randomUUID();
	alt.mal.push({
		...{
			id,
			lis_id: lis.id,
			kode,
			katalog_id: lis.katalog.id,
			status,
			fullfort_dato: dagINorge(sendt),
			sendt_at: sendt
		},
		...{ avgjort_at: at, avgjort_av: at && lis.leder.id, grunn, uten: null },
		...{ bekreftet_at: bekreftet === null ? null : lis.slutt, bekreftet_av: bekreftet }
	});
	const data = { kode };
	alt.hendelser.push({ ...hendelse(lis, 'mal.sendt', sendt, id, data), aktorId: lis.id, aktorRolle: 'lis' });
	if (status !== 'sendt' && at) {
		const spor = hendelse(lis, AVGJORT[status], at, id, grunn ? { ...data, grunn } : data);
		alt.hendelser.push({ ...spor, aktorId: lis.leder.id, aktorRolle: 'leder' });
	}
	if (bekreftet)
		alt.hendelser.push({
			...hendelse(lis, 'mal.bekreftet', lis.slutt, id, data),
			...{ aktorId: bekreftet, aktorRolle: 'hdir' }
		});
}

function samleAktivitet(
	alt: Samling,
	lis: SyntetiskLis,
	mal: KatalogMal,
	krav: KatalogKrav,
	status: SyntetiskAktivitet['status'],
	fra: Date
): void {
	const sendt = krav.slag === 'signeres' && status !== 'kladd';
	const avgjort = status === 'signert' ? new Date(fra.getTime() + DAG) : null;
	const rad: SyntetiskAktivitet = {
		...{ id: randomUUID(), lis_id: lis.id, krav_id: krav.id, slag: krav.slag, kurs: null, koder: [mal.kode], status },
		...{ dato: dagINorge(fra), sted: 'Syntetisk legekontor', tekst: 'Syntetisk tekst.', refleksjon: null },
		nivaa: mal.nivaer[0] ?? null,
		supervisor_id: krav.slag === 'signeres' ? lis.supervisor.id : null,
		...{ created_at: fra, sendt_at: sendt ? fra : null, avgjort_at: avgjort, grunn: null, signert_hash: null }
	};
	alt.aktiviteter.push(rad);
	const type = sendt ? 'aktivitet.sendt' : status === 'registrert' ? 'aktivitet.registrert' : 'aktivitet.opprettet';
	alt.hendelser.push({ ...hendelse(lis, type, fra, rad.id), aktorId: lis.id, aktorRolle: 'lis' });
	if (!avgjort) return;
	const signert = detSignerte(lis, mal, krav, rad, avgjort);
	rad.signert_hash = createHash('sha256').update(canonicalJson(signert)).digest('hex');
	const spor = hendelse(lis, 'aktivitet.signert', avgjort, rad.id, { signert, fra: 'sendt' });
	alt.hendelser.push({ ...spor, aktorId: lis.supervisor.id, aktorRolle: 'supervisor' });
}

function detSignerte(
	lis: SyntetiskLis,
	mal: KatalogMal,
	krav: KatalogKrav,
	rad: SyntetiskAktivitet,
	at: Date
): SignertAktivitet {
	const { plan, versjon } = lis.katalog;
	const { id, dato, sted, tekst, refleksjon, nivaa } = rad;
	return {
		...{ format: 'lis-kommune/aktivitet/1', id, lis: { id: lis.id, navn: lis.navn } },
		krav: { id: krav.id, tittel: krav.tittel, plan, versjon },
		mal: [{ kode: mal.kode, tittel: mal.tittel, plan, versjon }],
		...{ dato, sted, tekst, refleksjon, nivaa, tilbakemelding: null },
		sendtAt: rad.sendt_at?.toISOString() ?? null,
		supervisor: { id: lis.supervisor.id, navn: lis.supervisor.navn },
		signertAt: at.toISOString()
	};
}

function hendelse(
	lis: SyntetiskLis,
	type: Hendelse['type'],
	at: Date,
	objektId?: string,
	data?: Record<string, unknown>
): Omit<Hendelse, 'aktorId' | 'aktorRolle'> {
	return {
		...{ type, at, lisId: lis.id, requestId: REQUEST },
		...(objektId === undefined ? {} : { objektId }),
		...(data === undefined ? {} : { data })
	};
}
