import { rollerNa, visteRoller, type RelasjonRolle, type Rolle } from '#lib/domain/actor.ts';
import { dagINorge, UKER_I_TJENESTEN } from '#lib/domain/dager.ts';
import type { Rolleoppgave } from '#lib/domain/invitasjon/oppgaver.ts';
import { ukeAv } from '#lib/domain/laering/tjenestetid.ts';
import type { Ctx } from '../ctx.ts';
import { findLis, listFolkRundtLis } from '../queries/lis.ts';
import { listNesteSamtaler } from '../queries/samtale.ts';
import { hentFulgte, type FulgtLis } from './fulgte.ts';
import { hentMeldinger, type Melding } from './meldinger.ts';
import { personKort, samtaleKort, type PersonKort, type SamtaleKort } from './kort.ts';
import { hentRolleoppgaver } from './rolleoppgaver.ts';
import { hentVarsler, type Varsler } from './varsler.ts';
import { hentVenter, type Oppgave } from './venter.ts';

const FOLGER: RelasjonRolle[] = ['veileder', 'leder', 'supervisor'];

/** S4: the summary of one's own data, as far as it exists; for people with several roles all of it, or what belongs to the one that they have chosen. */
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
		/** Roles that nobody holds: standing tasks. */
		oppgaver: Rolleoppgave[];
	};
	fulgte: FulgtLis[];
	/** What stands with the asker, first. */
	venter: Oppgave[];
	varsler: Varsler;
	meldinger: Melding[];
};

/** How many cards of each group Hjem has room for. */
const KORT = 6;

/** Hjem for whoever asks; `valgt` is the role that they see it in, null: all of theirs. */
export async function hentHjem(ctx: Ctx, valgt: Rolle | null): Promise<Hjem> {
	const roller = visteRoller(rollerNa(ctx.actor, ctx.now), valgt);
	const folger = FOLGER.filter((rolle) => roller.includes(rolle));
	const [venter, varsler, meldinger] = await Promise.all([
		hentVenter(ctx, valgt),
		hentVarsler(ctx, valgt, KORT),
		hentMeldinger(ctx, valgt)
	]);
	return {
		...{ venter, varsler, meldinger },
		fornavn: ctx.actor.navn.split(/\s+/)[0] ?? ctx.actor.navn,
		idag: dagINorge(ctx.now),
		roller,
		lis: roller.includes('lis') ? await hentEgen(ctx) : null,
		fulgte: folger.length > 0 ? await hentFulgte(ctx, folger) : []
	};
}

async function hentEgen(ctx: Ctx): Promise<Hjem['lis']> {
	const id = ctx.actor.brukerId;
	const idag = dagINorge(ctx.now);
	const [lis, folk, [neste], { oppgaver }] = await Promise.all([
		findLis(ctx.db, id),
		listFolkRundtLis(ctx.db, id, ctx.now),
		listNesteSamtaler(ctx.db, [id], idag),
		hentRolleoppgaver(ctx)
	]);
	if (!lis) return null;
	const etterPerson = Map.groupBy(folk, (rad) => rad.id);
	return {
		id,
		uke: ukeAv(lis, idag),
		avUker: UKER_I_TJENESTEN,
		startDato: lis.startDato,
		nesteSamtale: neste ? samtaleKort(neste, true) : null,
		folk: [...etterPerson.values()].flatMap(([forste, ...flere]) =>
			forste ? [{ ...personKort(forste), roller: [forste, ...flere].map((rad) => rad.rolle) }] : []
		),
		oppgaver
	};
}
