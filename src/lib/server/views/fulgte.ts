import type { RelasjonRolle } from '#lib/domain/actor.ts';
import { dagINorge } from '#lib/domain/dager.ts';
import { samtalerSomKanLeses } from '../authz/scope/samtale.ts';
import type { Ctx } from '../ctx.ts';
import { listFulgteLis } from '../queries/lis.ts';
import { listNesteSamtaler, listSamtaler } from '../queries/samtale.ts';
import { personKort, samtaleKort, type PersonKort, type SamtaleKort } from './kort.ts';

/** A LIS whom the asker follows, with the next samtale as far as the asker may know of it. */
export type FulgtLis = PersonKort & {
	arbeidssted: string | null;
	startDato: string | null;
	roller: RelasjonRolle[];
	nesteSamtale: SamtaleKort | null;
	kanApne: boolean;
};

/** The LIS whom the asker follows in these roles, by name. A supervisør knows nothing of samtaler and is not listed one. */
export async function hentFulgte(
	ctx: Ctx,
	roller: RelasjonRolle[] = ['veileder', 'leder', 'supervisor']
): Promise<FulgtLis[]> {
	const fulgte = await listFulgteLis(ctx.db, ctx.actor.brukerId, roller, ctx.now);
	const medSamtaler = fulgte.filter((lis) => lis.roller.some((rolle) => rolle !== 'supervisor'));
	const neste = await listNesteSamtaler(
		ctx.db,
		medSamtaler.map((lis) => lis.id),
		dagINorge(ctx.now)
	);
	const lesbare = new Set(
		(await listSamtaler(samtalerSomKanLeses(ctx.db, ctx.actor.brukerId, ctx.now))).map((s) => s.id)
	);
	const rekkefolge = new Intl.Collator('nb');
	return fulgte
		.map((lis) => {
			const samtale = neste.find((s) => s.lisId === lis.id);
			return {
				...personKort(lis),
				arbeidssted: lis.arbeidssted,
				startDato: lis.startDato,
				roller: lis.roller,
				nesteSamtale: samtale ? samtaleKort(samtale, lesbare.has(samtale.id)) : null,
				kanApne: medSamtaler.includes(lis)
			};
		})
		.toSorted((a, b) => rekkefolge.compare(a.navn, b.navn));
}
