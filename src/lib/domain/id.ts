/** Ids are lower-case UUIDs; anything else names nothing (malformed, unknown and foreign ids answer alike). */
export function erId(tekst: string): boolean {
	return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(tekst);
}
