import { rollerNa, type RelasjonRolle, type Rolle } from '#lib/domain/actor.ts';
import { dagINorge, UKER_I_TJENESTEN, ukeAvTjenesten } from '#lib/domain/dager.ts';
import type { Ctx } from '../ctx.ts';
import { findLis, listFolkRundtLis } from '../queries/lis.ts';
import { listNesteSamtaler } from '../queries/samtale.ts';
import { hentFulgte, type FulgtLis } from './fulgte.ts';
import { personKort, samtaleKort, type PersonKort, type SamtaleKort } from './kort.ts';

/** S4: the summary of one's own data, as far as it exists; for people with several roles, all of it. */
export type Hjem = {
	fornavn: string;
	idag: string;
	roller: Rolle[];
	lis: null | {
		id: string;
		uke: number | null;
		avUker: number;
		startDato: string | null;
		nesteSamtale: SamtaleKort | null;
		folk: (PersonKort & { roller: RelasjonRolle[] })[];
		mangler: ('leder' | 'veileder')[];
	};
	fulgte: FulgtLis[];
};

/** Hjem for whoever asks. */
export async function hentHjem(ctx: Ctx): Promise<Hjem> {
	const roller = rollerNa(ctx.actor, ctx.now);
	const folger = ctx.actor.relasjoner.length > 0;
	return {
		fornavn: ctx.actor.navn.split(/\s+/)[0] ?? ctx.actor.navn,
		idag: dagINorge(ctx.now),
		roller,
		lis: ctx.actor.erLis ? await hentEgen(ctx) : null,
		fulgte: folger ? await hentFulgte(ctx) : []
	};
}

async function hentEgen(ctx: Ctx): Promise<Hjem['lis']> {
	const id = ctx.actor.brukerId;
	const idag = dagINorge(ctx.now);
	const [lis, folk, [neste]] = await Promise.all([
		findLis(ctx.db, id),
		listFolkRundtLis(ctx.db, id, ctx.now),
		listNesteSamtaler(ctx.db, [id], idag)
	]);
	if (!lis) return null;
	const etterPerson = Map.groupBy(folk, (rad) => rad.id);
	return {
		id,
		uke: lis.startDato ? ukeAvTjenesten(lis.startDato, idag) : null,
		avUker: UKER_I_TJENESTEN,
		startDato: lis.startDato,
		nesteSamtale: neste ? samtaleKort(neste, true) : null,
		folk: [...etterPerson.values()].flatMap(([forste, ...flere]) =>
			forste ? [{ ...personKort(forste), roller: [forste, ...flere].map((rad) => rad.rolle) }] : []
		),
		mangler: (['veileder', 'leder'] as const).filter((rolle) => !folk.some((rad) => rad.rolle === rolle))
	};
}
