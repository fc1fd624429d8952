import { redirect } from '@sveltejs/kit';
import { AppError } from '#lib/domain/feil.ts';
import { tryggNeste } from '#lib/domain/neste-side.ts';
import { loggInn } from '#lib/server/commands/logg-inn.ts';
import { getEnhetCookie, setEnhetCookie, setOktCookie } from '#lib/web/cookies.ts';
import { deps } from '#lib/web/deps.ts';
import { tekstfelter, utfor } from '#lib/web/feil.ts';
import { setSprakCookie } from '#lib/web/sprak-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url, request }) => {
	const next = url.searchParams.get('next');
	if (locals.okt) redirect(303, tryggNeste(next));
	return {
		next: next === null ? null : tryggNeste(next),
		utlogget: url.searchParams.has('ut'),
		// Sent on from the page behind log-in right after a log-in, and still not one cookie: the browser takes none.
		utenKapsler:
			next !== null && request.method === 'GET' && !request.headers.has('cookie') && kommerFra(request) === url.pathname
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { config, sleep } = deps();
		const { passord, ...verdier } = await tekstfelter(event.request, ['brukernavn', 'passord', 'felles', 'next']);
		const svar = await utfor(event, verdier, async () => {
			krevUtfylt({ brukernavn: verdier.brukernavn, passord });
			return loggInn({
				...event.locals.base,
				idleMs: config.sessionIdleMs,
				vent: sleep,
				brukernavn: verdier.brukernavn,
				passord,
				fellesMaskin: verdier.felles !== '',
				enhet: getEnhetCookie(event.cookies, config.origin),
				forrige: event.locals.okt
			});
		});
		if (!('token' in svar)) return svar;
		setOktCookie(event.cookies, config.origin, svar.token);
		if (verdier.felles === '') setEnhetCookie(event.cookies, config.origin, svar.enhet);
		setSprakCookie(event.cookies, config.origin, svar.sprak);
		redirect(303, tryggNeste(verdier.next));
	}
};

function kommerFra(request: Request): string | undefined {
	return URL.parse(request.headers.get('referer') ?? '')?.pathname;
}

function krevUtfylt({ brukernavn, passord }: { brukernavn: string; passord: string }): void {
	const fields = {
		...(brukernavn.trim() === '' ? { brukernavn: 'innlogging_brukernavn_mangler' } : {}),
		...(passord === '' ? { passord: 'innlogging_passord_mangler' } : {})
	};
	if (Object.keys(fields).length > 0) throw new AppError('invalid', { fields });
}
