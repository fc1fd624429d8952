import { redirect, type RequestEvent } from '@sveltejs/kit';
import { kodePersonSkjema, signerKodeSkjema } from '#lib/domain/laering/kode.ts';
import { registrerSignerer, signerMedKode } from '#lib/server/commands/signer-med-kode.ts';
import { hentKodeside } from '#lib/server/views/signeringskode.ts';
import { deleteEidBevisCookie, getEidBevisCookie, getSigneringCookie, setOktCookie } from '#lib/web/cookies.ts';
import { deps } from '#lib/web/deps.ts';
import { tekstfelter, utfor, vis } from '#lib/web/feil.ts';
import { krevCtx, krevOkt } from '#lib/web/guard.ts';
import { feilet, merkSkjema, svarPa, tolk } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

const tokenAv = ({ cookies }: RequestEvent): string => getSigneringCookie(cookies, deps().config.origin) ?? '';
const bevisAv = ({ cookies }: RequestEvent): string | undefined => getEidBevisCookie(cookies, deps().config.origin);

export const load: PageServerLoad = (event) =>
	vis(event, async () => {
		const { base, okt, sprak } = event.locals;
		const hvem = { brukerId: okt?.actor.brukerId ?? null, eidAt: okt?.eidAt ?? null };
		const side = await hentKodeside(base, { ...hvem, token: tokenAv(event), bevisToken: bevisAv(event) });
		return { side, sprak };
	});

export const actions: Actions = {
	registrer: async (event) => {
		const { config } = deps();
		const verdier = await tekstfelter(event.request, ['epost', 'sprak']);
		const bevis = bevisAv(event) ?? '';
		const { base } = event.locals;
		const svar = await utfor(event, verdier, async () =>
			registrerSignerer({
				...{ ...base, ...tolk(kodePersonSkjema, verdier), bevis },
				...{ idleMs: config.sessionIdleMs, kode: tokenAv(event) }
			})
		);
		if (feilet(svar)) return merkSkjema('registrer', svar);
		setOktCookie(event.cookies, config.origin, svar.token);
		deleteEidBevisCookie(event.cookies, config.origin);
		redirect(303, '/signering/kode');
	},
	signer: async (event) => {
		const ctx = krevCtx(event);
		const { eidAt } = krevOkt(event);
		const verdier = await tekstfelter(event.request, ['versjon', 'filer', 'tilbakemelding', 'anbefal']);
		return svarPa(event, 'signer', verdier, async () =>
			signerMedKode(ctx, { ...tolk(signerKodeSkjema, verdier), token: tokenAv(event), eidAt })
		);
	}
};
