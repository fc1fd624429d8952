import { dagINorge } from '../dager.ts';
import { AppError } from '../feil.ts';
import { plussDager } from './kalender.ts';

/** Days from one «Purr» about a thing to the next: a word, not nagging. */
export const PURR_DAGER = 3;

/** How it goes with something that the LIS has sent: has the receiver opened it, and may it be purret about. */
export type Purring = {
	apnet: Date | null;
	/** The last time that the LIS did so, since it was sent. */
	purret: Date | null;
	/** The day (YYYY-MM-DD in Norway) from which it is possible again; null: now. */
	igjen: string | null;
};

/** The day from which one may purre again; null when it is possible now. */
export function purresIgjen(purret: Date | null, now: Date): string | null {
	const igjen = purret === null ? null : plussDager(dagINorge(purret), PURR_DAGER);
	return igjen === null || igjen <= dagINorge(now) ? null : igjen;
}

/** Throws a conflict while it is too early. */
export function krevPurres(purret: Date | null, now: Date): void {
	if (purresIgjen(purret, now) !== null) throw new AppError('conflict', { reason: 'laering_konflikt_purret' });
}
