import type { MalStatus } from './mal.ts';

/**
 * What is left before legevakt without bakvakt: all læringsmål of LIS1, and the courses in emergency medicine and in handling
 * violence and abuse (akuttmedisinforskriften § 7). Facts only: the regulation looks at more than the portal knows, and whether
 * somebody may be on duty alone is for the employer to decide. So nothing here says yes or no.
 */

export const KURS = ['akuttmedisin', 'vold_og_overgrep'] as const;
export type Kurs = (typeof KURS)[number];

export type Selvstendig = {
	mal: { godkjent: number; antall: number; /** Codes, in the order they were given. */ mangler: string[] };
	kurs: { antall: number; fullfort: { kurs: Kurs; dato: string }[]; mangler: Kurs[] };
	/** Goals and courses together. */
	gjenstar: number;
};

/**
 * @param mal every læringsmål of LIS1 that applies to the LIS, with where it stands
 * @param kurs the day (YYYY-MM-DD) each course was completed, null or left out when it is not
 */
export function beregnSelvstendig(
	mal: readonly { kode: string; status: MalStatus }[],
	kurs: Readonly<Partial<Record<Kurs, string | null>>>
): Selvstendig {
	const mangler = mal.filter(({ status }) => status !== 'godkjent').map(({ kode }) => kode);
	const fullfort = KURS.flatMap((ett) => {
		const dato = kurs[ett];
		return dato ? [{ kurs: ett, dato }] : [];
	});
	const kursMangler = KURS.filter((ett) => !kurs[ett]);
	return {
		mal: { godkjent: mal.length - mangler.length, antall: mal.length, mangler },
		kurs: { antall: KURS.length, fullfort, mangler: kursMangler },
		gjenstar: mangler.length + kursMangler.length
	};
}
