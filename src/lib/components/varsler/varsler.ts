import type { Rolle } from '#lib/domain/actor.ts';
import type { Kortgruppe } from '#lib/domain/varsel/grupper.ts';
import type { Varselnavn } from '#lib/domain/varsel/tekst.ts';
import type { Venter } from '#lib/domain/varsel/venter.ts';

/** A card, as the views make it. */
export type VarselKort = {
	id: string;
	type: string;
	som: string;
	navn: Varselnavn;
	lis: string | null;
	at: string;
	lest: boolean;
};
export type Varsler = Record<Kortgruppe, VarselKort[]> & { versjon: string; lestTil: string };
/** A kind of thing that stands with the reader. */
export type Oppgave = { hva: Venter; antall: number; eldst: string; sti: string };
export type Melding = { id: string; tittel: string; tekst: string; fra: string; avsender: Rolle };

/** How long to wait after an answer that is none; it doubles, up to a minute. */
const FORSTE_PAUSE_MS = 2_000;
const LENGSTE_PAUSE_MS = 60_000;

/**
 * Follows one's notifications while the page is looked at: one request at a time, which the server answers when there is something new. A page that is
 * hidden asks nothing. Calls `nytt` when the version is another than the shown one; returns what ends it.
 */
export function folgVarsler(versjon: () => string, nytt: () => Promise<void>): () => void {
	let pagaende: AbortController | undefined;
	let ur: ReturnType<typeof setTimeout> | undefined;
	let pause = FORSTE_PAUSE_MS;
	let slutt = false;

	async function spor(): Promise<void> {
		if (slutt || document.hidden || pagaende) return;
		const denne = new AbortController();
		pagaende = denne;
		let neste = 0;
		try {
			const headers = { accept: 'application/json', 'if-none-match': `"${versjon()}"` };
			const svar = await fetch('/api/varsler', { headers, signal: denne.signal, cache: 'no-store' });
			// Logged out: the page says so itself.
			if (svar.status === 401) slutt = true;
			else if (svar.status === 200) await nytt();
			else if (svar.status !== 304) throw new Error(String(svar.status));
			pause = FORSTE_PAUSE_MS;
		} catch {
			neste = pause;
			pause = Math.min(pause * 2, LENGSTE_PAUSE_MS);
		}
		if (pagaende === denne) pagaende = undefined;
		if (!slutt && !document.hidden) ur = setTimeout(() => void spor(), neste);
	}

	function synlighet() {
		clearTimeout(ur);
		if (document.hidden) {
			pagaende?.abort();
			pagaende = undefined;
		} else void spor();
	}

	document.addEventListener('visibilitychange', synlighet);
	void spor();
	return () => {
		slutt = true;
		clearTimeout(ur);
		pagaende?.abort();
		document.removeEventListener('visibilitychange', synlighet);
	};
}
