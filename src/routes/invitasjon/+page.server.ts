import { redirect, type RequestEvent } from '@sveltejs/kit';
import { tryggNeste } from '#lib/domain/neste-side.ts';
import { PERSON_FELTER, personSkjema } from '#lib/domain/registrering/skjema.ts';
import { aksepterInvitasjon, aksepterSomNy } from '#lib/server/commands/aksepter-invitasjon.ts';
import {
	apneInvitasjon,
	avslaInvitasjon,
	beOmNyInvitasjon,
	type Leser
} from '#lib/server/commands/svar-pa-invitasjon.ts';
import { hentInvitasjon } from '#lib/server/views/invitasjon.ts';
import { hentRegistrering } from '#lib/server/views/registrer.ts';
import {
	deleteEidBevisCookie,
	deleteInvitasjonCookie,
	getEidBevisCookie,
	getInvitasjonCookie,
	setOktCookie
} from '#lib/web/cookies.ts';
import { deps } from '#lib/web/deps.ts';
import { tekstfelter, utfor, vis } from '#lib/web/feil.ts';
import { krevCtx, krevOkt } from '#lib/web/guard.ts';
import { feilet, merkSkjema, svarPa, tolk } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	vis(event, async () => {
		const { base, okt } = event.locals;
		const brukerId = okt?.actor.brukerId ?? null;
		const hvem = { token: tokenAv(event), bevisToken: bevisAv(event), brukerId };
		await apneInvitasjon(leserAv(event), { token: hvem.token });
		return { invitasjon: await hentInvitasjon(base, hvem), innlogget: okt !== undefined };
	});

export const actions: Actions = {
	aksepter: async (event) => {
		const ctx = krevCtx(event);
		const { origin } = deps().config;
		const work = () => aksepterInvitasjon(ctx, { token: tokenAv(event), okt: krevOkt(event) });
		const svar = await utfor(event, {}, work);
		if (feilet(svar)) return merkSkjema('aksepter', svar);
		setOktCookie(event.cookies, origin, svar.oktToken);
		deleteInvitasjonCookie(event.cookies, origin);
		redirect(303, '/invitasjon/kvittering');
	},
	registrer: async (event) => {
		const { config } = deps();
		const { base } = event.locals;
		const { passord, ...verdier } = await tekstfelter(event.request, PERSON_FELTER);
		const bevis = bevisAv(event) ?? '';
		const svar = await utfor(event, verdier, async () => {
			const kjent = (await hentRegistrering(base, bevis))?.kjent;
			const person = tolk(personSkjema(kjent?.navn ?? ''), { ...verdier, passord });
			return aksepterSomNy({ ...base, idleMs: config.sessionIdleMs, bevis, person, invitasjon: tokenAv(event) });
		});
		if (feilet(svar)) return merkSkjema('registrer', svar);
		setOktCookie(event.cookies, config.origin, svar.token);
		deleteEidBevisCookie(event.cookies, config.origin);
		deleteInvitasjonCookie(event.cookies, config.origin);
		redirect(303, `/invitasjon/kvittering?neste=${encodeURIComponent(videre(svar.neste))}`);
	},
	avsla: (event) =>
		svarPa(event, 'avsla', {}, () => avslaInvitasjon(leserAv(event), { token: tokenAv(event), svar: 'avslatt' })),
	ikkemeg: (event) =>
		svarPa(event, 'ikkemeg', {}, () => avslaInvitasjon(leserAv(event), { token: tokenAv(event), svar: 'ikke_meg' })),
	beomny: (event) => svarPa(event, 'beomny', {}, () => beOmNyInvitasjon(leserAv(event), { token: tokenAv(event) }))
};

const tokenAv = ({ cookies }: RequestEvent): string => getInvitasjonCookie(cookies, deps().config.origin) ?? '';
const bevisAv = ({ cookies }: RequestEvent): string | undefined => getEidBevisCookie(cookies, deps().config.origin);
const leserAv = ({ locals }: RequestEvent): Leser => ({ ...locals.base, aktorId: locals.okt?.actor.brukerId ?? null });

/** Where the person was heading for when they were asked who they are; not back to this page. */
function videre(neste: string | null): string {
	const trygg = tryggNeste(neste);
	return /^\/(invitasjon|registrer)(\/|\?|$)/.test(trygg) ? '/hjem' : trygg;
}
