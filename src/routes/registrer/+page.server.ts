import { redirect } from '@sveltejs/kit';
import { personSkjema, REGISTRER_FELTER, startSkjema } from '#lib/domain/registrering/skjema.ts';
import { registrerLis } from '#lib/server/commands/registrer-lis.ts';
import { hentRegistrering } from '#lib/server/views/registrer.ts';
import { deleteEidBevisCookie, getEidBevisCookie, getInvitasjonCookie, setOktCookie } from '#lib/web/cookies.ts';
import { deps } from '#lib/web/deps.ts';
import { tekstfelter, utfor, vis } from '#lib/web/feil.ts';
import { feilet, merkSkjema, tolkFlere } from '#lib/web/skjemasvar.ts';
import { setSprakCookie } from '#lib/web/sprak-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { base, okt } = event.locals;
	if (okt) redirect(303, '/hjem');
	const { origin } = deps().config;
	const registrering = await vis(event, () => hentRegistrering(base, getEidBevisCookie(event.cookies, origin)));
	return { registrering, invitert: getInvitasjonCookie(event.cookies, origin) !== undefined };
};

export const actions: Actions = {
	default: async (event) => {
		const { config } = deps();
		const { base, okt } = event.locals;
		if (okt) redirect(303, '/hjem');
		const { passord, ...verdier } = await tekstfelter(event.request, REGISTRER_FELTER);
		const bevis = getEidBevisCookie(event.cookies, config.origin) ?? '';
		const svar = await utfor(event, verdier, async () => {
			const kjent = (await hentRegistrering(base, bevis))?.kjent;
			const [person, { start }] = tolkFlere([personSkjema(kjent?.navn ?? ''), startSkjema], { ...verdier, passord });
			return registrerLis({ ...base, idleMs: config.sessionIdleMs, bevis, person, startDato: start });
		});
		if (feilet(svar)) return merkSkjema('registrer', svar);
		setOktCookie(event.cookies, config.origin, svar.token);
		setSprakCookie(event.cookies, config.origin, verdier.sprak);
		deleteEidBevisCookie(event.cookies, config.origin);
		redirect(303, '/registrer/folk');
	}
};
