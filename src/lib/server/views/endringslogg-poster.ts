import type { Forfatter, HendelsePost, Hendelsesinnhold, TekstPost } from '#lib/domain/endringslogg/types.ts';
import { maskFodselsnumre } from '#lib/domain/fodselsnummer.ts';
import type { Tidspunkt } from '#lib/domain/samtale/samtale.ts';
import type { RawPost } from '../endringslogg/protocol.ts';
import type { SamtaleHendelse } from '../queries/endringslogg.ts';

/** Nobody: stands where a person's row is not found, which cannot be. */
export const UKJENT: Forfatter = { id: '', navn: '', farge: 0 };

const MASK = '•••••••••••';

/** An entry of what was written, with names. */
export function tekstPost(
	{ userId, key: _key, restore, ...post }: RawPost,
	folk: ReadonlyMap<string, Forfatter>,
	gjenopprettet: ReadonlyMap<number, number>
): TekstPost {
	const versjon = restore ? (gjenopprettet.get(post.forsteSeq) ?? null) : null;
	return { ...post, av: folk.get(userId) ?? UKJENT, gjenopprettet: versjon };
}

/** An entry of what became of date, time, place or status. */
export function hendelsePost(hendelse: SamtaleHendelse, folk: ReadonlyMap<string, Forfatter>): HendelsePost {
	return {
		slag: 'hendelse',
		id: `h${hendelse.id}`,
		av: hendelse.aktorId === null ? null : (folk.get(hendelse.aktorId) ?? UKJENT),
		at: new Date(hendelse.atUs / 1000).toISOString(),
		...innhold(hendelse)
	};
}

function innhold({ type, data }: SamtaleHendelse): Hendelsesinnhold {
	switch (type) {
		case 'samtale.opprettet':
			return { hendelse: 'opprettet', til: tidspunkt(data) };
		case 'samtale.flyttet':
			return { hendelse: 'flyttet', fra: tidspunkt(data['fra']), til: tidspunkt(data['til']) };
		case 'samtale.forslag':
			return { hendelse: 'forslag', til: tidspunkt(data['forslag']) };
		case 'samtale.forslag-godtatt':
			return { hendelse: 'forslag-godtatt', fra: tidspunkt(data['fra']), til: tidspunkt(data['til']) };
		case 'samtale.avlyst':
			return { hendelse: 'avlyst', grunn: tekst(data['grunn']) ?? '' };
		case 'samtale.aktiv':
			return { hendelse: 'aktiv' };
		case 'samtale.forslag-avvist':
			return { hendelse: 'forslag-avvist' };
		case 'samtale.ferdigstilling-begynt':
			return { hendelse: 'ferdigstilling-begynt' };
		case 'samtale.ferdigstilling-avbrutt':
			return { hendelse: 'ferdigstilling-avbrutt' };
		case 'samtale.ferdigstilling-utlopt':
			return { hendelse: 'ferdigstilling-utlopt' };
		case 'samtale.ferdigstilt':
			return { hendelse: 'ferdigstilt' };
		case 'samtale.merknad':
			return { hendelse: 'merknad' };
	}
}

/** What an event kept of date, time and place. */
function tidspunkt(data: unknown): Tidspunkt {
	const felter = (typeof data === 'object' && data !== null ? data : {}) as { [felt: string]: unknown };
	return {
		dato: tekst(felter['dato']),
		fra: tekst(felter['fra']),
		til: tekst(felter['til']),
		sted: tekst(felter['sted'])
	};
}

function tekst(verdi: unknown): string | null {
	return typeof verdi === 'string' ? maskFodselsnumre(verdi, MASK) : null;
}
