import { afterAll, beforeAll, expect, test } from 'vitest';
import { opprettEidOkt } from '#lib/server/auth/eid/bevis.ts';
import { validerOkt, type Okt } from '#lib/server/auth/okter.ts';
import { sjekkPassord } from '#lib/server/auth/passord.ts';
import { endreProfil } from '#lib/server/commands/endre-profil.ts';
import { loggUtAndre } from '#lib/server/commands/logg-ut-andre.ts';
import { settInnlogging } from '#lib/server/commands/sett-innlogging.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { hentKonto } from '#lib/server/views/konto.ts';
import { World, type Person } from '../support/world.ts';

/** /innstillinger: one's own profile, user name and password, and sessions. */

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
