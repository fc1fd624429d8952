import type { Rolle } from '#lib/domain/actor.ts';
import type { SamtaleKort } from '../samtale/kort.ts';

/** A person in a list. */
export type Person = { id: string; navn: string; initialer: string; farge: number };

/** A LIS whom the reader follows. */
export type FulgtLis = Person & {
	arbeidssted: string | null;
	roller: Rolle[];
	nesteSamtale: SamtaleKort | null;
	/** The reader may open this LIS' veiledning. */
	kanApne: boolean;
};
