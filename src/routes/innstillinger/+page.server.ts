import { epostSkjema } from '#lib/domain/drift/skjema.ts';
import { innloggingSkjema } from '#lib/domain/konto/innlogging.ts';
import { profilSkjema } from '#lib/domain/konto/skjema.ts';
import { dagINorge } from '#lib/domain/dager.ts';
import { byttEpost } from '#lib/server/commands/bytt-epost.ts';
import { endreProfil } from '#lib/server/commands/endre-profil.ts';
import { loggUtAndre } from '#lib/server/commands/logg-ut-andre.ts';
import { settInnlogging } from '#lib/server/commands/sett-innlogging.ts';
import { hentKonto } from '#lib/server/views/konto.ts';
import { setOktCookie } from '#lib/web/cookies.ts';
import { deps } from '#lib/web/deps.ts';
import { tekstfelter, vis } from '#lib/web/feil.ts';
import { krevCtx, krevOkt } from '#lib/web/guard.ts';
import { svarPa, tolk } from '#lib/web/skjemasvar.ts';
import { setSprakCookie } from '#lib/web/sprak-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	const konto = await vis(event, () => hentKonto(ctx, krevOkt(event)));
	return { ...konto, iDag: dagINorge(ctx.now) };
};

export const actions: Actions = {
	profil: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await tekstfelter(event.request, ['mobil', 'stilling', 'sprak']);
		const svar = await svarPa(event, 'profil', verdier, () => endreProfil(ctx, tolk(profilSkjema, verdier)));
		if ('ok' in svar) setSprakCookie(event.cookies, deps().config.origin, verdier.sprak);
		return svar;
	},
	innlogging: async (event) => {
		const ctx = krevCtx(event);
		const okt = krevOkt(event);
		const { passord, ...verdier } = await tekstfelter(event.request, ['brukernavn', 'passord']);
		return svarPa(event, 'innlogging', verdier, async () => {
			const token = await settInnlogging(ctx, okt, tolk(innloggingSkjema, { ...verdier, passord }));
			setOktCookie(event.cookies, deps().config.origin, token);
		});
	},
	epost: async (event) => {
		const ctx = krevCtx(event);
		const okt = krevOkt(event);
		const verdier = await tekstfelter(event.request, ['epost']);
		const { pidKey } = deps().config;
		return svarPa(event, 'epost', verdier, () => byttEpost(ctx, okt, { ...tolk(epostSkjema, verdier), pidKey }));
	},
	andre: async (event) => {
		const ctx = krevCtx(event);
		const okt = krevOkt(event);
		return svarPa(event, 'andre', {}, () => loggUtAndre(ctx, okt));
	}
};
