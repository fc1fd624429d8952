import type { Sprak } from '#lib/domain/actor.ts';
import { inaktivitetstiltak, tidligsteGrense, type Tiltak } from '#lib/domain/inaktivitet.ts';
import { sendHint } from '../../db/hints.ts';
import { transaction, type Db } from '../../db/pool.ts';
import { koEpost } from '../../mail/ko.ts';
import { insertHendelse } from '../../varsler/hendelse.ts';
import { deaktiverBruker, listFravaerende, lockFravaerende, markVarslet } from '../../queries/inaktivitet.ts';
import type { JobContext } from './index.ts';

/** How many people one run warns or deactivates: after an outage the rest follow on the next days (R08: no storm). */
export const TILTAK_PER_KJORING = 200;
const BUNKE = 500;

/**
 * S19: warns and deactivates those who have been away too long, each in a transaction of their own. Running twice on a day finds
 * nothing the second time.
 */
export async function handleInaktivitet({ db, log, now, inactivityMonths: maneder }: JobContext): Promise<void> {
	const antall: Record<Tiltak['type'], number> = { varsle: 0, 'varsle-igjen': 0, deaktiver: 0 };
	const grense = tidligsteGrense(maneder, now);
	let igjen = TILTAK_PER_KJORING;
	let etter: { id: string; sist: Date } | undefined;
	while (igjen > 0) {
		const bunke = await listFravaerende(db, { grense, now, antall: BUNKE, etter });
		for (const { id } of bunke) {
			if (igjen === 0) break;
			const tiltak = await transaction(db, (trx) => behandle(trx, id, maneder, now));
			if (!tiltak) continue;
			antall[tiltak]++;
			igjen--;
		}
		etter = bunke.at(-1);
		if (bunke.length < BUNKE) break;
	}
	log.info({ antall, fullt: igjen === 0 }, 'inactive people warned and deactivated');
}

/** Reads anew under lock, so that a log-in in the same second wins. */
async function behandle(trx: Db, id: string, maneder: number, now: Date): Promise<Tiltak['type'] | undefined> {
	const bruker = await lockFravaerende(trx, id, now);
	if (!bruker) return undefined;
	const fravaer = { sist: bruker.sist, varslet: bruker.varslet_at, varsletIgjen: bruker.varslet_igjen_at };
	const tiltak = inaktivitetstiltak(fravaer, maneder, now);
	if (!tiltak) return undefined;

	const mottaker = { id, navn: bruker.navn, epost: bruker.epost, sprak: bruker.sprak as Sprak };
	const hendelse = { at: now, aktorId: null, aktorRolle: null, objektId: id, requestId: 'inaktivitet' };
	if (tiltak.type === 'deaktiver') {
		const okter = await deaktiverBruker(trx, id, now);
		for (const okt of okter) await sendHint(trx, { okt });
		await koEpost(trx, { mal: 'konto_deaktivert', mottaker, data: { maneder } }, now);
		await insertHendelse(trx, { ...hendelse, type: 'bruker.deaktivert', data: { grunn: 'inaktivitet' } });
	} else {
		await markVarslet(trx, id, tiltak.type === 'varsle' ? 1 : 2, now);
		await koEpost(trx, { mal: 'konto_deaktiveres', mottaker, data: { dato: tiltak.dato, maneder } }, now);
		await insertHendelse(trx, { ...hendelse, type: 'bruker.varslet', data: { dato: tiltak.dato } });
	}
	return tiltak.type;
}
