import { CLOSE } from '#lib/collab/close-codes.ts';
import type { Avvisningsgrunn } from '#lib/domain/samtale/avvist.ts';
import type { SamtaleStatus } from '#lib/domain/samtale/samtale.ts';
import { authorize, can } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { listAvviste } from '../queries/avvist.ts';
import { findSamtale } from '../queries/samtale.ts';

/** Refusals that the page shows: the newest. */
const ANTALL = 30;

export type AvvistSide = {
	/** Null for one who may not open the samtale any more: nothing of it is told. */
	samtale: { id: string; dato: string | null } | null;
	/** The newest first. `at` in ISO 8601; `tekst` null: it could not be read out safely. */
	avviste: { at: string; grunn: Avvisningsgrunn; tekst: string | null }[];
	/** When the newest of them was, microseconds since 1970; null when there are none. */
	til: number | null;
};

const GRUNN: Record<string, Avvisningsgrunn> = {
	[CLOSE.sessionEnded]: 'utlogget',
	[CLOSE.noAccess]: 'uten-tilgang',
	[CLOSE.forgedAuthorship]: 'forfatter',
	[CLOSE.otherEpoch]: 'sikkerhetskopi',
	[CLOSE.tooLarge]: 'for-stor',
	[CLOSE.invalid]: 'ugyldig'
};

/**
 * What the asker wrote in a samtale and the ws-server refused: their own words and nobody else's (collab.md, promise 3). Also for one whose access has
 * ended, for that may be why. Throws `not_found`.
 */
export async function hentAvvisteSide(ctx: Ctx, samtaleId: string): Promise<AvvistSide> {
	const samtale = await findSamtale(ctx.db, samtaleId);
	authorize(ctx.actor, 'samtale.avvist', samtale, ctx.now);
	const rader = await listAvviste(ctx.db, { samtaleId, brukerId: ctx.actor.brukerId }, ANTALL);
	return {
		samtale: can(ctx.actor, 'samtale.les', samtale, ctx.now) ? { id: samtale.id, dato: samtale.dato } : null,
		avviste: rader.map(({ atUs, reason, tekst }) => ({
			at: new Date(atUs / 1000).toISOString(),
			grunn: grunnTil(reason, samtale.status),
			tekst
		})),
		til: rader[0]?.atUs ?? null
	};
}

function grunnTil(reason: string, status: SamtaleStatus): Avvisningsgrunn {
	if (reason === String(CLOSE.final)) return status === 'avlyst' ? 'avlyst' : 'ferdigstilt';
	return GRUNN[reason] ?? 'annet';
}
