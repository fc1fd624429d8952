import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dagINorge } from '#lib/domain/dager.ts';
import { fravaerSkjema, type NyttFravaer } from '#lib/domain/laering/fravaer.ts';
import { feltfeil } from '#lib/domain/samtale/skjema.ts';
import { registrerFravaer } from '#lib/server/commands/registrer-fravaer.ts';
import { slettFravaer } from '#lib/server/commands/slett-fravaer.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { listFravaer } from '#lib/server/queries/fravaer.ts';
import { outcome } from '../support/outcome.ts';
import { World } from '../support/world.ts';

/** Absence is the LIS' own to register and to take out. */

let world: World;
let cast: Awaited<ReturnType<World['cast']>>;
let lis: Ctx;
beforeAll(async () => {
	world = await World.create();
});
beforeEach(async () => {
	cast = await world.cast();
	lis = await world.ctx(cast.lis);
});
afterAll(() => world.destroy());

const SYK: NyttFravaer = { slag: 'sykdom', fra: '2026-11-02', til: '2026-11-06', prosent: 60 };
const av = () => listFravaer(world.owner, cast.lis.id);

describe('rights', () => {
	test('the LIS alone registers and takes out; others who follow are told so, all else know of nothing', async () => {
		await registrerFravaer(lis, { lisId: cast.lis.id, ...SYK });
		const fravaerId = (await av())[0]?.id ?? '';
		for (const [person, svar] of [
			...([
				[cast.veileder, 'forbidden'],
				[cast.leder, 'forbidden']
			] as const),
			...[cast.supervisor, cast.hdir, cast.drift, cast.annenLis, cast.annenVeileder].map(
				(en) => [en, 'not_found'] as const
			)
		]) {
			const ctx = await world.ctx(person);
			expect(await outcome(registrerFravaer(ctx, { lisId: cast.lis.id, ...SYK, prosent: 50 }))).toBe(svar);
			expect(await outcome(slettFravaer(ctx, { lisId: cast.lis.id, fravaerId }))).toBe(svar);
		}
		expect(await av()).toHaveLength(1);
	});

	test('nobody takes out another’s by naming their own record', async () => {
		await registrerFravaer(lis, { lisId: cast.lis.id, ...SYK });
		const fravaerId = (await av())[0]?.id ?? '';
		const annen = await world.ctx(cast.annenLis);
		expect(await outcome(slettFravaer(annen, { lisId: cast.annenLis.id, fravaerId }))).toBe('not_found');
		expect(await outcome(slettFravaer(lis, { lisId: cast.lis.id, fravaerId: 'x' }))).toBe('not_found');
		expect(await av()).toHaveLength(1);
	});
});

describe('registering', () => {
	test('leaves the kind in the event, and neither days nor percent', async () => {
		await registrerFravaer(lis, { lisId: cast.lis.id, ...SYK });
		const [rad] = await av();
		expect(rad).toMatchObject(SYK);
		await slettFravaer(lis, { lisId: cast.lis.id, fravaerId: rad?.id ?? '' });
		expect(await av()).toEqual([]);
		const hendelser = await world.owner
			.selectFrom('hendelse')
			.select(['type', 'data', 'aktor_rolle'])
			.where('objekt_id', '=', rad?.id ?? '')
			.orderBy('id')
			.execute();
		expect(hendelser).toEqual([
			{ type: 'fravaer.registrert', data: { slag: 'sykdom' }, aktor_rolle: 'lis' },
			{ type: 'fravaer.slettet', data: { slag: 'sykdom' }, aktor_rolle: 'lis' }
		]);
		expect(await outcome(slettFravaer(lis, { lisId: cast.lis.id, fravaerId: rad?.id ?? '' }))).toBe('not_found');
	});

	test('20 times at once: one', async () => {
		const svar = await Promise.all(
			Array.from({ length: 20 }, () => outcome(registrerFravaer(lis, { lisId: cast.lis.id, ...SYK })))
		);
		expect(svar.filter((en) => en === 'ok')).toHaveLength(1);
		expect(svar.filter((en) => en === 'conflict: fremdrift_konflikt_fravaer_finnes')).toHaveLength(19);
	});
});

describe('the form', () => {
	const iDag = dagINorge(new Date('2026-11-22T12:00:00Z'));
	const feil = (verdier: Record<string, string>) => {
		const lest = v.safeParse(fravaerSkjema(iDag), verdier);
		return lest.success ? null : feltfeil(lest.issues);
	};
	const HELT = { slag: 'permisjon', fra: '2026-11-02', til: '2026-11-02', prosent: '100' };

	test.each([
		[HELT, null],
		[{ ...HELT, slag: 'ferie' }, { slag: 'fremdrift_feil_slag' }],
		[{ ...HELT, fra: '' }, { fra: 'fremdrift_feil_fra' }],
		[{ ...HELT, fra: '2026-02-30' }, { fra: 'samtale_feil_dato' }],
		[{ ...HELT, til: '2026-11-01' }, { til: 'fremdrift_feil_til_for_fra' }],
		[{ ...HELT, fra: '2006-11-02' }, { fra: 'fremdrift_feil_ar' }],
		[{ ...HELT, til: '2062-11-02' }, { til: 'fremdrift_feil_ar' }],
		[{ ...HELT, prosent: '0' }, { prosent: 'fremdrift_feil_prosent' }],
		[{ ...HELT, prosent: '101' }, { prosent: 'fremdrift_feil_prosent' }],
		[{ ...HELT, prosent: '50,5' }, { prosent: 'fremdrift_feil_prosent' }]
	])('%j → %j', (verdier, svar) => {
		expect(feil(verdier)).toEqual(svar);
	});
});
