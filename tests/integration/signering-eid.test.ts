import { afterEach, beforeEach, expect, test } from 'vitest';
import { bekreftMal } from '#lib/server/commands/bekreft-mal.ts';
import { godkjennMal } from '#lib/server/commands/godkjenn-mal.ts';
import { sendTilbakeMal } from '#lib/server/commands/send-tilbake-mal.ts';
import { signerAktiviteter } from '#lib/server/commands/signer-aktivitet.ts';
import { trekkBekreftelse } from '#lib/server/commands/trekk-bekreftelse.ts';
import { trekkGodkjenning } from '#lib/server/commands/trekk-godkjenning.ts';
import { underkjennAktivitet } from '#lib/server/commands/underkjenn-aktivitet.ts';
import { underkjennMal } from '#lib/server/commands/underkjenn-mal.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { findMal } from '#lib/server/queries/maloppnaelse.ts';
import { outcome } from '../support/outcome.ts';
import { gjorPlan, planTil } from '../support/plan.ts';
import { aktivitet, hendelser, mal, malMedKrav } from '../support/signering.ts';
import { World } from '../support/world.ts';

/** trust.md, «Step-up»: with the setting on, what is signed and approved is so in a session that electronic ID has proven. */

let world: World;
let folk: Awaited<ReturnType<World['cast']>>;
beforeEach(async () => {
	world = await World.create();
	folk = await world.cast();
});
afterEach(() => world.destroy());

const UTEN_EID = 'conflict: signering_konflikt_eid';
const grunn = 'Mangler en refleksjon';

/** An act, ready to be done by whoever it is for. */
type Handling = () => Promise<{ hvem: keyof typeof folk; gjor: (ctx: Ctx) => Promise<void> }>;

const paAktivitet = (gjor: (ctx: Ctx, sett: { id: string; versjon: number }) => Promise<void>): Handling => {
	return async () => {
		const id = await aktivitet(world, { lis: folk.lis, supervisor: folk.supervisor });
		const { versjon } = await world.owner
			.selectFrom('laeringsaktivitet')
			.select('versjon')
			.where('id', '=', id)
			.executeTakeFirstOrThrow();
		return { hvem: 'supervisor', gjor: (ctx) => gjor(ctx, { id, versjon }) };
	};
};
type Sett = { lisId: string; kode: string; versjon: number };
const paMal = (status: 'sendt' | 'godkjent', gjor: (ctx: Ctx, sett: Sett) => Promise<void>): Handling => {
	return async () => {
		const { kode } = await malMedKrav(world, folk.lis);
		const { versjon } = await mal(world, folk.lis, kode, status, folk.leder);
		return { hvem: 'leder', gjor: (ctx) => gjor(ctx, { lisId: folk.lis.id, kode, versjon }) };
	};
};
type Sak = { planId: string; mal: { kode: string; versjon: number }[] };
const paSak = (gjor: (ctx: Ctx, sak: Sak) => Promise<void>): Handling => {
	return async () => {
		await gjorPlan(world, folk, { delt: { behandlet: false } });
		const { kode } = await malMedKrav(world, folk.lis);
		const rad = await findMal(world.owner, folk.lis.id, kode);
		const { id: planId } = await planTil(world, folk.lis);
		return { hvem: 'hdir', gjor: (ctx) => gjor(ctx, { planId, mal: [{ kode, versjon: rad?.versjon ?? 0 }] }) };
	};
};

const handlinger: [string, Handling][] = [
	[
		'signer',
		paAktivitet((ctx, sett) => signerAktiviteter(ctx, { aktiviteter: [sett], tilbakemelding: null, anbefal: false }))
	],
	['underkjenn an aktivitet', paAktivitet((ctx, sett) => underkjennAktivitet(ctx, { ...sett, grunn }))],
	[
		'godkjenn',
		paMal('sendt', (ctx, { lisId, ...ett }) =>
			godkjennMal(ctx, { lisId, mal: [ett], uten: 'muntlig', utenTekst: null, kommentar: null })
		)
	],
	['send tilbake', paMal('sendt', (ctx, sett) => sendTilbakeMal(ctx, { ...sett, grunn }))],
	['underkjenn a goal', paMal('sendt', (ctx, sett) => underkjennMal(ctx, { ...sett, grunn }))],
	['trekk godkjenning', paMal('godkjent', (ctx, sett) => trekkGodkjenning(ctx, { ...sett, grunn }))],
	['bekreft', paSak(bekreftMal)],
	['Helsedirektoratet withdraws', paSak((ctx, sak) => trekkBekreftelse(ctx, { ...sak, grunn }))]
];

test.each(handlinger)(
	'%s: not before electronic ID where it is wanted, and without a trace',
	async (_name, handling) => {
		const { hvem, gjor } = await handling();
		const ctx = await world.ctx(folk[hvem]);
		const before = await hendelser(world, { lisId: folk.lis.id });
		expect(await outcome(gjor({ ...ctx, manglerEid: true }))).toBe(UTEN_EID);
		expect(await hendelser(world, { lisId: folk.lis.id })).toEqual(before);
		const fremmed = await world.ctx(folk.annenVeileder);
		expect(await outcome(gjor({ ...fremmed, manglerEid: true }))).toBe('not_found');
		expect(await outcome(gjor(ctx))).toBe('ok');
	}
);
