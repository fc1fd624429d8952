import { hash, verify } from '@node-rs/argon2';

/** argon2id with OWASP's parameters (trust.md, «Password»): 19 MiB, 2 passes, 1 lane. */
const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** How many hashes may run at once: each takes 19 MiB and a core. */
const SAMTIDIG = 4;

/** Longer input is refused before it is hashed; shorter than this many characters no password can be. */
export const PASSORD_MAKS = 512;

/** A hash of nothing that anybody knows: verified when the user is unknown, so that the two answers take the same time. */
const DUMMY = '$argon2id$v=19$m=19456,t=2,p=1$VTaMXHBYNdOFGsB9vq6vKQ$24y4KZfD1P+o2DVYdda+SxlTyB4VlK7Jlnj852+qBoQ';

let ledige = SAMTIDIG;
const ko: (() => void)[] = [];

async function medPlass<T>(arbeid: () => Promise<T>): Promise<T> {
	if (ledige > 0) ledige--;
	else await new Promise<void>((resolve) => ko.push(resolve));
	try {
		return await arbeid();
	} finally {
		const neste = ko.shift();
		if (neste) neste();
		else ledige++;
	}
}

/** Hashes a new password. */
export function hashPassord(passord: string): Promise<string> {
	return medPlass(() => hash(passord.normalize('NFC'), ARGON));
}

/** Whether the password is the one behind `lagret`; takes as long when there is none. */
export async function sjekkPassord(lagret: string | null | undefined, passord: string): Promise<boolean> {
	if (passord.length > PASSORD_MAKS) return false;
	const stemmer = await medPlass(() => verify(lagret ?? DUMMY, passord.normalize('NFC')));
	return stemmer && lagret !== null && lagret !== undefined;
}
