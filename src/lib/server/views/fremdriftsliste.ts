import { gjelder, type Actor } from '#lib/domain/actor.ts';
import { dagINorge } from '#lib/domain/dager.ts';
import { sorter, type Rekkefolge } from '#lib/domain/laering/rekkefolge.ts';
import type { Forventet, Tempo } from '#lib/domain/laering/tempo.ts';
import { can } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { listFremdrift } from '../queries/fremdrift.ts';
import { regnFremdrift, regnStaende } from './fremdrift-regn.ts';
import { personKort, type PersonKort } from './kort.ts';

/** One LIS in the list of those whom I follow. */
export type Fremdriftsrad = PersonKort & {
	/** Null while the first day of the service is not known, or before it. */
	uke: number | null;
	avUker: number | null;
	iPermisjon: boolean;
	startDato: string | null;
	godkjent: number;
	antallMal: number;
	/** What waits for the asker, and for how many days the longest of it. */
	venter: number;
	ventet: number | null;
	takt: Tempo | null;
	/** The recent tempo, for sorting. */
	tempo: number | null;
	forventet: Forventet | null;
};

const INGEN = { mal: () => null, krav: () => null };

/** The progress of every LIS whose record the asker may see because they follow them, with one question for all. */
export async function hentFremdriftsliste(
	ctx: Ctx,
	rekkefolge: Rekkefolge
): Promise<{ idag: string; rader: Fremdriftsrad[] }> {
	const rader = await listFremdrift(ctx.db, synlige(ctx.actor, ctx.now), ctx.now);
	const liste = rader.map((rad): Fremdriftsrad => {
		const fremdrift = regnFremdrift(rad, ctx.now);
		const mine = regnStaende(rad, ctx, INGEN).grupper.filter(({ personId }) => personId === ctx.actor.brukerId);
		const saker = mine.flatMap((gruppe) => gruppe.saker);
		return {
			...personKort(rad),
			...{ uke: fremdrift?.uke ?? null, avUker: fremdrift?.avUker ?? null, startDato: rad.startDato },
			iPermisjon: fremdrift?.iPermisjon ?? false,
			godkjent: rad.mal.filter(({ status }) => status === 'godkjent').length,
			antallMal: rad.mal.length,
			venter: saker.length,
			ventet: saker.length > 0 ? Math.max(...saker.map(({ dager }) => dager)) : null,
			...{ takt: fremdrift?.tempo ?? null, tempo: fremdrift?.tempo?.siste ?? null },
			forventet: fremdrift?.forventet ?? null
		};
	});
	return { idag: dagINorge(ctx.now), rader: sorter(liste, rekkefolge) };
}

/** Whom the asker follows now and may see the progress of: the rule of the single page, asked of each. */
function synlige(actor: Actor, now: Date): string[] {
	const fulgte = new Set(actor.relasjoner.filter((r) => gjelder(r, now)).map(({ lisId }) => lisId));
	return [...fulgte].filter((lisId) => can(actor, 'laering.se', { lisId, delt: false }, now));
}
