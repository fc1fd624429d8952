import { redirect } from '@sveltejs/kit';
import { INVITER_FELTER, inviterSkjema } from '#lib/domain/invitasjon/skjema.ts';
import { inviterFolk } from '#lib/server/commands/inviter-folk.ts';
import { hentFolk } from '#lib/server/views/folk.ts';
import { deps } from '#lib/web/deps.ts';
import { tekstfelter, utfor, vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { feilet, merkSkjema, tolk } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	const { egne } = await vis(event, () => hentFolk(ctx));
	if (!egne) redirect(303, '/folk');
	return {};
};

export const actions: Actions = {
	default: async (event) => {
		const ctx = krevCtx(event);
		const nokkel = deps().config.pidKey;
		const verdier = await tekstfelter(event.request, INVITER_FELTER);
		const svar = await utfor(event, verdier, async () =>
			inviterFolk(ctx, { ...tolk(inviterSkjema({ alle: true }), verdier), nokkel })
		);
		if (feilet(svar)) return merkSkjema('inviter', svar);
		redirect(303, '/registrer/kvittering');
	}
};
