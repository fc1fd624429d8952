import { randomUUID } from 'node:crypto';
import type { Actor } from '#lib/domain/actor.ts';
import { dagINorge } from '#lib/domain/dager.ts';
import { EID_EIER } from '../auth/eid/bevis.ts';
import { forsegl, pidHash } from '../auth/hemmelighet.ts';
import { hashPassord } from '../auth/passord.ts';
import { opprettSamtale } from '../commands/opprett-samtale.ts';
import type { Ctx } from '../ctx.ts';
import { transaction, type Db } from '../db/pool.ts';
import { insertIdentitet } from '../queries/eid.ts';
import {
	erTom,
	insertBrukere,
	insertFasteRoller,
	insertLis,
	insertRelasjoner,
	insertSteder
} from '../queries/synthetic-people.ts';
import { ryddSyntetiskeVarsler } from '../queries/synthetic-varsler.ts';
import { DEMO_EID } from './eid-personer.ts';
import { seedFerdige } from './ferdige.ts';
import { seedDemoLaering } from './laering.ts';
import { skrivTekst } from './skriv.ts';
import { demoTekst } from './tekst.ts';

const DAG = 24 * 60 * 60 * 1000;

/** The log-ins of contract.md, with synthetic people behind them. */
const FOLK = [
	{ brukernavn: 'lis', navn: 'Nora Haugen', farge: 1 },
	{ brukernavn: 'lis2', navn: 'Emil Strøm', farge: 2 },
	{ brukernavn: 'veileder', navn: 'Kari Nordby', farge: 0 },
	{ brukernavn: 'leder', navn: 'Per Ødegård', farge: 3 },
	{ brukernavn: 'supervisor', navn: 'Áile Somby', farge: 4 },
	{ brukernavn: 'hdir', navn: 'Helle Dahl', farge: 5 },
	{ brukernavn: 'drift', navn: 'Dag Rike', farge: 6 }
] as const;
type Brukernavn = (typeof FOLK)[number]['brukernavn'];

/**
 * Makes the demo world in an empty database; does nothing in one that has people. Needs the owner's rights.
 * Returns whether it was made.
 */
export async function seedDemoWorld(
	db: Db,
	{ now, password, pidKey }: { now: Date; password: string; pidKey: Uint8Array }
): Promise<boolean> {
	if (!(await erTom(db))) return false;
	const hash = await hashPassord(password);
	await transaction(db, async (trx) => {
		const id = Object.fromEntries(FOLK.map((person) => [person.brukernavn, randomUUID()])) as Record<
			Brukernavn,
			string
		>;
		const start = new Date(now.getTime() - 82 * DAG);
		const legekontor = randomUUID();
		await insertSteder(trx, { nummer: '4601', navn: 'Bergen' }, [
			{ id: legekontor, navn: 'Sentrum legekontor', slag: 'legekontor' },
			{ id: randomUUID(), navn: 'Lyngtun sykehjem', slag: 'sykehjem' },
			{ id: randomUUID(), navn: 'Bergen legevakt', slag: 'legevakt' },
			{ id: randomUUID(), navn: 'Sentrum helsestasjon', slag: 'helsestasjon' }
		]);
		await insertBrukere(
			trx,
			FOLK.map((person) => ({ ...person, id: id[person.brukernavn], passordHash: hash })),
			start
		);
		for (const { brukernavn } of FOLK) {
			const { pid } = DEMO_EID[brukernavn];
			const pidKryptert = forsegl(pidKey, 'pid', EID_EIER, pid);
			await insertIdentitet(trx, { brukerId: id[brukernavn], pidHash: pidHash(pidKey, pid), pidKryptert, now: start });
		}
		await insertLis(
			trx,
			(['lis', 'lis2'] as const).map((lis) => ({
				brukerId: id[lis],
				arbeidsstedId: legekontor,
				startDato: dagINorge(start)
			})),
			start
		);
		await insertRelasjoner(
			trx,
			(['lis', 'lis2'] as const).flatMap((lis) =>
				(['veileder', 'leder', 'supervisor'] as const).map((rolle) => ({
					id: randomUUID(),
					lisId: id[lis],
					personId: id[rolle],
					rolle,
					fra: start
				}))
			)
		);
		await insertFasteRoller(
			trx,
			(['hdir', 'drift'] as const).map((rolle) => ({ brukerId: id[rolle], rolle, fra: start }))
		);

		const navn = Object.fromEntries(FOLK.map((person) => [person.brukernavn, person.navn])) as Record<
			Brukernavn,
			string
		>;
		await seedDemoLaering(trx, { id, navn, start, now });
		await seedFerdige(trx, { hdir: id.hdir, arbeidsstedId: legekontor, now });

		// Yesterday: what is written below came after it.
		const ctx = veilederCtx(trx, id, new Date(now.getTime() - DAG));
		const dag = (antall: number) => dagINorge(new Date(now.getTime() + antall * DAG));
		const samtale = await opprettSamtale(ctx, {
			lisId: id.lis,
			dato: dag(1),
			fra: '14:30',
			til: '15:15',
			sted: 'Sentrum legekontor'
		});
		await opprettSamtale(ctx, { lisId: id.lis, dato: dag(15), fra: '14:30', til: null, sted: null });
		await opprettSamtale(ctx, { lisId: id.lis2, dato: dag(3), fra: '09:00', til: '09:45', sted: 'Sentrum legekontor' });
		await skrivTekst(trx, samtale.id, demoTekst(id, now));
		await ryddSyntetiskeVarsler(trx, new Date(now.getTime() - 3 * DAG));
	});
	return true;
}

function veilederCtx(db: Db, id: Record<Brukernavn, string>, now: Date): Ctx {
	const actor: Actor = {
		brukerId: id.veileder,
		brukernavn: 'veileder',
		navn: 'Kari Nordby',
		sprak: 'nb',
		farge: 0,
		erLis: false,
		fasteRoller: [],
		relasjoner: (['lis', 'lis2'] as const).map((lis) => ({
			lisId: id[lis],
			rolle: 'veileder',
			fra: new Date(0),
			til: null
		}))
	};
	return { db, actor, now, requestId: 'seed', manglerEid: false };
}
