import { rollerNa, visteRoller, type Rolle } from '#lib/domain/actor.ts';
import { dagINorge } from '#lib/domain/dager.ts';
import { stiTilVenter, VENTER, type Venter } from '#lib/domain/varsel/venter.ts';
import type { Ctx } from '../ctx.ts';
import { listVenter } from '../queries/venter.ts';

/** A kind of thing that stands with the asker: how many, since which day the oldest, and where the one action leads. */
export type Oppgave = { hva: Venter; antall: number; eldst: string; sti: string };

/** S4: what waits for the asker first, in the role that they see the portal in, or in all of theirs. */
export async function hentVenter(ctx: Ctx, valgt: Rolle | null): Promise<Oppgave[]> {
	const roller = visteRoller(rollerNa(ctx.actor, ctx.now), valgt);
	const rader = await listVenter(ctx.db, { brukerId: ctx.actor.brukerId, roller, now: ctx.now });
	return rader
		.toSorted((a, b) => VENTER.indexOf(a.hva) - VENTER.indexOf(b.hva))
		.map(({ hva, antall, eldst, ett }) => ({
			...{ hva, antall, eldst: dagINorge(eldst) },
			sti: stiTilVenter(hva, { antall, ett })
		}));
}
