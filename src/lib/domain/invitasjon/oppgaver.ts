import type { RelasjonRolle } from '../actor.ts';
import { statusNa, type InvitertRolle, type Tilstand } from './invitasjon.ts';

/**
 * A role that nobody holds for the LIS: their standing task until somebody does (product.md, «Roles»). `bekreft`: somebody has accepted
 * by another name than the invited one; `venter`: an invitation is out; `vet_ikke`: the LIS has said «Vet ikke ennå».
 */
export type Rolleoppgave =
	| { rolle: RelasjonRolle; tilstand: 'bekreft' | 'venter'; navn: string }
	| { rolle: RelasjonRolle; tilstand: 'vet_ikke' | 'mangler' };

const ROLLER = ['veileder', 'leder', 'supervisor'] as const;

/**
 * What the LIS still has to see to. A deputy holds no role: they stand in for somebody, or for nobody.
 * @param fra.innehatt the roles that somebody holds now, without an end
 * @param fra.invitasjoner all of the LIS', the newest first
 */
export function rolleoppgaver(
	fra: {
		innehatt: RelasjonRolle[];
		invitasjoner: (Tilstand & { navn: string; roller: InvitertRolle[] })[];
		vetIkke: RelasjonRolle[];
	},
	now: Date
): Rolleoppgave[] {
	return ROLLER.filter((rolle) => !fra.innehatt.includes(rolle)).map((rolle) => {
		const til = fra.invitasjoner
			.filter((i) => i.roller.some((r) => r.rolle === rolle && r.til === null))
			.map((i) => ({ navn: i.navn, status: statusNa(i, now) }));
		const akseptert = til.find(({ status }) => status === 'til_bekreftelse');
		if (akseptert) return { rolle, tilstand: 'bekreft', navn: akseptert.navn };
		const ute = til.find(({ status }) => status === 'sendt' || status === 'apnet');
		if (ute) return { rolle, tilstand: 'venter', navn: ute.navn };
		return { rolle, tilstand: fra.vetIkke.includes(rolle) ? 'vet_ikke' : 'mangler' };
	});
}
