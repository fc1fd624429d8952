import type { Difference, VersionContent } from '#lib/collab/history/difference.ts';
import type { Endringslogg, Forskjell, Versjon } from '#lib/domain/endringslogg/types.ts';

/** The addresses of the endringslogg (domain/endringslogg/types.ts). Each throws when the answer is not there. */

async function hent<T>(adresse: string): Promise<T> {
	const svar = await fetch(adresse, { headers: { accept: 'application/json' } });
	if (!svar.ok) throw new Error(String(svar.status));
	return (await svar.json()) as T;
}

export function hentLogg(samtaleId: string, foer?: string): Promise<Endringslogg> {
	return hent(`/samtaler/${samtaleId}/endringslogg${foer ? `?foer=${encodeURIComponent(foer)}` : ''}`);
}

export function hentPost(samtaleId: string, forsteSeq: number): Promise<Forskjell<Difference>> {
	return hent(`/samtaler/${samtaleId}/endringslogg/post/${forsteSeq}`);
}

export function hentVersjon(samtaleId: string, seq: number): Promise<Versjon<VersionContent>> {
	return hent(`/samtaler/${samtaleId}/endringslogg/versjon/${seq}`);
}
