import { harRolleFor } from '#lib/domain/actor.ts';
import { AppError } from '#lib/domain/feil.ts';
import { ENIGE, type Enigrolle, type Planinnhold } from '#lib/domain/laering/utdanningsplan.ts';
import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { findLis } from '../queries/lis.ts';
import { listUtdanningsplan, type UtdanningsplanRad } from '../queries/utdanningsplan.ts';
import { noterInnsynIPlan } from './innsyn.ts';
import { personKort, type PersonKort } from './kort.ts';

export type Planversjon = {
	versjon: number;
	innhold: Planinnhold;
	skrevetAv: string;
	at: Date;
	/** Each of those who are to agree, and who did when. */
	enige: { rolle: Enigrolle; navn: string | null; at: Date | null }[];
};
export type Utdanningsplanside = {
	lis: PersonKort & { arbeidssted: string | null; erMeg: boolean };
	/** Null while nobody has written it. */
	nyeste: Planversjon | null;
	tidligere: Planversjon[];
	abilities: { enig: boolean };
};

/** The training plan of a LIS with its versions, for the LIS, the veileder and the leder. Throws `not_found` or `ended`. */
export async function hentUtdanningsplan(ctx: Ctx, lisId: string): Promise<Utdanningsplanside> {
	authorize(ctx.actor, 'utdanningsplan.skriv', { lisId }, ctx.now);
	const [lis, rader] = await Promise.all([findLis(ctx.db, lisId), listUtdanningsplan(ctx.db, lisId)]);
	if (!lis) throw new AppError('not_found');
	const apnet = rader.slice(0, 1).map(({ id }) => id);
	await noterInnsynIPlan(ctx, lisId, apnet, 'utdanningsplan');
	const [nyeste = null, ...tidligere] = rader.map(planversjon);
	const erMeg = ctx.actor.brukerId === lisId;
	const mangler = nyeste?.enige.filter(({ at }) => at === null).map(({ rolle }) => rolle) ?? [];
	return {
		lis: { ...personKort(lis), arbeidssted: lis.arbeidssted, erMeg },
		nyeste,
		tidligere,
		abilities: {
			enig: mangler.some((rolle) => (rolle === 'lis' ? erMeg : harRolleFor(ctx.actor, rolle, lisId, ctx.now)))
		}
	};
}

function planversjon({ versjon, innhold, skrevetAvNavn, at, enige }: UtdanningsplanRad): Planversjon {
	return {
		...{ versjon, innhold, skrevetAv: skrevetAvNavn, at },
		enige: ENIGE.map((rolle) => {
			const enig = enige.find((en) => en.rolle === rolle);
			return { rolle, navn: enig?.navn ?? null, at: enig ? new Date(enig.at) : null };
		})
	};
}
