import { redirect, type RequestEvent } from '@sveltejs/kit';
import { AppError } from '#lib/domain/feil.ts';
import { AKTIVITET_FELTER, kladdSkjema, type AktivitetVerdier, type Kladd } from '#lib/domain/laering/skjema.ts';
import { dupliserAktivitet, lagreAktivitet, slettAktivitet } from '#lib/server/commands/lagre-aktivitet.ts';
import { lagSigneringskode } from '#lib/server/commands/lag-signeringskode.ts';
import { purrAktivitet } from '#lib/server/commands/purr.ts';
import { angreAktivitet, sendAktivitet, trekkAktivitet } from '#lib/server/commands/send-aktivitet.ts';
import { svarPaSignatur } from '#lib/server/commands/svar-pa-signatur.ts';
import { hentAktivitetSide, hentNyAktivitet } from '#lib/server/views/aktivitet.ts';
import { deps } from '#lib/web/deps.ts';
import { tekstfelter, tekstfelterMedFlere, utfor, vis } from '#lib/web/feil.ts';
import { filregler, svarFraOpplasting } from '#lib/web/filer.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { feilet, merkSkjema, svarPa, tolk } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

/** The address of a draft that has not been saved yet. */
const NY = 'ny';

export const load: PageServerLoad = (event) => {
	const ctx = krevCtx(event);
	const { id } = event.params;
	const felles = { megId: ctx.actor.brukerId, opplasting: svarFraOpplasting(event.url) };
	return vis(event, async () => {
		// What is not saved yet can have no files.
		if (id === NY)
			return { skjema: await hentNyAktivitet(ctx, event.url.searchParams), lest: null, filer: null, ...felles };
		return { ...(await hentAktivitetSide(ctx, id, filregler())), ...felles };
	});
};

const lesSkjema = ({ request }: RequestEvent): Promise<AktivitetVerdier> =>
	tekstfelterMedFlere(request, AKTIVITET_FELTER, ['mal']);

/** The form as a draft of whoever is logged in; throws a conflict when the page was made for somebody else. */
function tolkKladd(verdier: AktivitetVerdier, brukerId: string): Kladd {
	if (verdier.hvem !== '' && verdier.hvem !== brukerId)
		throw new AppError('conflict', { reason: 'aktivitet_konflikt_annen' });
	return tolk(kladdSkjema, verdier);
}

/** A page that saves by itself asks without leaving. */
const bliPaSiden = ({ request }: RequestEvent): boolean => request.headers.get('x-sveltekit-action') === 'true';

export const actions: Actions = {
	lagre: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await lesSkjema(event);
		const svar = await utfor(event, verdier, async () => lagreAktivitet(ctx, tolkKladd(verdier, ctx.actor.brukerId)));
		if (feilet(svar)) return merkSkjema('aktivitet', svar);
		if (!bliPaSiden(event)) redirect(303, `/aktiviteter/${verdier.id}`);
		return { skjema: 'lagre', ok: true, verdier: { versjon: String(svar.versjon) } };
	},
	send: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await lesSkjema(event);
		const svar = await utfor(event, verdier, async () => sendAktivitet(ctx, tolkKladd(verdier, ctx.actor.brukerId)));
		if (feilet(svar)) return merkSkjema('aktivitet', svar);
		redirect(303, `/aktiviteter/${verdier.id}`);
	},
	kode: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await lesSkjema(event);
		const { origin } = deps().config;
		const svar = await utfor(event, verdier, async () =>
			lagSigneringskode(ctx, { kladd: tolkKladd(verdier, ctx.actor.brukerId), origin })
		);
		if (feilet(svar)) return merkSkjema('aktivitet', svar);
		const { versjon, ...kode } = svar;
		return { skjema: 'kode', ok: true, kode, verdier: { ...verdier, versjon: String(versjon) } };
	},
	slett: async (event) => {
		const ctx = krevCtx(event);
		const { id } = await tekstfelter(event.request, ['id']);
		const svar = await svarPa(event, 'slett', {}, () => slettAktivitet(ctx, { id }));
		if ('ok' in svar) redirect(303, '/laeringsmal');
		return svar;
	},
	dupliser: async (event) => {
		const ctx = krevCtx(event);
		const svar = await utfor(event, {}, () => dupliserAktivitet(ctx, { id: event.params.id }));
		if (feilet(svar)) return merkSkjema('dupliser', svar);
		redirect(303, `/aktiviteter/${svar.id}`);
	},
	trekk: (event) => {
		const ctx = krevCtx(event);
		return svarPa(event, 'trekk', {}, () => trekkAktivitet(ctx, { id: event.params.id }));
	},
	purr: (event) => {
		const ctx = krevCtx(event);
		return svarPa(event, 'purr', {}, () => purrAktivitet(ctx, { id: event.params.id }));
	},
	angre: (event) => {
		const ctx = krevCtx(event);
		return svarPa(event, 'angre', {}, () => angreAktivitet(ctx, { id: event.params.id }));
	},
	signatur: async (event) => {
		const ctx = krevCtx(event);
		const { svar } = await tekstfelter(event.request, ['svar']);
		const valgt = svar === 'ja' ? 'ja' : 'nei';
		return svarPa(event, `signatur-${valgt}`, {}, async () => {
			if (svar !== 'ja' && svar !== 'nei') throw new AppError('invalid');
			await svarPaSignatur(ctx, { id: event.params.id, svar });
		});
	}
};
