import { rollerNa, visteRoller, type RelasjonRolle, type Rolle } from '#lib/domain/actor.ts';
import { dagINorge, UKER_I_TJENESTEN } from '#lib/domain/dager.ts';
import type { Rolleoppgave } from '#lib/domain/invitasjon/oppgaver.ts';
import { ukeAv } from '#lib/domain/laering/tjenestetid.ts';
import type { Ctx } from '../ctx.ts';
import { listFremdrift, type FremdriftRad } from '../queries/fremdrift.ts';
import { listFolkRundtLis } from '../queries/lis.ts';
import { listNesteSamtaler } from '../queries/samtale.ts';
import { hentFulgte } from './fulgte.ts';
import { antallMal, fulgteForHjem, kanSeFremdrift, type HjemLis, type Malantall } from './hjem-fulgte.ts';
import { hentMeldinger, type Melding } from './meldinger.ts';
import { personKort, samtaleKort, type PersonKort, type SamtaleKort } from './kort.ts';
import { hentRolleoppgaver } from './rolleoppgaver.ts';
import { hentVarsler, type Varsler } from './varsler.ts';
import { hentVenter, type Oppgave, type Staende } from './venter.ts';

const FOLGER: RelasjonRolle[] = ['veileder', 'leder', 'supervisor'];

/** S4: the summary of one's own data; for people with several roles all of it, or what belongs to the one that they have chosen. */
export type Hjem = {
	fornavn: string;
	idag: string;
	lis: null | {
		id: string;
		uke: number | null;
		avUker: number;
		startDato: string | null;
		antall: Malantall;
		nesteSamtale: SamtaleKort | null;
		veiledere: string[];
		folk: (PersonKort & { roller: RelasjonRolle[] })[];
		/** Roles that nobody holds: standing tasks. */
		oppgaver: Rolleoppgave[];
	};
	/** Those whom the asker follows, whose things have waited longest for the asker first. */
	fulgte: HjemLis[];
	/** Those who neither are a LIS nor can follow one have no column Veiledning. */
	visVeiledning: boolean;
	/** What stands with the asker, first; and all of it together. */
	venter: Oppgave[];
	alt: Staende | null;
	varsler: Varsler;
	meldinger: Melding[];
};

/** How many cards of each group Hjem has room for. */
const KORT = 6;

/** Hjem for whoever asks; `valgt` is the role that they see it in, null: all of theirs. */
export async function hentHjem(ctx: Ctx, valgt: Rolle | null): Promise<Hjem> {
	const roller = visteRoller(rollerNa(ctx.actor, ctx.now), valgt);
	const folger = FOLGER.filter((rolle) => roller.includes(rolle));
	const erLis = roller.includes('lis');
	const [venter, varsler, meldinger, fulgte] = await Promise.all([
		hentVenter(ctx, valgt),
		hentVarsler(ctx, valgt, KORT),
		hentMeldinger(ctx, valgt),
		folger.length > 0 ? hentFulgte(ctx, folger) : []
	]);
	const sett = fulgte.filter((lis) => kanSeFremdrift(ctx, lis)).map(({ id }) => id);
	const fremdrift = await listFremdrift(ctx.db, erLis ? [ctx.actor.brukerId, ...sett] : sett, ctx.now);
	const egen = erLis ? fremdrift.find(({ id }) => id === ctx.actor.brukerId) : undefined;
	return {
		...{ varsler, meldinger, venter: venter.oppgaver, alt: venter.alt },
		fornavn: ctx.actor.navn.split(/\s+/)[0] ?? ctx.actor.navn,
		idag: dagINorge(ctx.now),
		visVeiledning: erLis || folger.length > 0 || roller.length === 0,
		lis: egen ? await hentEgen(ctx, egen) : null,
		fulgte: await fulgteForHjem(ctx, { fulgte, fremdrift, hosMeg: venter.perLis })
	};
}

async function hentEgen(ctx: Ctx, rad: FremdriftRad): Promise<NonNullable<Hjem['lis']>> {
	const { id, startDato } = rad;
	const idag = dagINorge(ctx.now);
	const [folk, [neste], { oppgaver }] = await Promise.all([
		listFolkRundtLis(ctx.db, id, ctx.now),
		listNesteSamtaler(ctx.db, [id], idag),
		hentRolleoppgaver(ctx)
	]);
	const etterPerson = Map.groupBy(folk, (en) => en.id);
	return {
		...{ id, startDato, uke: ukeAv(rad, idag), avUker: UKER_I_TJENESTEN, antall: antallMal(rad) },
		nesteSamtale: neste ? samtaleKort(neste, true) : null,
		veiledere: folk.filter(({ rolle }) => rolle === 'veileder').map(({ navn }) => navn),
		folk: [...etterPerson.values()].flatMap(([forste, ...flere]) =>
			forste ? [{ ...personKort(forste), roller: [forste, ...flere].map((en) => en.rolle) }] : []
		),
		oppgaver
	};
}
