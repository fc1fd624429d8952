import { begrunnSkjema, signerSkjema } from '#lib/domain/laering/vurdering-skjema.ts';
import { anbefalMal, trekkAnbefaling } from '#lib/server/commands/anbefal-mal.ts';
import { signerAktiviteter } from '#lib/server/commands/signer-aktivitet.ts';
import { underkjennAktivitet } from '#lib/server/commands/underkjenn-aktivitet.ts';
import { finnLis, hentVurdering } from '#lib/server/views/signering.ts';
import { tekstfelter, vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { svarPa, svarPaEllerBorte, tolk } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	return { ...(await vis(event, () => hentVurdering(ctx, event.params.id))), manglerEid: ctx.manglerEid };
};

export const actions: Actions = {
	signer: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await tekstfelter(event.request, ['versjon', 'tilbakemelding', 'anbefal']);
		const { id } = event.params;
		return svarPaEllerBorte(event, 'signer', verdier, 'signering_feil_borte', async () => {
			const { aktivitet, ...signering } = tolk(signerSkjema, {
				...{ tilbakemelding: verdier.tilbakemelding, anbefal: verdier.anbefal },
				aktivitet: `${id}:${verdier.versjon}`
			});
			await signerAktiviteter(ctx, { aktiviteter: aktivitet, ...signering });
		});
	},
	underkjenn: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await tekstfelter(event.request, ['versjon', 'grunn']);
		const { id } = event.params;
		return svarPaEllerBorte(event, 'underkjenn', verdier, 'signering_feil_borte', () =>
			underkjennAktivitet(ctx, { id, ...tolk(begrunnSkjema, verdier) })
		);
	},
	anbefal: async (event) => {
		const ctx = krevCtx(event);
		const { kode } = await tekstfelter(event.request, ['kode']);
		return svarPa(event, `anbefal-${kode}`, {}, async () => {
			const lisId = await finnLis(ctx, event.params.id);
			await anbefalMal(ctx, { lisId, koder: [kode] });
		});
	},
	trekkAnbefaling: async (event) => {
		const ctx = krevCtx(event);
		const { kode } = await tekstfelter(event.request, ['kode']);
		return svarPa(event, `anbefal-${kode}`, {}, async () => {
			const lisId = await finnLis(ctx, event.params.id);
			await trekkAnbefaling(ctx, { lisId, kode });
		});
	}
};
