/** What can stand with somebody until they do something about it. */
export const VENTER = [
	'signering',
	'godkjenning',
	'anbefaling',
	'forslag',
	'bekreftPerson',
	'bekreftSignatur',
	'aktivitet',
	'mal',
	'sak',
	'epost'
] as const;
export type Venter = (typeof VENTER)[number];

/**
 * Where the one action leads: to the thing itself when there is one, to the list of several. `lis`: how many LIS it is of.
 */
export function stiTilVenter(
	hva: Venter,
	{ antall, lis, ett }: { antall: number; lis: number; ett: string | null }
): string {
	const id = antall === 1 ? ett : null;
	switch (hva) {
		case 'signering':
			return id === null ? '/signering' : `/signering/${id}`;
		case 'anbefaling':
			// Recommended several at once, by LIS: `ett` is whose.
			return ett === null || lis > 1 ? '/fremdrift' : `/veiledning/${ett}/laeringsmal`;
		case 'forslag':
			// Each stands in a samtale of its own: the oldest first.
			return ett === null ? '/veiledning' : `/samtaler/${ett}`;
		case 'bekreftPerson':
			return '/folk';
		case 'bekreftSignatur':
		case 'aktivitet':
			return ett === null ? '/laeringsmal' : `/aktiviteter/${ett}`;
		case 'mal':
			return id === null ? '/laeringsmal' : `/laeringsmal/${encodeURIComponent(id)}`;
		case 'sak':
			return id === null ? '/katalog/saker' : `/katalog/saker/${id}`;
		case 'epost':
			return '/admin';
		case 'godkjenning':
			return '/godkjenning';
	}
}
