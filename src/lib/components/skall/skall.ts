import type { Rolle } from '#lib/domain/actor.ts';

/** What the frame around every page shows of the person who is logged in. */
export type Skall = {
	bruker: { id: string; brukernavn: string; navn: string; initialer: string; farge: number };
	roller: { rolle: Rolle; antallLis: number | null }[];
	valgtRolle: Rolle | null;
	okt: { fellesMaskin: boolean };
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
};
