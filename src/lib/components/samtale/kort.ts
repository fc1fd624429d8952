import type { SamtaleStatus, Tidspunkt } from '#lib/domain/samtale/samtale.ts';

/** A samtale in a list. `kanApne`: the reader may open it. */
export type SamtaleKort = Tidspunkt & { id: string; status: SamtaleStatus; kanApne: boolean };
