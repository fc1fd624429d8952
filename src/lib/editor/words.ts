import { formatKlokke, formatListe } from '#lib/i18n/format.ts';
import * as m from '#lib/i18n/paraglide/messages.js';
import type { Refusal } from './guard-rules.ts';
import { firstName, type Person } from './presence.ts';
import type { Samarbeid } from './samarbeid.svelte.ts';

/** How a saved state is meant; shown as an icon beside the words, never by colour alone. */
export type Tone = 'done' | 'waiting' | 'alarm' | 'calm';

/** The saved state in words (collab.md, «The client»). */
export function savedText(samarbeid: Samarbeid): { text: string; tone: Tone } {
	const { tilkobling, dokument, klar, lagring, lagretTid } = samarbeid;
	if (tilkobling === 'utlogget') {
		return samarbeid.harUlagret
			? { text: m.editor_utlogget_ulagret(), tone: 'alarm' }
			: { text: m.editor_utlogget(), tone: 'alarm' };
	}
	if (dokument === 'final') return { text: m.editor_ferdigstilt(), tone: 'calm' };
	if (dokument === 'cancelled') return { text: m.editor_avlyst(), tone: 'calm' };
	if (['avvist', 'uten-tilgang', 'gammel-side', 'annen-bruker'].includes(tilkobling)) {
		return { text: m.editor_bare_lesing(), tone: 'calm' };
	}
	if (tilkobling === 'kobler-til') return { text: m.editor_kobler_til(), tone: 'waiting' };
	if (dokument === 'closing') return { text: m.editor_stenges(), tone: 'calm' };
	switch (lagring) {
		case 'saving':
			return { text: m.editor_lagrer(), tone: 'waiting' };
		case 'no-contact':
			return { text: m.editor_ikke_kontakt(), tone: 'alarm' };
		case 'offline-unsaved':
			return { text: m.editor_frakoblet_ulagret(), tone: 'alarm' };
		case 'offline-kept':
			return { text: m.editor_frakoblet_pa_enheten(), tone: 'waiting' };
		case 'offline-saved':
			return { text: m.editor_frakoblet(), tone: 'waiting' };
		default:
			if (!klar) return { text: m.editor_kobler_til(), tone: 'waiting' };
			if (samarbeid.tilSide.tekst !== '') return { text: m.editor_noe_ulagret(), tone: 'alarm' };
			if (lagretTid === undefined) return { text: m.editor_alt_lagret(), tone: 'done' };
			return { text: m.editor_lagret_kl({ tid: formatKlokke(new Date(lagretTid)) }), tone: 'done' };
	}
}

/** «Du og Ola er her nå». */
export function presenceText(samarbeid: Samarbeid): string {
	if (samarbeid.tilkobling === 'kobler-til') return m.editor_kobler_til();
	if (samarbeid.tilkobling !== 'tilkoblet') return m.editor_her_ukjent();
	const others = samarbeid.personer.filter((person) => person.id !== samarbeid.meg.id);
	if (others.length === 0) return m.editor_her_bare_du();
	return m.editor_her({ navn: formatListe([m.editor_du(), ...names(others)]) });
}

/** «Ola kom inn.», «Kari gikk ut.» */
export function presenceChangeText({ joined, left }: { joined: Person[]; left: Person[] }): string {
	return [
		joined.length > 0 ? m.editor_kom({ navn: formatListe(names(joined)) }) : '',
		left.length > 0 ? m.editor_gikk({ navn: formatListe(names(left)) }) : ''
	]
		.filter(Boolean)
		.join(' ');
}

const REFUSALS: Record<Refusal, () => string> = {
	fodselsnummer: m.editor_nektet_fodselsnummer,
	'too-large': m.editor_nektet_for_stor,
	'document-full': m.editor_nektet_full,
	'too-deep': m.editor_nektet_dyp,
	'too-many-nodes': m.editor_nektet_avsnitt,
	'not-allowed': m.editor_nektet_tegn
};

/** Why an edit was refused before it was applied, and what to do. */
export function refusalText(refusal: Refusal): string {
	return REFUSALS[refusal]();
}

function names(people: Person[]): string[] {
	return people.map((person) => firstName(person.navn));
}
