import type { Mal } from './regler.ts';

/** What a path is made of. */
export type Hvor = { lisId: string | null; objektId: string | null; kode: string | null };

/** The page of the portal to which a card and a mail lead. */
export function stiTil(mal: Mal, { lisId, objektId, kode }: Hvor): string {
	switch (mal) {
		case 'aktivitet':
			return objektId === null ? '/laeringsmal' : `/aktiviteter/${objektId}`;
		case 'mal':
			return kode === null ? '/laeringsmal' : `/laeringsmal/${encodeURIComponent(kode)}`;
		case 'samtale':
			return objektId === null ? '/veiledning' : `/samtaler/${objektId}`;
		case 'laeringsmalForLis':
			return lisId === null ? '/veiledning' : `/veiledning/${lisId}/laeringsmal`;
		case 'veiledning':
			return lisId === null ? '/veiledning' : `/veiledning/${lisId}`;
		case 'filerForLis':
			return lisId === null ? '/veiledning' : `/veiledning/${lisId}/filer`;
		case 'sak':
			return objektId === null ? '/katalog/saker' : `/katalog/saker/${objektId}`;
		default:
			return `/${mal}`;
	}
}
