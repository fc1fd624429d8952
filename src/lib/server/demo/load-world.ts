import { randomUUID } from 'node:crypto';
import * as Y from 'yjs';
import { SCHEMA_VERSION } from '#lib/collab/schema.ts';
import { dagINorge } from '#lib/domain/dager.ts';
import { cookieNames } from '../auth/cookie-names.ts';
import { opprettOkt } from '../auth/okter.ts';
import { hashPassord } from '../auth/passord.ts';
import { transaction, type Db } from '../db/pool.ts';
import { appendBatches, type AppendDoc } from '../queries/collab-append.ts';
import { createCollabDocs } from '../queries/collab.ts';
import { insertSamtaler } from '../queries/samtale.ts';
import { insertBrukere, insertLis, insertRelasjoner, listBrukerIder } from '../queries/synthetic-people.ts';
import { seedLastLaering } from './last-laering.ts';

/** LIS for each veileder, leder and supervisør of the load world. */
const LIS_PER_VEILEDER = 8;
/** LIS made in one transaction. */
const BATCH = 200;
const DAG = 24 * 60 * 60 * 1000;
const FOLGERE = ['veileder', 'leder', 'supervisor'] as const;

export type LoadWorld = { lis: string[]; andre: string[] };

function visningsnavn(brukernavn: string): string {
	return `Last ${brukernavn.slice(5)}`;
}

/** `last-lis-0001` … */
function navnPa(slag: string, nummer: number): string {
	return `last-${slag}-${String(nummer).padStart(4, '0')}`;
}

/**
 * Adds N LIS, each with one active samtale that both have written in, a plan with its history, and N/8 of each of those who follow them (contract.md,
 * «load world»). Whoever is there already is left as they are, so that it can be run again. Needs the owner's rights.
 */
export async function seedLoadWorld(db: Db, options: { lis: number; now: Date; password: string }): Promise<LoadWorld> {
	const { lis, now } = options;
	const hash = await hashPassord(options.password);
	const grupper = Math.ceil(lis / LIS_PER_VEILEDER);
	const start = new Date(now.getTime() - 60 * DAG);

	const folgere = FOLGERE.flatMap((rolle) => Array.from({ length: grupper }, (_, i) => navnPa(rolle, i + 1)));
	await insertMissing(db, folgere, hash, start);
	const ider = await listBrukerIder(db, folgere);
	const alle = Array.from({ length: lis }, (_, i) => ({
		brukernavn: navnPa('lis', i + 1),
		nummer: i + 1,
		gruppe: Math.floor(i / LIS_PER_VEILEDER) + 1
	}));
	for (let fra = 0; fra < alle.length; fra += BATCH) {
		const del = alle.slice(fra, fra + BATCH);
		await transaction(db, async (trx) => {
			const nye = await insertMissing(
				trx,
				del.map(({ brukernavn }) => brukernavn),
				hash,
				start
			);
			const ferske = del.flatMap(({ brukernavn, nummer, gruppe }) => {
				const id = nye.get(brukernavn);
				const folk = FOLGERE.map((rolle) => {
					const folger = navnPa(rolle, gruppe);
					return { rolle, id: ider.get(folger) ?? '', navn: visningsnavn(folger) };
				});
				return id ? [{ id, navn: visningsnavn(brukernavn), nummer, folk, veileder: folk[0]?.id ?? '' }] : [];
			});
			if (ferske.length > 0) await lagLiv(trx, ferske, start, now);
		});
	}
	return { lis: alle.map(({ brukernavn }) => brukernavn), andre: folgere };
}

/** A session for each of them, as `Cookie` header values, so that benchmarks need not log hundreds of people in. */
export async function openSessions(
	db: Db,
	usernames: string[],
	options: { now: Date; idleMs: number; origin: string }
): Promise<{ username: string; cookie: string }[]> {
	const ider = await listBrukerIder(db, usernames);
	const name = cookieNames(options.origin).okt;
	const sessions: { username: string; cookie: string }[] = [];
	for (const username of usernames) {
		const brukerId = ider.get(username);
		if (brukerId === undefined) continue;
		const { token } = await opprettOkt(db, { brukerId, fellesMaskin: false, idleMs: options.idleMs, now: options.now });
		sessions.push({ username, cookie: `${name}=${token}` });
	}
	return sessions;
}

