import type { Tema } from '../fremdrift/fremdrift.ts';
import type { FulgtLis } from '../lis/lis.ts';

/** How many things stand with the reader, and since which day the oldest. */
export type Staende = { antall: number; eldst: string };

/** A LIS in the column Veiledning; what the reader may not know of is null. */
export type HjemLis = FulgtLis & {
	uke: number | null;
	avUker: number;
	antall: Tema['antall'] | null;
	sisteSamtale: string | null;
	hosMeg: Staende | null;
};
