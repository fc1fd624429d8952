import { rollerNa, visteRoller, type FastRolle, type Rolle } from '#lib/domain/actor.ts';
import { dagINorge } from '#lib/domain/dager.ts';
import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { listGjeldendeMeldinger, listMeldinger, type MeldingRad } from '../queries/melding.ts';

/** An announcement as those whom it is for are shown it: by Helsedirektoratet or drift, not by a person. */
export type Melding = { id: string; tittel: string; tekst: string; fra: string; avsender: FastRolle };

/** S4: what the asker is told today by Helsedirektoratet and drift, in the role that they see the portal in, or in all of theirs. */
export async function hentMeldinger(ctx: Ctx, valgt: Rolle | null): Promise<Melding[]> {
	const roller = visteRoller(rollerNa(ctx.actor, ctx.now), valgt);
	const rader = await listGjeldendeMeldinger(ctx.db, { roller, dag: dagINorge(ctx.now) });
	return rader.map(({ id, tittel, tekst, fra, skrevetRolle }) => ({ id, tittel, tekst, fra, avsender: skrevetRolle }));
}

/** An announcement as those who write them see it. */
export type SkrevetMelding = Omit<MeldingRad, 'trukketAt'> & { tilstand: 'kommer' | 'vises' | 'utlopt' | 'trukket' };

/** All announcements, for those who write them. Throws `not_found` for all others. */
export async function hentSkrevneMeldinger(ctx: Ctx): Promise<{ meldinger: SkrevetMelding[]; iDag: string }> {
	authorize(ctx.actor, 'melding.skriv', { portal: true }, ctx.now);
	const iDag = dagINorge(ctx.now);
	const tilstand = ({ trukketAt, fra, til }: MeldingRad): SkrevetMelding['tilstand'] => {
		if (trukketAt !== null) return 'trukket';
		if (fra > iDag) return 'kommer';
		return til !== null && til < iDag ? 'utlopt' : 'vises';
	};
	const meldinger = (await listMeldinger(ctx.db)).map((rad) => {
		const { trukketAt: _, ...melding } = rad;
		return { ...melding, tilstand: tilstand(rad) };
	});
	return { meldinger, iDag };
}
