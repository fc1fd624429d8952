import type { Difference, VersionContent } from '#lib/collab/history/difference.ts';
import type { Endringslogg, Forskjell, Post, Versjon } from '#lib/domain/endringslogg/types.ts';
import { AppError } from '#lib/domain/feil.ts';
import { erId } from '#lib/domain/id.ts';
import { authorize, can } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import type { Historikk } from '../endringslogg/historikk.ts';
import { compareKeys, type Key, type RawDifference, type RawPost } from '../endringslogg/protocol.ts';
import {
	listForfattere,
	listGjenopprettinger,
	listSamtaleHendelser,
	type SamtaleHendelse
} from '../queries/endringslogg.ts';
import { noterInnsyn } from '../queries/innsyn.ts';
import { findSamtale, type SamtaleRad } from '../queries/samtale.ts';
import { hendelsePost, tekstPost, UKJENT } from './endringslogg-poster.ts';

/** Entries on a page of the list. */
const ANTALL = 50;

type Sporsmal = { samtaleId: string; historikk: Historikk };

/**
 * S8: one page of the endringslogg, the newest first: what was written, and what became of date, time, place and status. `foer` is
 * `eldre` of the page before. Throws as `authorize` does, and `unavailable`.
 */
export async function hentEndringslogg(
	ctx: Ctx,
	{ samtaleId, historikk, foer }: Sporsmal & { foer: string | null }
): Promise<Endringslogg> {
	const samtale = await apne(ctx, samtaleId);
	const before = foer === null ? null : lesNokkel(foer);
	const [tekst, hendelser] = await Promise.all([
		historikk.ask({ what: 'list', docId: samtaleId, before, limit: ANTALL }),
		listSamtaleHendelser(ctx.db, samtaleId, hendelserFor(before), ANTALL + 1)
	]);
	if (!tekst) throw new AppError('not_found');
	type Rad = { key: Key; post?: RawPost; hendelse?: SamtaleHendelse };
	const rader: Rad[] = [
		...tekst.posts.map((post) => ({ key: post.key, post })),
		...hendelser.map((hendelse) => ({ key: [hendelse.atUs, 0, hendelse.id] as const, hendelse }))
	].sort((a, b) => compareKeys(b.key, a.key));
	const vist = rader.slice(0, ANTALL);
	const siste = vist.at(-1);
	const flere = rader.length > vist.length || tekst.more;

	const folk = await listForfattere(ctx.db, [
		...new Set(vist.flatMap(({ post, hendelse }) => post?.userId ?? hendelse?.aktorId ?? []))
	]);
	const gjenopprettet = vist.some(({ post }) => post?.restore)
		? await listGjenopprettinger(ctx.db, samtaleId)
		: new Map<number, number>();
	return {
		poster: vist.flatMap(({ post, hendelse }): Post[] => {
			if (post) return [tekstPost(post, folk, gjenopprettet)];
			return hendelse ? [hendelsePost(hendelse, folk)] : [];
		}),
		eldre: flere && siste ? siste.key.join('-') : null,
		hode: tekst.head,
		abilities: { gjenopprett: can(ctx.actor, 'samtale.skriv', samtale, ctx.now) }
	};
}

/** What one entry changed, net. `helt` shows unchanged paragraphs too. Throws `not_found` when no entry begins with that row. */
export async function hentPost(
	ctx: Ctx,
	{ samtaleId, historikk, forsteSeq, helt }: Sporsmal & { forsteSeq: number; helt: boolean }
): Promise<Forskjell<Difference>> {
	await apne(ctx, samtaleId);
	return forskjell(ctx, await historikk.ask({ what: 'entry', docId: samtaleId, first: forsteSeq, whole: helt }));
}

/** What changed from one version to a later one, net. Throws `not_found` when the log has no such versions. */
export async function hentForskjell(
	ctx: Ctx,
	{ samtaleId, historikk, fra, til, helt }: Sporsmal & { fra: number; til: number; helt: boolean }
): Promise<Forskjell<Difference>> {
	await apne(ctx, samtaleId);
	return forskjell(ctx, await historikk.ask({ what: 'difference', docId: samtaleId, from: fra, to: til, whole: helt }));
}

/** Both parts as they stood after a row of the log. Throws `not_found` when there is no such row. */
export async function hentVersjon(
	ctx: Ctx,
	{ samtaleId, historikk, seq }: Sporsmal & { seq: number }
): Promise<Versjon<VersionContent>> {
	await apne(ctx, samtaleId);
	const versjon = await historikk.ask({ what: 'version', docId: samtaleId, seq });
	if (!versjon) throw new AppError('not_found');
	const folk = await listForfattere(ctx.db, versjon.userId === null ? [] : [versjon.userId]);
	return {
		seq: versjon.seq,
		at: new Date(versjon.atUs / 1000).toISOString(),
		av: versjon.userId === null ? null : (folk.get(versjon.userId) ?? UKJENT),
		innhold: versjon.content
	};
}

/** The one door; and the record's access log notes who came through it. */
async function apne(ctx: Ctx, samtaleId: string): Promise<SamtaleRad> {
	if (!erId(samtaleId)) throw new AppError('not_found');
	const samtale = await findSamtale(ctx.db, samtaleId);
	authorize(ctx.actor, 'samtale.les', samtale, ctx.now);
	await noterInnsyn(ctx.db, {
		lisId: samtale.lisId,
		personId: ctx.actor.brukerId,
		rolle: samtale.deltakere.find((deltaker) => deltaker.personId === ctx.actor.brukerId)?.rolle ?? 'veileder',
		samtaleId,
		now: ctx.now
	});
	return samtale;
}

async function forskjell(ctx: Ctx, raw: RawDifference | undefined): Promise<Forskjell<Difference>> {
	if (!raw) throw new AppError('not_found');
	const folk = await listForfattere(ctx.db, raw.people);
	return { fra: raw.from, til: raw.to, deler: raw.parts, folk: [...folk.values()] };
}

function lesNokkel(tekst: string): Key {
	const treff = /^(\d{1,16})-([01])-(\d{1,15})$/.exec(tekst);
	if (!treff) throw new AppError('not_found');
	return [Number(treff[1]), treff[2] === '0' ? 0 : 1, Number(treff[3])];
}

/** At the same microsecond events stand before text: all of them are older than the text that the last page ended with. */
function hendelserFor(before: Key | null): { atUs: number; id: number } | null {
	if (before === null) return null;
	const [atUs, rank, number] = before;
	return rank === 0 ? { atUs, id: number } : { atUs: atUs + 1, id: 0 };
}