async function insertMissing(
	db: Db,
	brukernavn: string[],
	passordHash: string,
	now: Date
): Promise<Map<string, string>> {
	const finnes = await listBrukerIder(db, brukernavn);
	const nye = brukernavn
		.filter((navn) => !finnes.has(navn))
		.map((navn, i) => ({
			id: randomUUID(),
			brukernavn: navn,
			navn: visningsnavn(navn),
			farge: i % 8,
			passordHash
		}));
	if (nye.length > 0) await insertBrukere(db, nye, now);
	return new Map(nye.map((person) => [person.brukernavn, person.id]));
}

type Fersk = {
	id: string;
	navn: string;
	nummer: number;
	veileder: string;
	folk: { rolle: (typeof FOLGERE)[number]; id: string; navn: string }[];
};

async function lagLiv(trx: Db, ferske: Fersk[], start: Date, now: Date): Promise<void> {
	await insertLis(
		trx,
		ferske.map(({ id }) => ({ brukerId: id, arbeidsstedId: null, startDato: dagINorge(start) })),
		start
	);
	await insertRelasjoner(
		trx,
		ferske.flatMap(({ id, folk }) =>
			folk.map(({ rolle, id: personId }) => ({ id: randomUUID(), lisId: id, personId, rolle, fra: start }))
		)
	);
	const samtaler = ferske.map(({ id, veileder }) => ({ id: randomUUID(), lisId: id, veileder }));
	await createCollabDocs(
		trx,
		samtaler.map(({ id, veileder }) => ({ id, userId: veileder })),
		{ schemaVersion: SCHEMA_VERSION, now: start, init: Y.encodeStateAsUpdate(new Y.Doc()) }
	);
	await insertSamtaler(
		trx,
		samtaler.map(({ id, lisId, veileder }) => ({
			id,
			lisId,
			dato: dagINorge(new Date(now.getTime() + DAG)),
			fra: '14:30',
			til: '15:15',
			sted: null,
			opprettetAv: veileder,
			now: start,
			deltakere: [
				{ personId: lisId, rolle: 'lis' as const },
				{ personId: veileder, rolle: 'veileder' as const }
			]
		}))
	);
	const docs = samtaler.map(({ id, lisId, veileder }) => historie(id, lisId, veileder));
	const answers = await appendBatches(trx, docs, start.getTime() * 1000);
	const failed = answers.find(({ outcome }) => outcome !== 'ok');
	if (failed) throw new Error(`could not write to ${failed.docId}: ${failed.outcome}`);
	await seedLastLaering(trx, ferske, start, now);
}

/** What the two have written: one row each, through the same append as people. */
function historie(id: string, lisId: string, veileder: string): AppendDoc {
	const doc = new Y.Doc({ gc: false });
	const rows = (
		[
			[lisId, 'forberedelse'],
			[veileder, 'referat']
		] as const
	).map(([userId, del]) => {
		const client = new Y.Doc();
		Y.applyUpdate(client, Y.encodeStateAsUpdate(doc));
		const before = Y.encodeStateVector(client);
		client.transact(() => {
			const paragraph = new Y.XmlElement('paragraph');
			const text = new Y.XmlText();
			client.getXmlFragment(del).push([paragraph]);
			paragraph.push([text]);
			text.insert(0, 'Syntetisk tekst.');
		});
		const upd = Y.encodeStateAsUpdate(client, before);
		Y.applyUpdate(doc, upd);
		return {
			userId,
			sessionId: randomUUID(),
			connId: randomUUID(),
			access: 1,
			kind: 'edit' as const,
			upd,
			clients: [client.clientID]
		};
	});
	return { id, head: 1, epoch: 1, rows };
}
