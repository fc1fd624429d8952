import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Kobling } from '#lib/domain/fil/fil.ts';
import { GRACE_MS } from '#lib/domain/samtale/ferdigstilling.ts';
import { begynnFerdigstilling, bekreftFerdigstilling } from '#lib/server/commands/ferdigstill-samtale.ts';
import { godkjennMal } from '#lib/server/commands/godkjenn-mal.ts';
import { lagSigneringskode } from '#lib/server/commands/lag-signeringskode.ts';
import { sendMal, trekkMal } from '#lib/server/commands/send-mal.ts';
import { signerMedKode } from '#lib/server/commands/signer-med-kode.ts';
import { slettFil } from '#lib/server/commands/slett-fil.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { filerTilSignering, filsum } from '#lib/server/fil/signert.ts';
import { findAktivitet } from '#lib/server/queries/laeringsaktivitet.ts';
import { findMal } from '#lib/server/queries/maloppnaelse.ts';
import { listGodkjent, listSignert } from '#lib/server/queries/signering.ts';
import { verifyAll } from '#lib/server/verify/index.ts';
import { hentFilMedKode } from '#lib/server/views/signeringskode.ts';
import { lastOpp, PDF } from '../support/filer.ts';
import { later, shown, writtenSamtale } from '../support/finished.ts';
import { kravAv, utfylt } from '../support/laering.ts';
import { outcome } from '../support/outcome.ts';
import { malMedKrav } from '../support/signering.ts';
import { World } from '../support/world.ts';

/** Files that come and go in the very moment in which something is signed, approved or finished: never with other files than its hash says. */

let world: World;
let cast: Awaited<ReturnType<World['cast']>>;
let lis: Ctx;
let supervisor: Ctx;
let leder: Ctx;
let veileder: Ctx;

beforeAll(async () => {
	world = await World.create();
});
beforeEach(async () => {
	cast = await world.cast();
	lis = await world.ctx(cast.lis);
	[supervisor, leder, veileder] = [
		await world.ctx(cast.supervisor),
		await world.ctx(cast.leder),
		await world.ctx(cast.veileder)
	];
});
afterAll(() => world.destroy());

const faults = async () => (await verifyAll(world.web)).faults;
const legg = (kobling: Kobling, navn = 'Attest.pdf') => lastOpp(lis, cast.lis.id, navn, PDF, { kobling });
const godkjenn = ({ kode, versjon }: { kode: string; versjon: number }) =>
	godkjennMal(leder, {
		...{ lisId: cast.lis.id, mal: [{ kode, versjon }], uten: 'muntlig', utenTekst: null, kommentar: 'Bra' }
	});

describe('by code', () => {
	async function kode() {
		const krav = (await kravAv(world, 'KLK-001'))[0]?.id ?? '';
		const kladd = utfylt(world, krav, null);
		const { adresse } = await lagSigneringskode(lis, { kladd, origin: 'http://localhost:3000' });
		return { id: kladd.id, token: adresse.split('/').at(-1) ?? '' };
	}
	const sted = (id: string) => ({ lisId: cast.lis.id, kobling: { slag: 'aktivitet', id } }) as const;
	const signerKode = async ({ id, token }: { id: string; token: string }, filer: string) => {
		const versjon = (await findAktivitet(world.owner, id))?.versjon ?? 0;
		const mer = { eidAt: world.now, tilbakemelding: null, anbefal: false };
		return signerMedKode(supervisor, { token, versjon, filer, ...mer });
	};

	test('its files are opened by whoever has the code and has identified, and by no other; one more since is not signed', async () => {
		const den = await kode();
		const forste = await legg({ slag: 'aktivitet', id: den.id });
		const andre = await legg({ slag: 'ingen' });
		const les = (ctx: Ctx, token: string, eidAt: Date | null, filId: string) =>
			outcome(hentFilMedKode(ctx, { token, eidAt, filId }));
		expect(await les(supervisor, den.token, world.now, forste.id)).toBe('ok');
		for (const [ctx, token, eidAt, filId] of [
			[supervisor, den.token, null, forste.id],
			[supervisor, den.token, world.now, andre.id],
			[supervisor, den.token, world.now, 'x'],
			[supervisor, (await kode()).token, world.now, forste.id],
			[supervisor, '', world.now, forste.id],
			[lis, den.token, world.now, forste.id],
			[{ ...supervisor, now: new Date(world.now.getTime() + 11 * 60_000) }, den.token, world.now, forste.id]
		] as const)
			expect(await les(ctx, token, eidAt, filId)).toBe('not_found');
		const vist = filsum(await filerTilSignering(world.web, sted(den.id)));
		await legg({ slag: 'aktivitet', id: den.id }, 'Ny.pdf');
		expect(await outcome(signerKode(den, vist))).toBe('conflict: signering_konflikt_endret');
		expect(await outcome(signerKode(den, filsum(await filerTilSignering(world.web, sted(den.id)))))).toBe('ok');
		expect(await les(supervisor, den.token, world.now, forste.id)).toBe('not_found');
	});

	test('fifty at once: files that come and a signature, and what is signed is what was shown', async () => {
		for (let runde = 0; runde < 4; runde++) {
			const den = await kode();
			await legg({ slag: 'aktivitet', id: den.id });
			const vist = await filerTilSignering(world.web, sted(den.id));
			const utfall = await Promise.all(
				Array.from({ length: 50 }, (_, i) =>
					outcome(i === 7 * runde ? signerKode(den, filsum(vist)) : legg({ slag: 'aktivitet', id: den.id }, `${i}.pdf`))
				)
			);
			const signert = (await findAktivitet(world.owner, den.id))?.status === 'signert';
			expect(utfall[7 * runde]).toBe(signert ? 'ok' : 'conflict: signering_konflikt_endret');
			if (signert) expect((await listSignert(world.owner, [den.id])).get(den.id)?.filer).toEqual(vist);
			const naa = await filerTilSignering(world.web, sted(den.id));
			expect(naa).toHaveLength(1 + utfall.filter((en, i) => en === 'ok' && i !== 7 * runde).length);
		}
		expect(await faults()).toEqual([]);
	});
});

