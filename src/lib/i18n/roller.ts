import type { Rolle } from '#lib/domain/actor.ts';
import * as m from './paraglide/messages.js';

const NAVN: Record<Rolle, () => string> = {
	lis: m.rolle_lis,
	veileder: m.rolle_veileder,
	leder: m.rolle_leder,
	supervisor: m.rolle_supervisor,
	hdir: m.rolle_hdir,
	drift: m.rolle_drift
};
const FOR_LIS: Partial<Record<Rolle, (inputs: { antall: number }) => string>> = {
	veileder: m.rolle_veileder_for,
	leder: m.rolle_leder_for,
	supervisor: m.rolle_supervisor_for
};

/** The name of a role in the reader's language. */
export function rollenavn(rolle: Rolle): string {
	return NAVN[rolle]();
}

/** «Veileder for 3 LIS»; the plain name for roles that are not for somebody. */
export function rolletekst(rolle: Rolle, antallLis: number | null): string {
	return (antallLis !== null && FOR_LIS[rolle]?.({ antall: antallLis })) || NAVN[rolle]();
}
