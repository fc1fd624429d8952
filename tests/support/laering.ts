import { randomUUID } from 'node:crypto';
import { dagINorge } from '#lib/domain/dager.ts';
import { KOMMUNAL_PLAN } from '#lib/domain/laering/katalog.ts';
import type { Kladd } from '#lib/domain/laering/skjema.ts';
import { findGjeldendeKatalogId, findKatalog } from '#lib/server/queries/katalog.ts';
import type { Person, World } from './world.ts';

/** The krav of one goal in today's version. */
export async function kravAv(world: World, kode: string): Promise<{ id: string; slag: string }[]> {
	const id = await findGjeldendeKatalogId(world.owner, KOMMUNAL_PLAN, dagINorge(world.now));
	const katalog = await findKatalog(world.owner, id ?? '');
	return katalog?.mal.find((mal) => mal.kode === kode)?.krav ?? [];
}

/** A new draft as the form gives it: all that must be there for `krav`, to `supervisor`. */
export function utfylt(world: World, krav: string, supervisor: Person | null, mer: Partial<Kladd> = {}): Kladd {
	return {
		...{ id: randomUUID(), versjon: 0, gjelder: { hva: 'krav', kravId: krav }, mal: [], dato: dagINorge(world.now) },
		...{ sted: 'Sykehjemmet', tekst: 'Sårstell', refleksjon: 'Bør øve mer', nivaa: 'under_supervisjon' },
		mottaker: supervisor && { hvem: 'person', id: supervisor.id },
		...mer
	};
}
