import { afterAll, beforeAll, expect, test } from 'vitest';
import { opprettEidOkt } from '#lib/server/auth/eid/bevis.ts';
import { apneForsegling } from '#lib/server/auth/hemmelighet.ts';
import { validerOkt, type Okt } from '#lib/server/auth/okter.ts';
import { sjekkPassord } from '#lib/server/auth/passord.ts';
import { bekreftEpost, byttEpost } from '#lib/server/commands/bytt-epost.ts';
import { endreProfil } from '#lib/server/commands/endre-profil.ts';
import { loggUtAndre } from '#lib/server/commands/logg-ut-andre.ts';
import { settInnlogging } from '#lib/server/commands/sett-innlogging.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { hentEpostBytte } from '#lib/server/views/epost-bytte.ts';
import { hentKonto } from '#lib/server/views/konto.ts';
import { World, type Person } from '../support/world.ts';

/** /innstillinger: one's own profile, user name and password, and sessions. */

const KEY = new Uint8Array(32).fill(5);
const PASSORD = 'krabbe under brygga ved moloen';

let world: World;
beforeAll(async () => {
	world = await World.create();
});
afterAll(() => world.destroy());

async function eidOkt(person: Person): Promise<{ token: string; okt: Okt; ctx: Ctx }> {
	const eid = { sid: 'sid-1', idToken: null };
	const { token } = await opprettEidOkt(world.web, {
		...{ brukerId: person.id, eid, fellesMaskin: false, idleMs: 3_600_000, now: world.now }
	});
	return { token, okt: await gyldig(token), ctx: await world.ctx(person) };
}

async function gyldig(token: string): Promise<Okt> {
	const okt = await validerOkt(world.web, token, world.now);
	if (!okt) throw new Error('no session');
	return okt;
}

test('user name and password are set in a session proven by electronic ID; all others end, and a mail tells', async () => {
	const kari = await world.person('kari.nordby');
	const other = await world.login(kari);
	const { token, okt, ctx } = await eidOkt(kari);
	const nytt = await settInnlogging(ctx, okt, { brukernavn: 'kari.n', passord: PASSORD });
	expect(await validerOkt(world.web, token, world.now)).toBeUndefined();
	expect(await validerOkt(world.web, other, world.now)).toBeUndefined();
	expect((await gyldig(nytt)).actor.brukernavn).toBe('kari.n');
	const lagret = await world.owner
		.selectFrom('passord')
		.selectAll()
		.where('bruker_id', '=', kari.id)
		.executeTakeFirst();
	expect(await sjekkPassord(lagret?.hash, PASSORD)).toBe(true);
	const mail = await world.owner.selectFrom('epost').selectAll().where('mottaker_id', '=', kari.id).execute();
	expect(mail).toMatchObject([{ mal: 'passord_satt', status: 'venter' }]);
	const all = JSON.stringify([mail, await world.owner.selectFrom('hendelse').selectAll().execute()]);
	expect(all).not.toContain(PASSORD);
});

test('without electronic ID, or too long ago, nothing is set', async () => {
	const ola = await world.person('ola');
	const { okt, ctx } = await eidOkt(ola);
	const valg = { brukernavn: 'ola', passord: PASSORD };
	await expect(settInnlogging(ctx, { ...okt, eidAt: null }, valg)).rejects.toMatchObject({ code: 'conflict' });
	const later = { ...ctx, now: new Date(world.now.getTime() + 31 * 60_000) };
	await expect(settInnlogging(later, okt, valg)).rejects.toMatchObject({ code: 'conflict' });
});

test.each([['kort'], ['passord123456']])(
	'the password %s is refused beside its field, and changes nothing',
	async (passord) => {
		const { token, okt, ctx } = await eidOkt(await world.person('per'));
		const before = okt.actor.brukernavn;
		await expect(settInnlogging(ctx, okt, { brukernavn: 'per.ny', passord })).rejects.toMatchObject({
			detail: { fields: { passord: expect.any(String) as string } }
		});
		expect((await gyldig(token)).actor.brukernavn).toBe(before);
	}
);

test('a user name that somebody has is refused beside its field, and changes nothing', async () => {
	const taken = (await gyldig(await world.login(await world.person('tatt')))).actor.brukernavn;
	const { token, okt, ctx } = await eidOkt(await world.person('pal'));
	await expect(settInnlogging(ctx, okt, { brukernavn: taken, passord: PASSORD })).rejects.toMatchObject({
		detail: { fields: { brukernavn: 'registrering_feil_brukernavn_tatt' } }
	});
	expect((await gyldig(token)).actor.brukernavn).toBe(okt.actor.brukernavn);
	const passord = await world.owner.selectFrom('passord').selectAll().execute();
	expect(passord.map(({ bruker_id }) => bruker_id)).not.toContain(okt.actor.brukerId);
});

