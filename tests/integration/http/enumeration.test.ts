import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { opprettEidOkt } from '#lib/server/auth/eid/bevis.ts';
import { START_MS, startBuiltWeb, withoutIds, type Answer, type BuiltWeb } from '../../support/built-web.ts';
import { bevis, IDLE_MS } from '../../support/folk.ts';
import { World, type Person } from '../../support/world.ts';

/**
 * T21 beyond log-in and links (login.test.ts, invitasjon.test.ts): whether somebody has a user is not to be learnt by registering,
 * inviting, or changing an address.
 */

let world: World;
let web: BuiltWeb;
/** Has a user; the other addresses are nobody's. */
let kjent: Person;
const epostAv = ({ brukernavn }: Person) => `${brukernavn}@example.test`;
const ukjentEpost = () => `ukjent-${randomUUID().slice(0, 8)}@example.test`;

beforeAll(async () => {
	world = await World.create();
	web = await startBuiltWeb(world.url);
	kjent = await world.person('kjent');
}, START_MS);
afterAll(async () => {
	await web.stop();
	await world.destroy();
});

/** Everything of an answer that a stranger can tell apart, without what they typed themself. */
function seen({ status, headers, body, setCookies }: Answer, ...typed: string[]): string {
	const text = typed.reduce((rest, one) => rest.replaceAll(one, '<typed>'), withoutIds(body));
	const cookies = setCookies.map((line) => line.replace(/=[^;]+/, '='));
	return JSON.stringify({ status, location: headers.get('location'), cookies, text });
}

const form = (over: Record<string, string>) =>
	new URLSearchParams({ epost: ukjentEpost(), mobil: '99887766', sprak: 'nb', start: '2026-12-01', ...over });
const registrer = (over: Record<string, string>, eidBevis: string) =>
	web.ask('/registrer', { method: 'POST', body: form(over), headers: { cookie: `eid_bevis=${eidBevis}` } });

const median = (numbers: number[]): number =>
	numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** Milliseconds between the medians of two questions, which are asked by turns, so that both meet the same weather. */
async function difference(one: () => Promise<unknown>, other: () => Promise<unknown>): Promise<number> {
	const times: [number[], number[]] = [[], []];
	for (let i = 0; i < 42; i++) {
		const start = performance.now();
		await (i % 2 === 0 ? one : other)();
		times[i % 2 === 0 ? 0 : 1].push(performance.now() - start);
	}
	return Math.abs(median(times[0]) - median(times[1]));
}

test('registering with an address that somebody has is as registering with any other, and takes as long', async () => {
	const med = async (epost: string) => {
		const token = await bevis(world, { navn: 'Ny Person', now: new Date() });
		return seen(await registrer({ epost }, token), epost);
	};
	const ny = await med(ukjentEpost());
	expect(ny).toContain('/registrer/folk');
	expect(await med(epostAv(kjent))).toBe(ny);
	expect(
		await difference(
			() => med(epostAv(kjent)),
			() => med(ukjentEpost())
		)
	).toBeLessThan(20);
});

test('without electronic ID nobody learns whether a user name is taken', async () => {
	const navn = [kjent.brukernavn, `ledig-${randomUUID().slice(0, 8)}`];
	const svar = await Promise.all(
		navn.flatMap((brukernavn) =>
			['', 'gjettet'].map(async (token) =>
				seen(await registrer({ brukernavn, epost: 'ny@example.test' }, token), brukernavn)
			)
		)
	);
	expect(new Set(svar).size).toBe(1);
	expect(svar[0]).toContain('"status":409');
});

test('inviting an address that somebody has is as inviting any other, and looks so afterwards', async () => {
	const svar = await Promise.all(
		[epostAv(kjent), ukjentEpost()].map(async (epost) => {
			const lis = await world.person('lis', { lis: true });
			const token = await world.login(lis, new Date());
			const body = new URLSearchParams({ 'navn-0': 'Kari Holm', 'epost-0': epost, 'veileder-0': 'on' });
			const sendt = await web.ask('/folk?/inviter', { method: 'POST', token, body });
			const etter = await web.ask('/folk', { token });
			return [seen(sendt, epost, lis.brukernavn), seen(etter, epost, lis.brukernavn)];
		})
	);
	expect(svar[0]).toEqual(svar[1]);
	expect(svar[0]?.[0]).toContain('"status":200');
});

test('asking for an address that somebody has is as asking for any other', async () => {
	const svar = await Promise.all(
		[epostAv(kjent), ukjentEpost()].map(async (epost) => {
			const person = await world.person('bytter');
			const { token } = await opprettEidOkt(world.web, {
				...{ brukerId: person.id, eid: { sid: null, idToken: null } },
				...{ fellesMaskin: false, idleMs: IDLE_MS, now: new Date() }
			});
			const body = new URLSearchParams({ epost });
			return seen(await web.ask('/innstillinger?/epost', { method: 'POST', token, body }), epost, person.brukernavn);
		})
	);
	expect(svar[0]).toBe(svar[1]);
	expect(svar[0]).toContain('"status":200');
});
