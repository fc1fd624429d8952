import { signerSkjema } from '#lib/domain/laering/vurdering-skjema.ts';
import { signerAktiviteter } from '#lib/server/commands/signer-aktivitet.ts';
import { hentSignering } from '#lib/server/views/signering.ts';
import { tekstfelterMedFlere, vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { svarPaEllerBorte, tolk } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	const { grupper } = await vis(event, () => hentSignering(ctx));
	return { grupper, meg: ctx.actor.navn, manglerEid: ctx.manglerEid };
};

export const actions: Actions = {
	signer: async (event) => {
		const ctx = krevCtx(event);
		const felter = ['aktivitet', 'tilbakemelding', 'anbefal'] as const;
		const verdier = await tekstfelterMedFlere(event.request, felter, ['aktivitet']);
		return svarPaEllerBorte(event, 'signer', verdier, 'signering_feil_borte', async () => {
			const { aktivitet, ...signering } = tolk(signerSkjema, verdier);
			await signerAktiviteter(ctx, { aktiviteter: aktivitet, ...signering });
		});
	}
};
