/**
 * JSON with one spelling per value: keys sorted by UTF-16 unit, no spaces, numbers as ECMAScript prints them (RFC 8785 in
 * spirit). What is hashed must not depend on the order in which properties were made, or on who computes it.
 *
 * @throws TypeError for what JSON cannot carry faithfully (undefined, functions, non-finite numbers, bigint), so that no two
 * different values can ever share a hash.
 */
export function canonicalJson(value: unknown): string {
	if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
	if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
	if (typeof value === 'object') {
		const object = value as Record<string, unknown>;
		const members = Object.keys(object)
			.sort()
			.map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key])}`);
		return `{${members.join(',')}}`;
	}
	throw new TypeError(`Not a JSON value: ${typeof value}`);
}
