import type { RequestEvent } from '@sveltejs/kit';
import {
	avsluttSkjema,
	INVITER_FELTER,
	inviterSkjema,
	mottakerSkjema,
	stedfortrederSkjema
} from '#lib/domain/invitasjon/skjema.ts';
import { avsluttRelasjon } from '#lib/server/commands/avslutt-relasjon.ts';
import { inviterFolk } from '#lib/server/commands/inviter-folk.ts';
import { settStedfortreder } from '#lib/server/commands/sett-stedfortreder.ts';
import {
	avvisPerson,
	bekreftPerson,
	byttInvitert,
	sendInvitasjonPaNytt,
	trekkInvitasjon
} from '#lib/server/commands/styr-invitasjon.ts';
import { hentFolk } from '#lib/server/views/folk.ts';
import { deps } from '#lib/web/deps.ts';
import { tekstfelter, vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { svarPa, tolk } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	return { folk: await vis(event, () => hentFolk(ctx)) };
};

const nokkel = (): Uint8Array => deps().config.pidKey;
const idAv = async ({ request }: RequestEvent): Promise<{ invitasjonId: string }> =>
	tekstfelter(request, ['invitasjonId']);

export const actions: Actions = {
	inviter: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await tekstfelter(event.request, INVITER_FELTER);
		return svarPa(event, 'inviter', verdier, async () =>
			inviterFolk(ctx, { ...tolk(inviterSkjema({ alle: false }), verdier), nokkel: nokkel() })
		);
	},
	igjen: async (event) => {
		const ctx = krevCtx(event);
		const hvilken = await idAv(event);
		const work = () => sendInvitasjonPaNytt(ctx, { ...hvilken, rettet: null, nokkel: nokkel() });
		return svarPa(event, `igjen-${hvilken.invitasjonId}`, hvilken, work);
	},
	rett: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await tekstfelter(event.request, ['invitasjonId', 'navn', 'epost']);
		return svarPa(event, `rett-${verdier.invitasjonId}`, verdier, async () => {
			const rettet = tolk(mottakerSkjema, verdier);
			await sendInvitasjonPaNytt(ctx, { invitasjonId: verdier.invitasjonId, rettet, nokkel: nokkel() });
		});
	},
	bytt: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await tekstfelter(event.request, ['invitasjonId', 'navn', 'epost']);
		return svarPa(event, `bytt-${verdier.invitasjonId}`, verdier, async () => {
			const til = tolk(mottakerSkjema, verdier);
			await byttInvitert(ctx, { invitasjonId: verdier.invitasjonId, til, nokkel: nokkel() });
		});
	},
	trekk: async (event) => {
		const ctx = krevCtx(event);
		const hvilken = await idAv(event);
		return svarPa(event, `trekk-${hvilken.invitasjonId}`, hvilken, () => trekkInvitasjon(ctx, hvilken));
	},
	bekreft: async (event) => {
		const ctx = krevCtx(event);
		const hvilken = await idAv(event);
		return svarPa(event, `bekreft-${hvilken.invitasjonId}`, hvilken, () => bekreftPerson(ctx, hvilken));
	},
	avvis: async (event) => {
		const ctx = krevCtx(event);
		const hvilken = await idAv(event);
		return svarPa(event, `avvis-${hvilken.invitasjonId}`, hvilken, () => avvisPerson(ctx, hvilken));
	},
	avslutt: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await tekstfelter(event.request, ['relasjonId', 'grunn']);
		return svarPa(event, `avslutt-${verdier.relasjonId}`, verdier, async () =>
			avsluttRelasjon(ctx, tolk(avsluttSkjema, verdier))
		);
	},
	stedfortreder: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await tekstfelter(event.request, ['lisId', 'rolle', 'navn', 'epost', 'til']);
		return svarPa(event, `stedfortreder-${verdier.lisId}`, verdier, async () =>
			settStedfortreder(ctx, { ...tolk(stedfortrederSkjema, verdier), nokkel: nokkel() })
		);
	}
};
