import { AppError } from '../feil.ts';

/** planlagt → aktiv (first word written) → ferdigstilt; planlagt or aktiv → avlyst (product.md, «States»). */
export type SamtaleStatus = 'planlagt' | 'aktiv' | 'ferdigstilt' | 'avlyst';

/** Dates as YYYY-MM-DD and times as HH:MM, in Norway's own time: what the two people agreed on, not an instant. */
export type Tidspunkt = { dato: string | null; fra: string | null; til: string | null; sted: string | null };

export type Samtale = Tidspunkt & {
	id: string;
	lisId: string;
	status: SamtaleStatus;
	versjon: number;
	avlystGrunn: string | null;
};

/** S10: «Aktive samtaler» are those not finished. */
export function erAktiv(status: SamtaleStatus): boolean {
	return status === 'planlagt' || status === 'aktiv';
}

/** What an avlysning makes of a samtale. Throws a conflict when it is already finished or avlyst. */
export function avlys<S extends Pick<Samtale, 'status'>>(
	samtale: S,
	grunn: string
): S & { status: 'avlyst'; avlystGrunn: string } {
	krevAktiv(samtale);
	return { ...samtale, status: 'avlyst', avlystGrunn: grunn };
}

/**
 * What a new date, time and place make of a samtale. Throws a conflict when it is finished or avlyst, or when somebody
 * else changed them since `sett` was shown.
 */
export function flytt<S extends Pick<Samtale, 'status' | 'versjon'>>(
	samtale: S,
	sett: number,
	til: Tidspunkt
): S & Tidspunkt {
	krevAktiv(samtale);
	if (samtale.versjon !== sett) throw new AppError('conflict', { reason: 'samtale_konflikt_endret' });
	return { ...samtale, ...til };
}

/** What a confirmed ferdigstilling makes of a samtale (S9). Throws a conflict when nothing was written, or it is finished or avlyst. */
export function ferdigstill<S extends Pick<Samtale, 'status'>>(samtale: S): S & { status: 'ferdigstilt' } {
	krevAktiv(samtale);
	if (samtale.status === 'planlagt') throw new AppError('conflict', { reason: 'samtale_konflikt_tom' });
	return { ...samtale, status: 'ferdigstilt' };
}

/** Why nothing in a samtale can change any more, as a message key; undefined while it can. */
export function hvorforLast(status: SamtaleStatus): string | undefined {
	if (status === 'ferdigstilt') return 'samtale_konflikt_ferdigstilt';
	return status === 'avlyst' ? 'samtale_konflikt_avlyst' : undefined;
}

/** Throws a conflict that says in which state the samtale is. */
export function krevAktiv(samtale: Pick<Samtale, 'status'>): void {
	const reason = hvorforLast(samtale.status);
	if (reason !== undefined) throw new AppError('conflict', { reason });
}

/** The order of S5's list: dated first, earliest first, the undated last. */
export function etterTid(a: Tidspunkt, b: Tidspunkt): number {
	const nokkel = (t: Tidspunkt) => `${t.dato ?? '9999-99-99'} ${t.fra ?? '99:99'}`;
	return nokkel(a) < nokkel(b) ? -1 : nokkel(a) > nokkel(b) ? 1 : 0;
}
