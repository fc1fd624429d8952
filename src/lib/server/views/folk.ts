import { gjelder, type RelasjonRolle } from '#lib/domain/actor.ts';
import { dagINorge } from '#lib/domain/dager.ts';
import { overgang, statusNa, type Handling, type InvitasjonStatus } from '#lib/domain/invitasjon/invitasjon.ts';
import type { Rolleoppgave } from '#lib/domain/invitasjon/oppgaver.ts';
import { INVITERBARE } from '#lib/domain/invitasjon/skjema.ts';
import { can } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { listInvitasjoner, type Epoststatus } from '../queries/invitasjon.ts';
import { listFulgteLis } from '../queries/lis.ts';
import { listRelasjoner } from '../queries/relasjon.ts';
import { sisteDag } from './invitasjon.ts';
import { personKort, type PersonKort } from './kort.ts';
import { hentRolleoppgaver } from './rolleoppgaver.ts';

/** Somebody who follows the LIS, or did. Days as YYYY-MM-DD; `til` is the last one. */
export type Tilknytning = PersonKort & {
	relasjonId: string;
	rolle: RelasjonRolle;
	fra: string;
	til: string | null;
	kanAvsluttes: boolean;
};

export type InvitasjonKort = {
	id: string;
	navn: string;
	epost: string;
	roller: RelasjonRolle[];
	status: InvitasjonStatus;
	sendt: string;
	frist: string;
	til: string | null;
	epoststatus: Epoststatus | null;
	akseptertNavn: string | null;
	bedtOmNy: boolean;
	abilities: { sendPaNytt: boolean; trekk: boolean; bekreft: boolean };
};

export type MineFolk = {
	folk: Tilknytning[];
	tidligere: Tilknytning[];
	invitasjoner: InvitasjonKort[];
	/** Roles that nobody holds now, with how far each has come; and those that «Vet ikke ennå» was said to. */
	oppgaver: Rolleoppgave[];
	vetIkke: RelasjonRolle[];
};

/** A LIS whom the reader follows: with the roles that they can set a deputy for, and those whom they have set. */
export type Fulgt = PersonKort & {
	roller: RelasjonRolle[];
	stedfortredere: Tilknytning[];
	invitasjoner: InvitasjonKort[];
};

export type Folk = { egne: MineFolk | null; fulgte: Fulgt[] };

/** My people, for a LIS; deputies, for those who follow one. */
export async function hentFolk(ctx: Ctx): Promise<Folk> {
	const egne = can(ctx.actor, 'folk.se', { lisId: ctx.actor.brukerId }, ctx.now);
	const [mine, fulgte] = await Promise.all([egne ? hentMine(ctx) : null, hentFulgte(ctx)]);
	return { egne: mine, fulgte };
}

async function hentMine(ctx: Ctx): Promise<MineFolk> {
	const lisId = ctx.actor.brukerId;
	const [relasjoner, invitasjoner, oppgaver] = await Promise.all([
		hentTilknytninger(ctx, lisId),
		listInvitasjoner(ctx.db, { lisId }),
		hentRolleoppgaver(ctx)
	]);
	const folk = relasjoner.filter((r) => r.gjelder);
	const ventende = invitasjoner.map((rad) => invitasjonKort(ctx, rad)).filter(({ status }) => status !== 'akseptert');
	return {
		folk: folk.map(({ kort }) => kort),
		tidligere: relasjoner.filter((r) => !r.gjelder).map(({ kort }) => kort),
		invitasjoner: ventende,
		...oppgaver
	};
}

async function hentTilknytninger(ctx: Ctx, lisId: string): Promise<{ kort: Tilknytning; gjelder: boolean }[]> {
	const rader = await listRelasjoner(ctx.db, lisId);
	return rader.map((rad) => {
		const na = gjelder(rad, ctx.now);
		const kort = {
			...personKort({ id: rad.personId, navn: rad.navn, farge: rad.farge }),
			relasjonId: rad.id,
			rolle: rad.rolle,
			fra: dagINorge(rad.fra),
			til: rad.til && (na ? sisteDag(rad.til) : dagINorge(rad.til)),
			kanAvsluttes: na && can(ctx.actor, 'relasjon.avslutt', rad, ctx.now)
		};
		return { kort, gjelder: na };
	});
}

function invitasjonKort(ctx: Ctx, rad: Awaited<ReturnType<typeof listInvitasjoner>>[number]): InvitasjonKort {
	const til = rad.roller.find((rolle) => rolle.til !== null)?.til;
	const styrer = can(ctx.actor, 'invitasjon.styr', rad, ctx.now);
	return {
		id: rad.id,
		navn: rad.navn,
		epost: rad.epost,
		roller: rad.roller.map(({ rolle }) => rolle),
		status: statusNa(rad, ctx.now),
		sendt: dagINorge(rad.sendtAt),
		frist: dagINorge(rad.utloperAt),
		til: til ? sisteDag(til) : null,
		epoststatus: rad.epoststatus,
		akseptertNavn: rad.akseptertNavn,
		bedtOmNy: rad.bedtOmNyAt !== null,
		abilities: {
			sendPaNytt: styrer && lovlig(rad, 'send_pa_nytt', ctx.now),
			trekk: styrer && lovlig(rad, 'trekk', ctx.now),
			bekreft: can(ctx.actor, 'invitasjon.send', rad, ctx.now) && lovlig(rad, 'bekreft', ctx.now)
		}
	};
}

function lovlig(rad: { status: InvitasjonStatus; utloperAt: Date }, handling: Handling, now: Date): boolean {
	try {
		return overgang(rad, handling, now) !== undefined;
	} catch {
		return false;
	}
}

async function hentFulgte(ctx: Ctx): Promise<Fulgt[]> {
	const fulgte = await listFulgteLis(ctx.db, ctx.actor.brukerId, [...INVITERBARE], ctx.now);
	const kanSette = (lisId: string, rolle: RelasjonRolle) =>
		can(ctx.actor, 'stedfortreder.sett', { lisId, rolle, til: null }, ctx.now);
	return Promise.all(
		fulgte.map(async (lis) => {
			const roller = lis.roller.filter((rolle) => kanSette(lis.id, rolle));
			const [relasjoner, invitasjoner] = await Promise.all([
				hentTilknytninger(ctx, lis.id),
				listInvitasjoner(ctx.db, { lisId: lis.id, opprettetAv: ctx.actor.brukerId })
			]);
			return {
				...personKort(lis),
				roller,
				stedfortredere: relasjoner
					.filter((r) => r.gjelder && r.kort.til !== null && roller.includes(r.kort.rolle))
					.map(({ kort }) => kort),
				invitasjoner: invitasjoner
					.map((rad) => invitasjonKort(ctx, rad))
					.filter(({ status }) => status !== 'akseptert' && status !== 'trukket')
			};
		})
	);
}
