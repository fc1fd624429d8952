import { rollerNa, visteRoller, type Rolle } from '#lib/domain/actor.ts';
import { utloper } from '#lib/domain/okt.ts';
import { can } from '../authz/index.ts';
import type { Okt } from '../auth/okter.ts';
import { personKort, type PersonKort } from './kort.ts';

/** What the frame around every page shows of the person who is logged in. */
export type Skall = {
	bruker: PersonKort & { brukernavn: string };
	/** Every role now, with for how many LIS where it is for LIS. */
	roller: { rolle: Rolle; antallLis: number | null }[];
	/** The one that the person has chosen to see the portal in; null: all. */
	valgtRolle: Rolle | null;
	/** What the menu leads to, in that role. */
	meny: {
		veiledning: boolean;
		filer: boolean;
		laeringsmal: boolean;
		fremdrift: boolean;
		folk: boolean;
		signering: boolean;
		godkjenning: boolean;
		katalog: boolean;
		meldinger: boolean;
		drift: boolean;
	};
	/** `fellesMaskin`: many share this one, and nothing of anybody is to stay on it. */
	okt: { utloper: string; fellesMaskin: boolean };
};

/** Made of the session alone: no query. */
export function hentSkall(okt: Okt, now: Date): Skall {
	const { actor } = okt;
	const alle = rollerNa(actor, now);
	const viste = visteRoller(alle, okt.rolle);
	const roller = alle.map((rolle) => ({
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
		valgtRolle: viste.length < alle.length ? okt.rolle : null,
		meny: {
			laeringsmal: viste.includes('lis'),
			filer: viste.some((rolle) => rolle === 'lis' || rolle === 'veileder' || rolle === 'leder'),
			veiledning: viste.some((rolle) => rolle === 'lis' || rolle === 'veileder' || rolle === 'leder'),
			fremdrift: viste.some((rolle) => rolle === 'veileder' || rolle === 'leder'),
			folk: viste.some((rolle) => rolle !== 'hdir' && rolle !== 'drift'),
			signering: viste.includes('supervisor'),
			godkjenning: viste.includes('leder'),
			katalog: viste.includes('hdir') && can(actor, 'portal.katalog', { portal: true }, now),
			meldinger: viste.some((rolle) => rolle === 'hdir' || rolle === 'drift'),
			drift: viste.includes('drift') && can(actor, 'portal.drift', { portal: true }, now)
		},
		okt: { utloper: utloper(okt.tider).toISOString(), fellesMaskin: okt.fellesMaskin }
	};
}
