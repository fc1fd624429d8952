/** Levels and arenas of the catalogue (product.md, «Rules from the field»). */

/** Two scales, each from less to more. */
export const KUNNSKAPSNIVAER = ['kjennskap', 'kunnskap', 'god_kunnskap'] as const;
export const FERDIGHETSNIVAER = ['under_supervisjon', 'selvstendig'] as const;
export const NIVAER = [...KUNNSKAPSNIVAER, ...FERDIGHETSNIVAER] as const;
export type Nivaa = (typeof NIVAER)[number];

export const ARENAER = ['fastlege', 'legevakt', 'sykehjem', 'kommuneoverlege', 'helsestasjon'] as const;
export type Arena = (typeof ARENAER)[number];

/** The highest level on one scale: 0 is the lowest, −1 when the scale is not asked for at all. */
function hoyest(skala: readonly Nivaa[], nivaer: readonly Nivaa[]): number {
	return Math.max(-1, ...nivaer.map((nivaa) => skala.indexOf(nivaa)));
}

/** Whether `etter` asks for more than `foer` on either scale. */
export function kreverMer(foer: readonly Nivaa[], etter: readonly Nivaa[]): boolean {
	return [KUNNSKAPSNIVAER, FERDIGHETSNIVAER].some((skala) => hoyest(skala, etter) > hoyest(skala, foer));
}
