/** Who is here, from Yjs awareness. Identity in it is the server's word (PROTOCOL.md): a client cannot forge it. */

export interface Person {
	id: string;
	navn: string;
	/** Index into the palette of presence colours, 0–7. Never CSS. */
	farge: number;
}

/** What this page shows of itself to others. `name` is what stock clients read; the server overwrites all of it. */
export function awarenessUser(me: Person): { id: string; navn: string; name: string; farge: number } {
	return { id: me.id, navn: me.navn, name: me.navn, farge: me.farge };
}

export const PALETTE_SIZE = 8;

/** The class suffix of a person's colour; anything outside the palette becomes a colour inside it. */
export function paletteIndex(farge: unknown): number {
	return typeof farge === 'number' && Number.isSafeInteger(farge) && farge >= 0 ? farge % PALETTE_SIZE : 0;
}

/** The people here, each once however many tabs they have, me first and the others by name. */
export function peopleHere(states: Iterable<unknown>, me: Person): Person[] {
	const people = new Map<string, Person>([[me.id, me]]);
	for (const state of states) {
		const person = toPerson(state);
		if (person && !people.has(person.id)) people.set(person.id, person);
	}
	const others = [...people.values()].filter((person) => person.id !== me.id);
	return [me, ...others.sort((a, b) => a.navn.localeCompare(b.navn, 'nb'))];
}

/** Who came and who left between two moments. */
export function presenceChange(before: Person[], after: Person[]): { joined: Person[]; left: Person[] } {
	const idsBefore = new Set(before.map((person) => person.id));
	const idsAfter = new Set(after.map((person) => person.id));
	return {
		joined: after.filter((person) => !idsBefore.has(person.id)),
		left: before.filter((person) => !idsAfter.has(person.id))
	};
}

/** «Ola» of «Ola Nordmann»: how people in a two-person room speak of each other. */
export function firstName(navn: string): string {
	return navn.trim().split(/\s+/)[0] ?? '';
}

/** First and last initial for an avatar. */
export function initials(navn: string): string {
	const words = navn.trim().split(/\s+/).filter(Boolean);
	const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
	return letters
		.map((word) => Array.from(word ?? '')[0] ?? '')
		.join('')
		.toLocaleUpperCase('nb');
}

function toPerson(state: unknown): Person | undefined {
	const user = isRecord(state) && isRecord(state.user) ? state.user : undefined;
	if (typeof user?.id !== 'string' || typeof user.navn !== 'string') return undefined;
	return { id: user.id, navn: user.navn, farge: paletteIndex(user.farge) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
