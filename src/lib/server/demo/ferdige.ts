import { randomUUID } from 'node:crypto';
import { dagINorge } from '#lib/domain/dager.ts';
import { KOMMUNAL_PLAN } from '#lib/domain/laering/katalog.ts';
import type { Db } from '../db/pool.ts';
import { findGjeldendeKatalogId, findKatalog } from '../queries/katalog.ts';
import { insertBrukere, insertLis, insertRelasjoner } from '../queries/synthetic-people.ts';
import { insertSyntetiskLaering } from './syntetisk-laering.ts';

const DAG = 24 * 60 * 60 * 1000;

/** They have no password: they are there so that Helsedirektoratet has a case to rule on, and one that is done. */
const FERDIGE = [
	{ brukernavn: 'ferdig-lis', navn: 'Ingrid Solbakken', begynte: 205, sluttet: 9, bekreftet: 12, behandlet: false },
	{ brukernavn: 'ferdig-lis2', navn: 'Mats Eide', begynte: 260, sluttet: 41, bekreftet: Infinity, behandlet: true }
];
const RUNDT = [
	{ brukernavn: 'ferdig-veileder', navn: 'Ole Kvam', rolle: 'veileder' },
	{ brukernavn: 'ferdig-leder', navn: 'Randi Moe', rolle: 'leder' },
	{ brukernavn: 'ferdig-supervisor', navn: 'Tuva Lien', rolle: 'supervisor' }
] as const;

/** Two LIS of the demo world who have shared their finished plan with Helsedirektoratet. */
export async function seedFerdige(
	trx: Db,
	{ hdir, arbeidsstedId, now }: { hdir: string; arbeidsstedId: string; now: Date }
): Promise<void> {
	const dag = (dager: number) => new Date(now.getTime() - dager * DAG);
	const folk = [...FERDIGE, ...RUNDT].map((en, i) => ({ ...en, id: randomUUID(), farge: i }));
	await insertBrukere(trx, folk, dag(260));
	const person = (brukernavn: string) => {
		const funnet = folk.find((en) => en.brukernavn === brukernavn);
		if (!funnet) throw new Error(`nobody is called ${brukernavn}`);
		return { id: funnet.id, navn: funnet.navn };
	};
	for (const en of FERDIGE) {
		const lis = person(en.brukernavn);
		const start = dag(en.begynte);
		await insertLis(trx, [{ brukerId: lis.id, arbeidsstedId, startDato: dagINorge(start) }], start);
		await insertRelasjoner(
			trx,
			RUNDT.map(({ brukernavn, rolle }) => ({
				...{ id: randomUUID(), lisId: lis.id, personId: person(brukernavn).id, rolle, fra: start }
			}))
		);
		const katalogId = await findGjeldendeKatalogId(trx, KOMMUNAL_PLAN, dagINorge(start));
		const katalog = katalogId && (await findKatalog(trx, katalogId));
		if (!katalog) throw new Error('no version of the municipal plan is published');
		const koder = katalog.mal.map(({ kode }) => kode);
		await insertSyntetiskLaering(trx, [
			{
				...{ ...lis, katalog, start, slutt: dag(en.sluttet), delt: { behandlet: en.behandlet } },
				veileder: person('ferdig-veileder'),
				leder: person('ferdig-leder'),
				supervisor: person('ferdig-supervisor'),
				mal: new Map(koder.map((kode) => [kode, 'godkjent'])),
				bekreftet: { koder: koder.slice(0, en.bekreftet), av: hdir }
			}
		]);
	}
}
