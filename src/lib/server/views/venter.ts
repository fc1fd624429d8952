import { rollerNa, visteRoller, type Rolle } from '#lib/domain/actor.ts';
import { dagINorge } from '#lib/domain/dager.ts';
import { stiTilVenter, VENTER, type Venter } from '#lib/domain/varsel/venter.ts';
import type { Ctx } from '../ctx.ts';
import { listVenter, type VenterRad } from '../queries/venter.ts';

/** How many things stand with the asker, and since which day the oldest. */
export type Staende = { antall: number; eldst: string };
/** A kind of thing that stands with the asker, and where the one action leads. */
export type Oppgave = Staende & { hva: Venter; sti: string };
export type Ventende = {
	oppgaver: Oppgave[];
	/** All kinds together; null when nothing waits. */
	alt: Staende | null;
	/** The same of each LIS whom the asker follows. */
	perLis: Map<string, Staende>;
};

/** S4: what waits for the asker first, in the role that they see the portal in, or in all of theirs. */
export async function hentVenter(ctx: Ctx, valgt: Rolle | null): Promise<Ventende> {
	const roller = visteRoller(rollerNa(ctx.actor, ctx.now), valgt);
	const rader = await listVenter(ctx.db, { brukerId: ctx.actor.brukerId, roller, now: ctx.now });
	const oppgaver = VENTER.flatMap((hva) => {
		const egne = rader.filter((rad) => rad.hva === hva).toSorted((a, b) => a.eldst.getTime() - b.eldst.getTime());
		const sum = summer(egne);
		const lis = new Set(egne.map((rad) => rad.lis)).size;
		return sum ? [{ ...sum, hva, sti: stiTilVenter(hva, { antall: sum.antall, lis, ett: egne[0]?.ett ?? null }) }] : [];
	});
	const perLis = new Map<string, Staende>();
	for (const [lis, egne] of Map.groupBy(rader, (rad) => rad.lis)) {
		const sum = summer(egne);
		if (lis !== null && sum) perLis.set(lis, sum);
	}
	return { oppgaver, alt: summer(rader), perLis };
}

function summer(rader: readonly VenterRad[]): Staende | null {
	if (rader.length === 0) return null;
	return {
		antall: rader.reduce((sum, { antall }) => sum + antall, 0),
		eldst: dagINorge(new Date(Math.min(...rader.map(({ eldst }) => eldst.getTime()))))
	};
}
