import { grunnbokstaver } from '../bokstaver.ts';
import type { Tospraklig } from './katalog.ts';
import type { KravTilstand } from './krav.ts';
import type { MalStatus } from './mal.ts';
import { ARENAER, type Arena } from './nivaa.ts';

/** What a LIS looks for among their læringsmål; the same in an address and while they type. */

/** `mangler`: something can still be done for it; `tilbake`: it waits for the LIS to act. */
export const UTVALG = ['alle', 'mangler', 'venter', 'tilbake', 'godkjent'] as const;
export type Utvalg = (typeof UTVALG)[number];

export type Filter = { sok: string; tema: string; arena: Arena | ''; utvalg: Utvalg };

/** What the filter looks at. */
export type Filtrerbart = {
	kode: string;
	tittel: Tospraklig;
	tema: Tospraklig;
	arenaer: readonly Arena[];
	status: MalStatus;
	krav: readonly { tittel: Tospraklig; tilstand: KravTilstand }[];
};

/** The filter that an address names; what it does not know counts as not said. */
export function lesFilter(sporring: URLSearchParams): Filter {
	const arena = sporring.get('arena') ?? '';
	const utvalg = sporring.get('utvalg') ?? '';
	return {
		sok: (sporring.get('sok') ?? '').slice(0, 100),
		tema: (sporring.get('tema') ?? '').slice(0, 100),
		arena: ARENAER.find((en) => en === arena) ?? '',
		utvalg: UTVALG.find((ett) => ett === utvalg) ?? 'alle'
	};
}

/** The same as an address; empty when everything is shown. */
export function filterAdresse({ sok, tema, arena, utvalg }: Filter): string {
	const sporring = new URLSearchParams();
	if (sok) sporring.set('sok', sok);
	if (tema) sporring.set('tema', tema);
	if (arena) sporring.set('arena', arena);
	if (utvalg !== 'alle') sporring.set('utvalg', utvalg);
	return sporring.size === 0 ? '' : `?${sporring.toString()}`;
}

/** Whether something can still be done for the goal: it is not with the leder, and a krav is neither fulfilled nor with a supervisør. */
export function manglerNoe({ status, krav }: Pick<Filtrerbart, 'status' | 'krav'>): boolean {
	if (status === 'sendt' || status === 'godkjent') return false;
	return krav.some(({ tilstand }) => tilstand === 'ikke_paabegynt' || tilstand === 'paabegynt');
}

/** Whether a goal is among those that are looked for. Every word of the search must be found, in either language. */
export function passer(mal: Filtrerbart, { sok, tema, arena, utvalg }: Filter): boolean {
	if (tema && mal.tema.nb !== tema) return false;
	if (arena && !mal.arenaer.includes(arena)) return false;
	return iUtvalg(mal, utvalg) && harOrdene(mal, sok);
}

function iUtvalg(mal: Filtrerbart, utvalg: Utvalg): boolean {
	switch (utvalg) {
		case 'alle':
			return true;
		case 'mangler':
			return manglerNoe(mal);
		case 'venter':
			return mal.status === 'sendt' || mal.krav.some(({ tilstand }) => tilstand === 'venter');
		case 'tilbake':
			return mal.status === 'sendt_tilbake' || mal.status === 'underkjent' || mal.status === 'trukket';
		case 'godkjent':
			return mal.status === 'godkjent';
	}
}

function harOrdene(mal: Filtrerbart, sok: string): boolean {
	const ord = bokstaver(sok).split(/\s+/).filter(Boolean);
	if (ord.length === 0) return true;
	const tekster = [mal.tittel, mal.tema, ...mal.krav.map(({ tittel }) => tittel)];
	const alt = bokstaver([mal.kode, ...tekster.flatMap(({ nb, nn }) => [nb, nn])].join(' '));
	return ord.every((ett) => alt.includes(ett));
}

const bokstaver = (tekst: string) => grunnbokstaver(tekst.toLocaleLowerCase('nb'));
