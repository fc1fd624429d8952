import type { Planfelt } from '#lib/domain/laering/utdanningsplan.ts';
import * as m from '#lib/i18n/paraglide/messages.js';

/** What the parts of the training plan are called, and what belongs in each. */
export const FELTNAVN: Record<Planfelt, () => string> = {
	mal: m.utdanningsplan_felt_mal,
	behov: m.utdanningsplan_felt_behov,
	tiltak: m.utdanningsplan_felt_tiltak,
	arenaer: m.utdanningsplan_felt_arenaer,
	avtale: m.utdanningsplan_felt_avtale
};
export const FELTHJELP: Record<Planfelt, () => string> = {
	mal: m.utdanningsplan_hjelp_mal,
	behov: m.utdanningsplan_hjelp_behov,
	tiltak: m.utdanningsplan_hjelp_tiltak,
	arenaer: m.utdanningsplan_hjelp_arenaer,
	avtale: m.utdanningsplan_hjelp_avtale
};