test('one sees one’s own sessions without their keys, and ends all but this one', async () => {
	const eva = await world.person('eva');
	const ctx = await world.ctx(eva);
	const [first, second] = [await world.login(eva), await world.login(eva)];
	const denne = await gyldig(second);
	const before = await hentKonto(ctx, denne);
	expect(before.okter.length).toBeGreaterThan(1);
	expect(before.okter.filter((okt) => okt.denne)).toHaveLength(1);
	expect(JSON.stringify(before)).not.toContain(denne.hash);
	await loggUtAndre(ctx, denne);
	expect(await validerOkt(world.web, first, world.now)).toBeUndefined();
	expect((await hentKonto(ctx, await gyldig(second))).okter).toHaveLength(1);
});

test('the profile is one’s own', async () => {
	const liv = await world.person('liv');
	const ctx = await world.ctx(liv);
	await endreProfil(ctx, { mobil: '+47 99 88 77 66', stilling: 'Lege', sprak: 'nn' });
	const { konto } = await hentKonto(ctx, await gyldig(await world.login(liv)));
	expect(konto).toMatchObject({ mobil: '+47 99 88 77 66', stilling: 'Lege', sprak: 'nn' });
});

/** The link that waits in the outbox. */
async function lenkeTil(epost: string): Promise<string> {
	const rad = await world.owner
		.selectFrom('epost')
		.select(['id', 'hemmelig'])
		.where('til_epost', '=', epost)
		.where('mal', '=', 'epost_bekreft')
		.orderBy('created_at', 'desc')
		.executeTakeFirstOrThrow();
	const sti = apneForsegling(KEY, 'epost-lenke', rad.id, rad.hemmelig ?? Buffer.alloc(0));
	return sti.replace('/epost/', '');
}

test('another address: asked for after step-up, confirmed at the new one, told at the old one, once', async () => {
	const siv = await world.person('siv');
	const { okt, ctx } = await eidOkt(siv);
	const base = { db: world.web, now: world.now, requestId: 'r' };
	const gammel = (await hentKonto(ctx, okt)).konto.epost;
	await expect(
		byttEpost(ctx, { ...okt, eidAt: null }, { epost: 'ny@example.test', pidKey: KEY })
	).rejects.toMatchObject({
		code: 'conflict'
	});
	await expect(byttEpost(ctx, okt, { epost: gammel.toUpperCase(), pidKey: KEY })).rejects.toMatchObject({
		code: 'invalid'
	});
	await byttEpost(ctx, okt, { epost: 'ny@example.test', pidKey: KEY });
	const token = await lenkeTil('ny@example.test');
	expect(await hentEpostBytte(base, token)).toEqual({ epost: 'ny@example.test' });
	expect((await hentKonto(ctx, okt)).konto.epost).toBe(gammel);
	expect(await Promise.all([1, 2, 3].map(() => bekreftEpost(base, token)))).toEqual(
		expect.arrayContaining([true, false, false])
	);
	expect((await hentKonto(ctx, okt)).konto.epost).toBe('ny@example.test');
	expect(await bekreftEpost(base, token)).toBe(false);
	const told = await world.owner.selectFrom('epost').selectAll().where('mottaker_id', '=', siv.id).execute();
	expect(told).toMatchObject([{ mal: 'epost_endret', til_epost: gammel }]);
	expect(JSON.stringify(await world.owner.selectFrom('hendelse').selectAll().execute())).not.toContain(
		'ny@example.test'
	);
});

test('only the latest link can be used, for a day, and five a day are sent', async () => {
	const { okt, ctx } = await eidOkt(await world.person('tor'));
	const at = (ms: number) => ({ ...ctx, now: new Date(world.now.getTime() + ms) });
	for (let i = 0; i < 5; i++) await byttEpost(at(i), okt, { epost: `tor${i}@example.test`, pidKey: KEY });
	await expect(byttEpost(at(9), okt, { epost: 'tor9@example.test', pidKey: KEY })).rejects.toMatchObject({
		code: 'too_many'
	});
	const base = { db: world.web, now: at(10).now, requestId: 'r' };
	expect(await bekreftEpost(base, await lenkeTil('tor3@example.test'))).toBe(false);
	const latest = await lenkeTil('tor4@example.test');
	expect(await hentEpostBytte({ ...base, now: at(25 * 3_600_000).now }, latest)).toBeNull();
	expect(await bekreftEpost(base, latest)).toBe(true);
	expect(await bekreftEpost(base, 'x'.repeat(43))).toBe(false);
});
