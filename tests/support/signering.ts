import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { AktivitetStatus } from '#lib/domain/laering/aktivitet.ts';
import type { MalStatus } from '#lib/domain/laering/mal.ts';
import { updateAktivitet, insertAktivitet, type AktivitetInnhold } from '#lib/server/queries/laeringsaktivitet.ts';
import { findMal, insertSendt, updateMal, type MalRad } from '#lib/server/queries/maloppnaelse.ts';
import { insertAnbefaling } from '#lib/server/queries/anbefaling.ts';
import type { Person, World } from './world.ts';

/** Makes what a LIS has done, straight in the database and in any state, with the owner's rights: for tests of what comes afterwards. */

/** A goal of the municipal plan, with the ids of its krav, those that are signed first. */
export async function malMedKrav(world: World, lis: Person, nummer = 0): Promise<{ kode: string; krav: string[] }> {
	const rader = await world.owner
		.selectFrom('katalog_krav as k')
		.innerJoin('plan_tildeling as p', 'p.katalog_id', 'k.katalog_id')
		.select(['k.kode', 'k.krav_id'])
		.where('p.lis_id', '=', lis.id)
		.orderBy('k.kode')
		.orderBy(sql`k.slag <> 'signeres'`)
		.orderBy('k.rekkefolge')
		.execute();
	const koder = [...new Set(rader.map(({ kode }) => kode))];
	const kode = koder[nummer] ?? '';
	return { kode, krav: rader.filter((rad) => rad.kode === kode).map((rad) => rad.krav_id) };
}

/** An aktivitet that serves a goal and fulfils its first krav; sent to the supervisør unless another state is asked for. */
export async function aktivitet(
	world: World,
	{
		lis,
		supervisor,
		status = 'sendt',
		koder,
		...innhold
	}: {
		lis: Person;
		supervisor: Person;
		status?: AktivitetStatus;
		koder?: string[];
	} & Partial<AktivitetInnhold>
): Promise<string> {
	const id = randomUUID();
	const { kode, krav } = await malMedKrav(world, lis);
	await insertAktivitet(world.owner, {
		...{ id, lisId: lis.id, koder: koder ?? [kode], now: world.now },
		innhold: {
			...{ slag: status === 'registrert' ? 'egenregistrert' : 'signeres', kravId: krav[0] ?? null, kurs: null },
			...{ dato: '2026-11-20', sted: 'Legekontoret', tekst: 'Konsultasjon med veiledning', refleksjon: null },
			...{ nivaa: 'under_supervisjon', supervisorId: supervisor.id, invitasjonId: null, ...innhold }
		}
	});
	const avgjort = { avgjort_at: world.now, avgjort_av: supervisor.id };
	if (status === 'registrert') await updateAktivitet(world.owner, id, { status });
	else if (status !== 'kladd') {
		await updateAktivitet(world.owner, id, { status: 'sendt', sendt_at: world.past(30) });
		if (status === 'underkjent') await updateAktivitet(world.owner, id, { status, ...avgjort, grunn: 'Mangler noe' });
		if (status === 'signert')
			await updateAktivitet(world.owner, id, { status, ...avgjort, signert_hash: Buffer.alloc(32) });
	}
	return id;
}

/** A goal in any state; `av` decided, where somebody has. Nothing is in the log: what is tested is what comes now. */
export async function mal(world: World, lis: Person, kode: string, status: MalStatus, av: Person): Promise<MalRad> {
	const db = world.owner;
	const rad = async () => {
		const funnet = await findMal(db, lis.id, kode);
		if (!funnet) throw new Error(`${kode} is in no plan of ${lis.brukernavn}`);
		return funnet;
	};
	const { katalogId } = await rad();
	const sendt = { lisId: lis.id, kode, katalogId, fullfortDato: '2026-11-20', kommentar: null, now: world.past(20) };
	await insertSendt(db, { id: randomUUID(), ...sendt });
	const { id } = await rad();
	if (id === null || status === 'sendt') return rad();
	const avgjort = { avgjort_at: world.now, avgjort_av: av.id, avgjort_rolle: 'leder' } as const;
	const vei: MalStatus[] = status === 'trukket' ? ['godkjent', 'trukket'] : [status];
	for (const neste of vei) {
		const grunn = neste === 'pagar' || neste === 'godkjent' ? {} : { grunn: 'Mangler noe' };
		const uten = neste === 'godkjent' ? ({ uten: 'muntlig' } as const) : {};
		await updateMal(db, id, { status: neste, ...(neste === 'pagar' ? {} : avgjort), ...grunn, ...uten });
	}
	return rad();
}

/** Both recommendations that the regulation asks for. */
export async function anbefalt(world: World, lis: Person, kode: string, veileder: Person, supervisor: Person) {
	for (const [av, rolle] of [
		[veileder, 'veileder'],
		[supervisor, 'supervisor']
	] as const)
		await insertAnbefaling(world.owner, { id: randomUUID(), lisId: lis.id, kode, av: av.id, rolle, now: world.now });
}

/** The events about one thing, or of one LIS, the oldest first. */
export function hendelser(world: World, hva: { objektId: string } | { lisId: string }) {
	const query = world.owner
		.selectFrom('hendelse')
		.select(['type', 'aktor_id', 'aktor_rolle', 'objekt_id', 'data'])
		.orderBy('id');
	return 'objektId' in hva
		? query.where('objekt_id', '=', hva.objektId).execute()
		: query.where('lis_id', '=', hva.lisId).execute();
}