test('fifty at once at a samtale: what is finished has the files that were shown, or nothing is', async () => {
	for (let runde = 0; runde < 4; runde++) {
		const id = await writtenSamtale(world, cast);
		const fil = await legg({ slag: 'samtale', id });
		await begynnFerdigstilling(veileder, { samtaleId: id });
		const da = later(veileder, GRACE_MS + 1);
		const vist = await shown(da, id);
		const utfall = await Promise.all(
			Array.from({ length: 50 }, (_, i) =>
				i === 5 * runde
					? outcome(bekreftFerdigstilling(da, { samtaleId: id, vist }))
					: i === 49
						? outcome(slettFil(lis, { lisId: cast.lis.id, filId: fil.id }))
						: outcome(legg({ slag: 'samtale', id }, `${i}.pdf`))
			)
		);
		expect(utfall[5 * runde]).toMatch(/^(ok|conflict: samtale_konflikt_ikke_det_viste)$/);
		const naa = await filerTilSignering(world.web, { lisId: cast.lis.id, kobling: { slag: 'samtale', id } });
		// Finished with what was shown, or nothing happened; whoever came too late was told so.
		if (utfall[5 * runde] === 'ok') expect(filsum(naa)).toBe(vist.filer);
		expect(utfall.filter((en) => !/^(ok|conflict: (samtale|fil)_konflikt_\w+)$/.test(en))).toEqual([]);
	}
	expect(await faults()).toEqual([]);
});

test('fifty at once at a goal: sent, taken back and approved while files come', async () => {
	const { kode } = await malMedKrav(world, cast.lis);
	const send = () => sendMal(lis, { kode, dato: '2026-11-20', kommentar: null });
	const rad = async () => await findMal(world.web, cast.lis.id, kode);
	const utfall = await Promise.all(
		Array.from({ length: 50 }, async (_, i) => {
			if (i % 10 === 3) return outcome(send());
			if (i % 10 === 6) return outcome(trekkMal(lis, { kode }));
			if (i % 10 === 9) return outcome(godkjenn({ kode, versjon: (await rad())?.versjon ?? 0 }));
			return outcome(legg({ slag: 'mal', kode }, `${i}.pdf`));
		})
	);
	if ((await rad())?.status !== 'godkjent') {
		if ((await rad())?.status !== 'sendt') await send();
		await godkjenn({ kode, versjon: (await rad())?.versjon ?? 0 });
	}
	const godkjent = await rad();
	const innhold = (await listGodkjent(world.owner, [godkjent?.id ?? ''])).get(godkjent?.id ?? '');
	const lagt = utfall.filter((en, i) => en === 'ok' && ![3, 6, 9].includes(i % 10)).length;
	expect(innhold?.filer).toHaveLength(lagt);
	expect(await faults()).toEqual([]);
});
