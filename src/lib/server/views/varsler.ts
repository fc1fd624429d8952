import { visteRoller, rollerNa, type Rolle } from '#lib/domain/actor.ts';
import { KORTGRUPPER, type Kortgruppe } from '#lib/domain/varsel/grupper.ts';
import type { Varselnavn } from '#lib/domain/varsel/tekst.ts';
import type { Ctx } from '../ctx.ts';
import { findVarselstand, listVarsler } from '../queries/varsel-liste.ts';

/** A card: what happened, and the way there (`/varsler/<id>`, which marks it as read); `lis` is whose record it is, when it is another's. */
export type VarselKort = {
	id: string;
	type: string;
	som: string;
	navn: Varselnavn;
	lis: string | null;
	at: string;
	lest: boolean;
};

export type Varsler = Record<Kortgruppe, VarselKort[]> & {
	/** Changes whenever any of one's notifications does. */
	versjon: string;
	/** When this was read: what comes later is not marked as read with the rest. */
	lestTil: string;
};

/** Who one is to a record when one sees the portal in this role. */
const SOM: Record<Rolle, string[]> = {
	lis: ['lis'],
	leder: ['leder'],
	veileder: ['veileder', 'deltaker'],
	supervisor: ['supervisor'],
	hdir: ['hdir'],
	drift: []
};

/** S4: the asker's own cards in both groups, the latest first; for people with several roles all, or those of the role that they have chosen. */
export async function hentVarsler(ctx: Ctx, valgt: Rolle | null, antall: number): Promise<Varsler> {
	const { brukerId } = ctx.actor;
	const alle = rollerNa(ctx.actor, ctx.now);
	const viste = visteRoller(alle, valgt);
	// What is told to the person as such is shown in every role.
	const som = viste.length < alle.length ? [...viste.flatMap((rolle) => SOM[rolle]), 'personen', 'innbyder'] : null;
	// The version first: what comes while the lists are read is then a change.
	const versjon = await hentVarselversjon(ctx);
	const [varsler, medarbeideroppfolging] = await Promise.all(
		KORTGRUPPER.map(async (kort) => {
			const rader = await listVarsler(ctx.db, { brukerId, kort, som, antall });
			return rader.map(({ id, type, som, data, at, lestAt }) => ({
				...{
					id,
					type,
					som,
					navn: data,
					lis: som === 'lis' ? null : data.lis,
					at: at.toISOString(),
					lest: lestAt !== null
				}
			}));
		})
	);
	return {
		...{ varsler: varsler ?? [], medarbeideroppfolging: medarbeideroppfolging ?? [] },
		...{ versjon, lestTil: ctx.now.toISOString() }
	};
}

/** What changes whenever any of the asker's notifications does. */
export async function hentVarselversjon(ctx: Ctx): Promise<string> {
	const { siste, uleste } = await findVarselstand(ctx.db, ctx.actor.brukerId);
	return `${siste}-${uleste}`;
}
