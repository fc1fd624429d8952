/**
 * The Norwegian working calendar, in days written YYYY-MM-DD. A working day is Monday to Friday and no public holiday (lov om
 * helligdager og helligdagsfred § 2; lov om 1. og 17. mai). Christmas Eve and New Year's Eve are ordinary days in those acts, and
 * so they are here.
 */

const DOGN_MS = 86_400_000;
/** Every day of the years that were asked for: pages reckon for many LIS at once, and dates are slow to take apart. */
const dagerIAr = new Map<number, Kalenderdag[]>();

export type Kalenderdag = { dag: string; arbeidsdag: boolean };

export type Helligdag =
	| 'forste_nyttarsdag'
	| 'skjaertorsdag'
	| 'langfredag'
	| 'forste_paskedag'
	| 'andre_paskedag'
	| 'forste_mai'
	| 'syttende_mai'
	| 'kristi_himmelfartsdag'
	| 'forste_pinsedag'
	| 'andre_pinsedag'
	| 'forste_juledag'
	| 'andre_juledag';

/** Days since 1 January 1970. */
export function dagnummer(dag: string): number {
	return Date.parse(dag) / DOGN_MS;
}

/** The day that is so many days after 1 January 1970. */
export function dagFraNummer(nummer: number): string {
	return new Date(nummer * DOGN_MS).toISOString().slice(0, 10);
}

export function plussDager(dag: string, dager: number): string {
	return dagFraNummer(dagnummer(dag) + dager);
}

export function plussUker(dag: string, uker: number): string {
	return plussDager(dag, uker * 7);
}

/** Calendar days from one day to another; negative when `til` is earlier. */
export function dagerMellom(fra: string, til: string): number {
	return dagnummer(til) - dagnummer(fra);
}

/** Easter Sunday of a year in the Gregorian calendar (Meeus, Jones and Butcher's rule, which has no exceptions). */
export function paskedag(ar: number): string {
	const a = ar % 19;
	const b = Math.floor(ar / 100);
	const c = ar % 100;
	const g = Math.floor((8 * b + 13) / 25);
	const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
	const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
	const n = Math.floor((a + 11 * h + 22 * l) / 451);
	const sum = h + l - 7 * n + 114;
	return new Date(Date.UTC(ar, Math.floor(sum / 31) - 1, (sum % 31) + 1)).toISOString().slice(0, 10);
}

/** The public holidays of a year by day. Two can fall on one day (17 May and Pentecost): it is then named by the fixed one. */
export function helligdager(ar: number): ReadonlyMap<string, Helligdag> {
	const paske = paskedag(ar);
	return new Map<string, Helligdag>([
		[plussDager(paske, -3), 'skjaertorsdag'],
		[plussDager(paske, -2), 'langfredag'],
		[paske, 'forste_paskedag'],
		[plussDager(paske, 1), 'andre_paskedag'],
		[plussDager(paske, 39), 'kristi_himmelfartsdag'],
		[plussDager(paske, 49), 'forste_pinsedag'],
		[plussDager(paske, 50), 'andre_pinsedag'],
		[`${ar}-01-01`, 'forste_nyttarsdag'],
		[`${ar}-05-01`, 'forste_mai'],
		[`${ar}-05-17`, 'syttende_mai'],
		[`${ar}-12-25`, 'forste_juledag'],
		[`${ar}-12-26`, 'andre_juledag']
	]);
}

/** Monday to Friday, holidays too. */
export function erUkedag(dag: string): boolean {
	return (dagnummer(dag) + 3) % 7 < 5;
}

export function erArbeidsdag(dag: string): boolean {
	return dagerFra(dag).next().value?.arbeidsdag === true;
}

/** Day after day from one on, without end. */
export function* dagerFra(dag: string): Generator<Kalenderdag, undefined> {
	let ar = Number(dag.slice(0, 4));
	let i = dagerMellom(forsteDag(ar), dag);
	for (;;) {
		const dager = aret(ar++);
		for (; i < dager.length; i++) yield dager[i] as Kalenderdag;
		i = 0;
	}
}

/** Working days from one day to another, both counted; 0 when `til` is earlier. */
export function arbeidsdagerMellom(fra: string, til: string): number {
	let antall = 0;
	for (const { dag, arbeidsdag } of dagerFra(fra)) {
		if (dag > til) break;
		if (arbeidsdag) antall++;
	}
	return antall;
}

function aret(ar: number): Kalenderdag[] {
	const kjent = dagerIAr.get(ar);
	if (kjent) return kjent;
	const fri = helligdager(ar);
	const dager = Array.from({ length: dagerMellom(forsteDag(ar), forsteDag(ar + 1)) }, (_, i) => {
		const dag = plussDager(forsteDag(ar), i);
		return { dag, arbeidsdag: erUkedag(dag) && !fri.has(dag) };
	});
	dagerIAr.set(ar, dager);
	return dager;
}

function forsteDag(ar: number): string {
	return `${ar}-01-01`;
}
