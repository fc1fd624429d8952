import { rollerNa, type Rolle } from '#lib/domain/actor.ts';
import { utloper } from '#lib/domain/okt.ts';
import { can } from '../authz/index.ts';
import type { Okt } from '../auth/okter.ts';
import { personKort, type PersonKort } from './kort.ts';

/** What the frame around every page shows of the person who is logged in. */
export type Skall = {
	bruker: PersonKort & { brukernavn: string };
	/** Every role now, with for how many LIS where it is for LIS. */
	roller: { rolle: Rolle; antallLis: number | null }[];
	meny: { veiledning: boolean; folk: boolean; drift: boolean };
	okt: { utloper: string };
};

/** Made of the session alone: no query. */
export function hentSkall(okt: Okt, now: Date): Skall {
	const { actor } = okt;
	const roller = rollerNa(actor, now).map((rolle) => ({
		rolle,
		antallLis: ['leder', 'veileder', 'supervisor'].includes(rolle)
			? new Set(
					actor.relasjoner
						.filter((r) => r.rolle === rolle && r.fra <= now && (r.til === null || r.til > now))
						.map((r) => r.lisId)
				).size
			: null
	}));
	return {
		bruker: {
			...personKort({ id: actor.brukerId, navn: actor.navn, farge: actor.farge }),
			brukernavn: actor.brukernavn
		},
		roller,
		meny: {
			veiledning: roller.some(({ rolle }) => rolle === 'lis' || rolle === 'veileder' || rolle === 'leder'),
			folk: actor.erLis || roller.some(({ antallLis }) => antallLis !== null && antallLis > 0),
			drift: can(actor, 'portal.drift', { portal: true }, now)
		},
		okt: { utloper: utloper(okt.tider).toISOString() }
	};
}
