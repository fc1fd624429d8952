import { gjelder, type RelasjonRolle } from '#lib/domain/actor.ts';
import { rolleoppgaver, type Rolleoppgave } from '#lib/domain/invitasjon/oppgaver.ts';
import type { Ctx } from '../ctx.ts';
import { listInvitasjoner } from '../queries/invitasjon.ts';
import { listRelasjoner, listRollerMangler } from '../queries/relasjon.ts';

/** The asker's own standing tasks, as a LIS: roles that nobody holds, and how far each has come; and which «Vet ikke ennå» was said to. */
export async function hentRolleoppgaver(ctx: Ctx): Promise<{ oppgaver: Rolleoppgave[]; vetIkke: RelasjonRolle[] }> {
	const lisId = ctx.actor.brukerId;
	const [relasjoner, invitasjoner, vetIkke] = await Promise.all([
		listRelasjoner(ctx.db, lisId),
		listInvitasjoner(ctx.db, { lisId }),
		listRollerMangler(ctx.db, lisId)
	]);
	const innehatt = relasjoner.filter((r) => r.til === null && gjelder(r, ctx.now)).map(({ rolle }) => rolle);
	return { oppgaver: rolleoppgaver({ innehatt, invitasjoner, vetIkke }, ctx.now), vetIkke };
}
