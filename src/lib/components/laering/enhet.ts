import { findFodselsnumre } from '#lib/domain/fodselsnummer.ts';
import type { AktivitetVerdier } from '#lib/domain/laering/skjema.ts';

/**
 * Drafts that could not be saved yet, kept on this device for the one who wrote them: the net is away, or the session has ended. They
 * are gone when they are saved, and at log-out. A text with a fødselsnummer is never kept. Storage may be blocked: nothing here throws.
 */

const PREFIKS = 'kladd:';
const nokkel = (brukerId: string, id: string) => `${PREFIKS}${brukerId}:${id}`;

/** Keeps a draft; false when it cannot be. */
export function behold(verdier: AktivitetVerdier): boolean {
	if (Object.values(verdier).some((tekst) => findFodselsnumre(tekst).length > 0)) return false;
	try {
		localStorage.setItem(nokkel(verdier.hvem, verdier.id), JSON.stringify(verdier));
		return true;
	} catch {
		return false;
	}
}

/** Forgets one draft. */
export function glem({ hvem, id }: Pick<AktivitetVerdier, 'hvem' | 'id'>): void {
	try {
		localStorage.removeItem(nokkel(hvem, id));
	} catch {
		// Nothing was kept then.
	}
}

/** The draft that is kept under this id. */
export function finn(brukerId: string, id: string): AktivitetVerdier | undefined {
	return alle(brukerId).find((verdier) => verdier.id === id);
}

/** A draft that never reached the portal. */
export function finnNy(brukerId: string): AktivitetVerdier | undefined {
	return alle(brukerId).find((verdier) => verdier.versjon === '0');
}

function alle(brukerId: string): AktivitetVerdier[] {
	try {
		return Object.keys(localStorage)
			.filter((key) => key.startsWith(nokkel(brukerId, '')))
			.flatMap((key) => {
				const verdier = JSON.parse(localStorage.getItem(key) ?? 'null') as AktivitetVerdier | null;
				return verdier?.hvem === brukerId ? [verdier] : [];
			});
	} catch {
		return [];
	}
}

/** At log-out: nothing of anybody stays on the device. */
export function glemAlle(): void {
	try {
		for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIKS)) localStorage.removeItem(key);
	} catch {
		// Nothing was kept then.
	}
}
