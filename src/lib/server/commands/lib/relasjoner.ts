import { randomUUID } from 'node:crypto';
import type { Rolle } from '#lib/domain/actor.ts';
import type { InvitertRolle } from '#lib/domain/invitasjon/invitasjon.ts';
import { sendHint } from '../../db/hints.ts';
import type { Db } from '../../db/pool.ts';
import { bumpAccess } from '../../queries/collab.ts';
import { insertHendelse } from '../../varsler/hendelse.ts';
import {
	deleteRollerMangler,
	endAndreVeiledere,
	insertRelasjon,
	insertVeileder,
	listGjeldende,
	listSamtaleIder,
	updateRelasjonTil,
	type RelasjonRad
} from '../../queries/relasjon.ts';

/** Who acts, when, and under which request: for the events. */
export type Handelse = { aktorId: string; aktorRolle: Rolle | null; now: Date; requestId: string };

/**
 * Gives a person their roles for a LIS, which is locked (`lockLis`). A standing leder or veileder ends the one before; a deputy (with
 * an end) stands beside. The active samtaler pass to a new veileder; earlier ones are read only when `delTidligere`.
 */
export async function gi(
	trx: Db,
	til: { lisId: string; personId: string; roller: InvitertRolle[]; delTidligere: boolean },
	h: Handelse
): Promise<void> {
	for (const rolle of til.roller) await giRolle(trx, { ...til, ...rolle }, h);
	await deleteRollerMangler(
		trx,
		til.lisId,
		til.roller.filter((rolle) => rolle.til === null).map(({ rolle }) => rolle)
	);
	await tilgangEndret(trx, til.lisId);
}

async function giRolle(
	trx: Db,
	ny: InvitertRolle & { lisId: string; personId: string; delTidligere: boolean },
	h: Handelse
): Promise<void> {
	// A deputyship whose last day passed before the invitation was answered gives nothing.
	if (ny.til && ny.til <= h.now) return;
	const gjeldende = await listGjeldende(trx, { lisId: ny.lisId, rolle: ny.rolle, now: h.now });
	const egen = gjeldende.find((r) => r.personId === ny.personId);
	if (egen && (egen.til === null || ny.til !== null)) return;
	if (egen) await avslutt(trx, egen, 'fast i rollen', h);
	if (ny.til === null && ny.rolle !== 'supervisor')
		for (const r of gjeldende) if (r.til === null) await avslutt(trx, r, 'ny i rollen', h);
	const relasjon = {
		id: randomUUID(),
		lisId: ny.lisId,
		personId: ny.personId,
		rolle: ny.rolle,
		fra: h.now,
		til: ny.til
	};
	await insertRelasjon(trx, relasjon);
	await insertHendelse(trx, {
		type: 'relasjon.opprettet',
		...{ at: h.now, aktorId: h.aktorId, aktorRolle: h.aktorRolle, lisId: ny.lisId, objektId: relasjon.id },
		data: { personId: ny.personId, rolle: ny.rolle, til: ny.til?.toISOString() ?? null },
		requestId: h.requestId
	});
	if (ny.rolle === 'veileder') await overtaSamtaler(trx, ny, h.now);
}

async function overtaSamtaler(
	trx: Db,
	ny: { lisId: string; personId: string; til: Date | null; delTidligere: boolean },
	now: Date
): Promise<void> {
	const samtaler = await listSamtaleIder(trx, ny.lisId);
	const aktive = samtaler.filter((s) => s.aktiv).map((s) => s.id);
	if (ny.til === null) await endAndreVeiledere(trx, aktive, ny.personId, now);
	await insertVeileder(trx, aktive, { personId: ny.personId, now, til: ny.til });
	const tidligere = samtaler.filter((s) => !s.aktiv).map((s) => s.id);
	if (ny.delTidligere) await insertVeileder(trx, tidligere, { personId: ny.personId, now, til: ny.til });
}

/** Ends a relation now. What the person took part in they may still read, unless it is passed on later (product.md). */
export async function avslutt(trx: Db, relasjon: RelasjonRad, grunn: string, h: Handelse): Promise<void> {
	await updateRelasjonTil(trx, relasjon.id, h.now);
	await insertHendelse(trx, {
		type: 'relasjon.avsluttet',
		...{ at: h.now, aktorId: h.aktorId, aktorRolle: h.aktorRolle, lisId: relasjon.lisId, objektId: relasjon.id },
		data: { personId: relasjon.personId, rolle: relasjon.rolle, grunn },
		requestId: h.requestId
	});
}

/** T03: every open document of the LIS decides anew who may be there. */
export async function tilgangEndret(trx: Db, lisId: string): Promise<void> {
	const ider = (await listSamtaleIder(trx, lisId)).filter((s) => s.aktiv).map((s) => s.id);
	if (ider.length === 0) return;
	await bumpAccess(trx, ider);
	await sendHint(trx, { docs: ider });
}
