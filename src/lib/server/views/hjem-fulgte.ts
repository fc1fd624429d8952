import { dagINorge, UKER_I_TJENESTEN } from '#lib/domain/dager.ts';
import type { MalStatus } from '#lib/domain/laering/mal.ts';
import { ukeAv } from '#lib/domain/laering/tjenestetid.ts';
import { can } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import type { FremdriftRad } from '../queries/fremdrift.ts';
import { listSisteSamtaler } from '../queries/samtale.ts';
import type { FulgtLis } from './fulgte.ts';
import type { Staende } from './venter.ts';

/** How many goals are in each state; what is left out is none. */
export type Malantall = Partial<Record<MalStatus, number>>;

/** A LIS in the column Veiledning. What the asker may not know of is null. */
export type HjemLis = FulgtLis & {
	uke: number | null;
	avUker: number;
	antall: Malantall | null;
	/** The day of the latest samtale that is finished. */
	sisteSamtale: string | null;
	hosMeg: Staende | null;
};

/** The same rule as on the page of the progress, for a LIS in the roles that are shown. */
export function kanSeFremdrift(ctx: Ctx, lis: FulgtLis): boolean {
	return lis.kanApne && can(ctx.actor, 'laering.se', { lisId: lis.id, delt: false }, ctx.now);
}

/** Goals by where they stand. */
export function antallMal({ mal }: Pick<FremdriftRad, 'mal'>): Malantall {
	const antall: Malantall = {};
	for (const { status } of mal) antall[status] = (antall[status] ?? 0) + 1;
	return antall;
}

/** The column Veiledning (S4): what has waited longest for the asker first, else by name. One question more, however many LIS. */
export async function fulgteForHjem(
	ctx: Ctx,
	{ fulgte, fremdrift, hosMeg }: { fulgte: FulgtLis[]; fremdrift: FremdriftRad[]; hosMeg: Map<string, Staende> }
): Promise<HjemLis[]> {
	const idag = dagINorge(ctx.now);
	const apne = fulgte.filter(({ kanApne }) => kanApne).map(({ id }) => id);
	const siste = new Map((await listSisteSamtaler(ctx.db, apne)).map(({ lisId, dato }) => [lisId, dato]));
	const rader = new Map(fremdrift.map((rad) => [rad.id, rad]));
	const liste = fulgte.map((lis): HjemLis => {
		const rad = rader.get(lis.id);
		return {
			...lis,
			...{ uke: rad ? ukeAv(rad, idag) : null, avUker: UKER_I_TJENESTEN, antall: rad ? antallMal(rad) : null },
			...{ sisteSamtale: siste.get(lis.id) ?? null, hosMeg: hosMeg.get(lis.id) ?? null }
		};
	});
	// They come by name, and stay so among equals.
	const ventet = (lis: HjemLis) => lis.hosMeg?.eldst ?? '9999-12-31';
	return liste.toSorted((a, b) => (ventet(a) < ventet(b) ? -1 : ventet(a) > ventet(b) ? 1 : 0));
}
