import type { Rolle } from '../actor.ts';
import { dagINorge } from '../dager.ts';
import { dagerMellom } from './kalender.ts';

/** What stands with whom and for how long (experience.md, «Progress»). */

/** With whom something stands; without an id it is somebody invited who has not accepted yet. */
export type Hos = { personId: string | null; navn: string; rolle: Rolle };
export type Staende = { type: 'aktivitet' | 'mal'; id: string; tittel: string; hos: Hos; siden: Date };
export type Ventende = Omit<Staende, 'hos'> & { /** Calendar days in Norway. */ dager: number };
export type StarHos = Hos & { /** The longest wait, in days. */ dager: number; saker: Ventende[] };

/**
 * Grouped by person and role, the longest wait first among groups and within each. The order is the same whatever order things came
 * in: by time, then by name, then by id.
 */
export function grupperStaende(staende: readonly Staende[], now: Date): StarHos[] {
	const idag = dagINorge(now);
	const grupper = new Map<string, StarHos & { siden: number }>();
	const sortert = staende.toSorted((a, b) => a.siden.getTime() - b.siden.getTime() || ord(a.id, b.id));
	for (const { hos, ...sak } of sortert) {
		const nokkel = JSON.stringify([hos.rolle, hos.personId ?? '', hos.personId ? '' : hos.navn]);
		const dager = Math.max(0, dagerMellom(dagINorge(sak.siden), idag));
		const gruppe = grupper.get(nokkel) ?? { ...hos, dager, saker: [], siden: sak.siden.getTime() };
		grupper.set(nokkel, gruppe);
		gruppe.saker.push({ ...sak, dager });
	}
	return [...grupper.values()]
		.sort((a, b) => a.siden - b.siden || ord(a.navn, b.navn) || ord(a.rolle, b.rolle))
		.map(({ siden: _siden, ...gruppe }) => gruppe);
}

function ord(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
