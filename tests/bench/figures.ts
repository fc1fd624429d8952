/** The q-quantile of some numbers (0.5 the median), by the nearest rank; NaN when there are none. */
export function quantile(numbers: readonly number[], q: number): number {
	const sorted = Float64Array.from(numbers).toSorted();
	return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

/** The median. */
export function median(numbers: readonly number[]): number {
	return quantile(numbers, 0.5);
}
