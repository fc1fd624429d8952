import { gjelder, type FastRolle, type RelasjonRolle } from '#lib/domain/actor.ts';
import type { ArbeidsstedSlag } from '#lib/domain/arbeidssted.ts';
import { AppError } from '#lib/domain/feil.ts';
import { erId } from '#lib/domain/id.ts';
import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import {
	findBrukerForDrift,
	listEpostForDrift,
	listFeiletEpost,
	listRelasjonerForDrift,
	listSteder,
	sokBrukere
} from '../queries/drift.ts';
import { harFastRolle, listFasteRoller } from '../queries/fast-rolle.ts';

/** Drift's pages: users, mail and places. Nothing of anybody's record can be reached from here. */

/** The users that match, who has a role for the portal, and mail that did not arrive. */
export async function hentDrift(ctx: Ctx, sok: string) {
	apne(ctx);
	const [brukere, roller, feilet] = await Promise.all([
		sokBrukere(ctx.db, sok.trim().slice(0, 100)),
		listFasteRoller(ctx.db, ctx.now),
		listFeiletEpost(ctx.db)
	]);
	return {
		brukere,
		roller: roller.map(({ id, navn, rolle, fra }) => ({ id, navn, rolle: rolle as FastRolle, fra: fra.toISOString() })),
		feilet: feilet.map((rad) => ({ ...rad, laget: rad.laget.toISOString() }))
	};
}

/** One user: how they are reached, whom they follow or are followed by, and how their mail went. Throws `not_found`. */
export async function hentBrukerForDrift(ctx: Ctx, brukerId: string) {
	apne(ctx);
	const bruker = erId(brukerId) ? await findBrukerForDrift(ctx.db, brukerId) : undefined;
	if (!bruker) throw new AppError('not_found');
	const [relasjoner, epost, utnevnt] = await Promise.all([
		listRelasjonerForDrift(ctx.db, brukerId),
		listEpostForDrift(ctx.db, brukerId),
		harFastRolle(ctx.db, brukerId, 'hdir')
	]);
	const aktiv = bruker.status === 'aktiv' || bruker.status === 'varslet';
	const { id, navn, brukernavn, epost: adresse, status, arbeidssted } = bruker;
	return {
		bruker: {
			...{ id, navn, brukernavn, epost: adresse, status, arbeidssted },
			opprettet: bruker.created_at.toISOString(),
			sistInnlogget: bruker.sist_innlogget_at?.toISOString() ?? null
		},
		relasjoner: relasjoner.map((r) => ({
			...r,
			rolle: r.rolle as RelasjonRolle,
			fra: r.fra.toISOString(),
			til: r.til?.toISOString() ?? null,
			kanAvsluttes: gjelder(r, ctx.now)
		})),
		/** Whether they are appointed at Helsedirektoratet, and what can be done about it. */
		utnevnt,
		abilities: { utnevn: !utnevnt && aktiv && brukerId !== ctx.actor.brukerId, avsett: utnevnt },
		epost: epost.map((e) => ({ ...e, laget: e.laget.toISOString(), sendt: e.sendt?.toISOString() ?? null }))
	};
}

/** Kommuner and their places of work. */
export async function hentSteder(ctx: Ctx) {
	apne(ctx);
	const rader = await listSteder(ctx.db);
	const steder = Map.groupBy(rader, ({ nummer }) => nummer);
	return [...steder.values()].map((kommune) => ({
		nummer: kommune[0]?.nummer ?? '',
		navn: kommune[0]?.kommune ?? '',
		steder: kommune.flatMap(({ id, navn, slag }) =>
			id && navn && slag ? [{ id, navn, slag: slag as ArbeidsstedSlag }] : []
		)
	}));
}

function apne(ctx: Ctx): void {
	authorize(ctx.actor, 'portal.drift', { portal: true }, ctx.now);
}
