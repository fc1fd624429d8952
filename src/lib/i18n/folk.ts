import type { RelasjonRolle } from '#lib/domain/actor.ts';
import type { InvitasjonStatus } from '#lib/domain/invitasjon/invitasjon.ts';
import type { Rolleoppgave } from '#lib/domain/invitasjon/oppgaver.ts';
import * as m from './paraglide/messages.js';
import { rollenavn } from './roller.ts';

/** The words of invitations and people. */

const STATUS: Record<InvitasjonStatus, () => string> = {
	sendt: m.invitasjon_status_sendt,
	apnet: m.invitasjon_status_apnet,
	til_bekreftelse: m.invitasjon_status_til_bekreftelse,
	akseptert: m.invitasjon_status_akseptert,
	avslatt: m.invitasjon_status_avslatt,
	ikke_meg: m.invitasjon_status_ikke_meg,
	utlopt: m.invitasjon_status_utlopt,
	trukket: m.invitasjon_status_trukket
};

/** The state of an invitation in words. */
export function invitasjonstatus(status: InvitasjonStatus): string {
	return STATUS[status]();
}

/** How a state looks: what waits for the reader, what is under way, what is over. */
export function statusutseende(status: InvitasjonStatus): {
	tone: 'active' | 'wait' | 'done' | undefined;
	icon: 'clock' | 'eye' | 'check' | 'warning' | 'cancelled';
} {
	if (status === 'sendt') return { tone: 'active', icon: 'clock' };
	if (status === 'apnet') return { tone: 'active', icon: 'eye' };
	if (status === 'akseptert') return { tone: 'done', icon: 'check' };
	if (status === 'trukket') return { tone: undefined, icon: 'cancelled' };
	return { tone: 'wait', icon: 'warning' };
}

const BETYR: Record<RelasjonRolle, () => string> = {
	veileder: m.invitasjon_betyr_veileder,
	leder: m.invitasjon_betyr_leder,
	supervisor: m.invitasjon_betyr_supervisor
};

/** What it means to accept a role. */
export function betydning(rolle: RelasjonRolle): string {
	return BETYR[rolle]();
}

/** What ending a relation means: whoever held the samtaler may still read those. */
export function avslutthjelp(rolle: RelasjonRolle, navn: string): string {
	return rolle === 'veileder' ? m.folk_avslutt_hjelp_veileder({ navn }) : m.folk_avslutt_hjelp({ navn });
}

/** What is left to see to about a role that nobody holds. */
export function rolleoppgave(oppgave: Rolleoppgave): string {
	const rolle = rollenavn(oppgave.rolle);
	if (oppgave.tilstand === 'bekreft') return m.folk_oppgave_bekreft({ rolle, navn: oppgave.navn });
	if (oppgave.tilstand === 'venter') return m.folk_oppgave_venter({ rolle, navn: oppgave.navn });
	return oppgave.tilstand === 'vet_ikke'
		? m.folk_mangler_vet_ikke({ rolle })
		: m.folk_mangler({ rolle: rolle.toLowerCase() });
}
