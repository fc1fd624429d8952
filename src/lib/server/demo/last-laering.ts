import { randomUUID } from 'node:crypto';
import { dagINorge } from '#lib/domain/dager.ts';
import { KOMMUNAL_PLAN, type Katalog } from '#lib/domain/laering/katalog.ts';
import type { Db } from '../db/pool.ts';
import { findGjeldendeKatalogId, findKatalog } from '../queries/katalog.ts';
import { insertSyntetiskFravaer, type SyntetiskMal } from '../queries/synthetic-laering.ts';
import { insertSyntetiskLaering, type SyntetiskLis } from './syntetisk-laering.ts';

const DAG = 24 * 60 * 60 * 1000;
/** One in so many has shared the finished plan; one in so many has been away. */
const FERDIG_HVER = 40;
const FRAVAER_HVER = 5;

type Fersk = {
	id: string;
	navn: string;
	nummer: number;
	folk: { rolle: 'veileder' | 'leder' | 'supervisor'; id: string; navn: string }[];
};

/** Plans with history for LIS of the load world: by its number each stands somewhere else in the catalogue. */
export async function seedLastLaering(trx: Db, ferske: Fersk[], start: Date, now: Date): Promise<void> {
	const katalogId = await findGjeldendeKatalogId(trx, KOMMUNAL_PLAN, dagINorge(start));
	const katalog = katalogId && (await findKatalog(trx, katalogId));
	if (!katalog) throw new Error('no version of the municipal plan is published');
	await insertSyntetiskLaering(
		trx,
		ferske.map((en) => lis(en, katalog, start, now))
	);
	await insertSyntetiskFravaer(
		trx,
		ferske
			.filter(({ nummer }) => nummer % FRAVAER_HVER === 0)
			.map(({ id }) => ({
				...{ id: randomUUID(), lis_id: id, slag: 'sykdom' as const, prosent: 100, opprettet_av: id, created_at: start },
				...{
					fra: dagINorge(new Date(start.getTime() + 14 * DAG)),
					til: dagINorge(new Date(start.getTime() + 20 * DAG))
				}
			}))
	);
}

function lis({ id, navn, nummer, folk }: Fersk, katalog: Katalog, start: Date, now: Date): SyntetiskLis {
	const person = (rolle: Fersk['folk'][number]['rolle']) => {
		const funnet = folk.find((en) => en.rolle === rolle);
		if (!funnet) throw new Error(`${navn} has no ${rolle}`);
		return { id: funnet.id, navn: funnet.navn };
	};
	const ferdig = nummer % FERDIG_HVER === 0;
	return {
		...{ id, navn, katalog, start, slutt: new Date(now.getTime() - 5 * DAG) },
		...{ veileder: person('veileder'), leder: person('leder'), supervisor: person('supervisor') },
		mal: ferdig ? new Map(katalog.mal.map(({ kode }) => [kode, 'godkjent'])) : underveis(katalog, nummer),
		...(ferdig ? { delt: { behandlet: false } } : {})
	};
}

const TILSTANDER: (SyntetiskMal['status'] | 'pagar')[] = [
	...(['godkjent', 'godkjent', 'godkjent', 'sendt', 'godkjent', 'pagar', 'godkjent'] as const),
	...(['sendt_tilbake', 'sendt', 'underkjent', 'pagar', 'pagar'] as const)
];

function underveis({ mal }: Katalog, nummer: number): SyntetiskLis['mal'] {
	return new Map(
		TILSTANDER.flatMap((tilstand, i) => {
			const kode = mal[(nummer + i) % mal.length]?.kode;
			return kode === undefined ? [] : [[kode, tilstand] as const];
		})
	);
}
