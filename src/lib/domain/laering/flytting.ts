import type { KatalogMal } from './katalog.ts';
import type { MalStatus } from './mal.ts';
import { kreverMer } from './nivaa.ts';

/**
 * What becomes of a goal of a LIS who moves to a newer version of the plan (product.md, «Traps»: approval carried over to a stricter goal). `behold`: it
 * stands as it stood, in the new words; `fall`: the text is stricter, so what was approved or sent is in progress again; `borte`: the newer version does
 * not have it, and what was done stays as history. Aktiviteter are never touched.
 */
export type Flytting = 'behold' | 'fall' | 'borte';

/**
 * @param kode the goal
 * @param status where it stands
 * @param versjoner the goals of each version from the one that it is judged by to the one that the LIS moves to, both included
 */
export function flyttMal(
	{ kode, status }: { kode: string; status: MalStatus },
	versjoner: readonly (readonly KatalogMal[])[]
): Flytting {
	const tekster = versjoner.map((mal) => mal.find((ett) => ett.kode === kode));
	const [foer, ...senere] = tekster;
	const etter = senere.at(-1);
	if (!etter) return 'borte';
	return (status === 'godkjent' || status === 'sendt') && (!foer || erStrengere(foer, senere)) ? 'fall' : 'behold';
}

/** Somebody who skips a version is held to what was made stricter in it, too. */
function erStrengere(foer: KatalogMal, senere: readonly (KatalogMal | undefined)[]): boolean {
	const etter = senere.at(-1);
	return senere.some((mal) => mal?.skjerpet) || (etter !== undefined && kreverMer(foer.nivaer, etter.nivaer));
}
