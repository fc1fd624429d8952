import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sprak } from '#lib/domain/actor.ts';
import { SPRAK } from '#lib/domain/actor.ts';
import type { HendelseType } from '#lib/domain/hendelse.ts';
import type { Valg } from '#lib/domain/varsel/grupper.ts';
import { VARSLER, type Mottakerrolle, type Varselregel } from '#lib/domain/varsel/regler.ts';
import type { Varselnavn } from '#lib/domain/varsel/tekst.ts';
import { varseltekst } from '#lib/i18n/varsel.ts';
import type { Db } from '#lib/server/db/pool.ts';
import type { MalData } from '#lib/server/mail/maler.ts';
import { skrivInnhold } from '#lib/server/mail/templates/index.ts';
import { insertHendelse } from '#lib/server/varsler/hendelse.ts';
import { inviter, invitert } from '../support/folk.ts';
import { aktivitet } from '../support/signering.ts';
import { World, type Person } from '../support/world.ts';

/** Every event × every setting × every way to be told: exactly the rows and mails that product.md and the catalogue say. */

let world: World;
let cast: Awaited<ReturnType<World['cast']>>;
let objekt: { samtale: string; aktivitet: string; invitasjon: string };
beforeAll(async () => {
	world = await World.create();
	cast = await world.cast();
	objekt = {
		samtale: await world.samtale(cast.veileder, cast.lis, { sted: `${FUGL} legekontor` }),
		aktivitet: await aktivitet(world, { lis: cast.lis, supervisor: cast.supervisor }),
		invitasjon: (await inviter(world, await world.ctx(cast.lis), invitert('Ny Person', 'leder'))).id
	};
	await world.owner.deleteFrom('varsel').execute();
	await world.owner.deleteFrom('epost').execute();
});
afterAll(() => world.destroy());

const NAVN = ['aktor', 'kode', 'lis', 'mer', 'person', 'rolle'];

/** All that is told of it, in each language: the mails that leave at once, and the weekly summary that would hold it. */
function skrevne(
	varsler: { som: string; type: string; data: unknown }[],
	brev: { mal: string; data: unknown }[]
): string[] {
	const deler = varsler.map(({ som, type, data }) => ({
		...{ lis: (data as Varselnavn).lis, som, linjer: [{ type, navn: data as Varselnavn }] }
	}));
	return SPRAK.flatMap((locale) => [
		...brev.map(({ mal, data }) =>
			skrivInnhold(mal as 'varsel', data as MalData['varsel'], { locale, sti: undefined })
		),
		skrivInnhold('ukesoppsummering', { deler, antall: deler.length }, { locale, sti: undefined })
	]).map((innhold) => JSON.stringify(innhold));
}

/** Undoes what was looked at. */
class Ferdig extends Error {}

const typer = Object.keys(VARSLER) as HendelseType[];
const regelFor = (type: HendelseType): Varselregel | null => VARSLER[type];
const PERSONEN = { personId: () => cast.annenVeileder.id };
const MER = { dato: '2026-11-24', tid: '14:30', uker: 6, fullfort: 12, sendt: 3, gjenstar: 33 };
/** What somebody wrote, and who they are: nothing of it may reach a card or a mail, wherever in an event it stands (T18). */
const FUGL = 'kanarifugl';
const PID = '13097248022';
const SKREVET = {
	...Object.fromEntries(
		['grunn', 'kommentar', 'tekst', 'tittel', 'notat', 'referat', 'forberedelse', 'sted', 'filnavn', 'beskrivelse'].map(
			(felt) => [felt, `${FUGL}-${felt}`]
		)
	),
	...{ pid: PID, fodselsnummer: PID, token: `${FUGL}-token`, fra: { tekst: FUGL }, til: { sted: FUGL } }
};

/** Who each part of a rule means in this world; the one who acts is nobody of them. */
const hvem = (): Record<Mottakerrolle, Person[]> => ({
	lis: [cast.lis],
	leder: [cast.leder],
	veileder: [cast.veileder],
	supervisor: [cast.supervisor],
	deltaker: [cast.lis, cast.veileder],
	hdir: [cast.hdir],
	personen: [cast.annenVeileder],
	innbyder: [cast.lis]
});
const objektFor = (type: string): string => {
	if (type.startsWith('samtale.')) return objekt.samtale;
	if (type.startsWith('aktivitet.')) return objekt.aktivitet;
	return type.startsWith('invitasjon.') ? objekt.invitasjon : randomUUID();
};

async function hendt(trx: Db, type: HendelseType, aktor: Person) {
	await insertHendelse(trx, {
		...{ type, at: world.now, aktorId: aktor.id, aktorRolle: null, lisId: cast.lis.id, objektId: objektFor(type) },
		...{
			data: {
				personId: PERSONEN.personId(),
				kode: 'KLK-001',
				rolle: 'leder',
				mer: MER,
				...SKREVET,
				kobling: { slag: 'ingen' }
			}
		},
		requestId: 'test'
	});
	const varsler = await trx
		.selectFrom('varsel')
		.selectAll()
		.where('created_at', '=', world.now)
		.where('type', '=', type)
		.execute();
	const brev = await trx.selectFrom('epost').select(['mottaker_id', 'data', 'mal']).execute();
	return { varsler, brev };
}

/** Does `work` in a transaction that is taken back. */
async function prov<T>(work: (trx: Db) => Promise<T>): Promise<T> {
	let svar: { verdi: T } | undefined;
	await world.web
		.transaction()
		.execute(async (trx) => {
			svar = { verdi: await work(trx) };
			throw new Ferdig();
		})
		.catch((error: unknown) => {
			if (!(error instanceof Ferdig)) throw error;
		});
	if (!svar) throw new Error('nothing came back');
	return svar.verdi;
}

const VALG: Valg[] = [true, false].flatMap((umiddelbar) =>
	[true, false].flatMap((ukentlig) => [true, false].map((hjem) => ({ umiddelbar, ukentlig, hjem })))
);

/** The ids of those whom a rule means, each once. */
function mottakere(regel: Varselregel | null): Set<string> {
	if (regel === null || !('mottakere' in regel)) return new Set();
	const roller = Object.keys(regel.mottakere) as Mottakerrolle[];
	return new Set(roller.flatMap((rolle) => hvem()[rolle].map(({ id }) => id)));
}
const sortert = (ider: Iterable<string | null>) => [...ider].toSorted();

describe.each(typer)('%s', (type) => {
	test.each([true, false])('by every choice; all mail refused: %s', async (ingenEpost) => {
		const regel = regelFor(type);
		const ventet = mottakere(regel);
		for (const valg of VALG) {
			const { varsler, brev } = await prov(async (trx) => {
				for (const id of ventet)
					if (regel && 'mottakere' in regel)
						await trx
							.insertInto('varselvalg')
							.values({ bruker_id: id, gruppe: regel.gruppe, ...valg })
							.execute();
				await trx.updateTable('bruker').set({ ingen_epost: ingenEpost }).execute();
				return hendt(trx, type, cast.annenLis);
			});
			const noe = valg.hjem || (!ingenEpost && (valg.umiddelbar || valg.ukentlig));
			expect(sortert(varsler.map((v) => v.mottaker_id))).toEqual(noe ? sortert(ventet) : []);
			for (const v of varsler) expect([v.vis, v.ukentlig, v.lest_at]).toEqual([valg.hjem, valg.ukentlig, null]);
			const skrives = regel && 'mottakere' in regel && regel.egetBrev !== true && valg.umiddelbar && !ingenEpost;
			expect(sortert(brev.map((b) => b.mottaker_id))).toEqual(skrives ? sortert(ventet) : []);
			expect(JSON.stringify([varsler, brev])).not.toMatch(new RegExp(`${FUGL}|${PID}`, 'i'));
			for (const { data } of varsler) expect(Object.keys(data as object).toSorted()).toEqual(NAVN);
			for (const tekst of skrevne(varsler, brev))
				expect(tekst).not.toMatch(new RegExp(`${FUGL}|${PID}|undefined`, 'i'));
		}
	});

	test('never tells the one who acts', async () => {
		for (const aktor of [cast.lis, cast.veileder, cast.leder, cast.supervisor]) {
			const { varsler, brev } = await prov((trx) => hendt(trx, type, aktor));
			expect([...varsler, ...brev].map((rad) => rad.mottaker_id)).not.toContain(aktor.id);
		}
	});

	test('has a text in each language, for each whom it is told, also when nobody knows a name', () => {
		const navn = { aktor: 'Kari', lis: 'Nora', person: 'Per', kode: 'KLK-001', rolle: 'leder', mer: MER };
		const uten = { aktor: null, lis: null, person: null, kode: 'KLK-001', rolle: 'leder', mer: MER };
		const regel = regelFor(type);
		for (const som of regel && 'mottakere' in regel ? Object.keys(regel.mottakere) : ['lis'])
			for (const kjent of [navn, uten]) {
				const [nb, nn, en] = SPRAK.map((locale: Sprak) => varseltekst({ type, som, navn: kjent }, { locale }));
				for (const tekst of [nb, nn, en]) expect(tekst).toMatch(/^\p{Lu}[^{}]{10,}[^.{}]$/u);
				expect(en).not.toBe(nb);
			}
	});
});

test('the newest word about a thing is the one that stands', async () => {
	const { forst, etter } = await prov(async (trx) => {
		const forst = await hendt(trx, 'aktivitet.sendt', cast.lis);
		await insertHendelse(trx, {
			...{ type: 'aktivitet.trukket', at: world.now, aktorId: cast.lis.id, aktorRolle: 'lis', lisId: cast.lis.id },
			...{ objektId: objekt.aktivitet, requestId: 'test' }
		});
		const etter = await trx.selectFrom('varsel').select('lest_at').where('type', '=', 'aktivitet.sendt').execute();
		return { forst: forst.varsler.map(({ lest_at }) => lest_at), etter: etter.map(({ lest_at }) => lest_at) };
	});
	expect([forst, etter]).toEqual([[null], [world.now]]);
});

test('several of one kind in one act are one mail, that says how many', async () => {
	const { varsler, brev } = await prov(async (trx) => {
		await hendt(trx, 'mal.anbefaling-trukket', cast.veileder);
		for (let nr = 0; nr < 3; nr++) await hendt(trx, 'mal.godkjent', cast.leder);
		return hendt(trx, 'mal.godkjent', cast.leder);
	});
	expect(varsler).toHaveLength(4);
	expect(brev.map(({ mal, data }) => [mal, (data as { varsel: { antall: number } }).varsel.antall])).toEqual([
		['varsel', 4]
	]);
});

test('what is rolled back has told nobody', async () => {
	await prov((trx) => hendt(trx, 'mal.godkjent', cast.leder));
	expect(await world.owner.selectFrom('varsel').select('id').where('type', '=', 'mal.godkjent').execute()).toEqual([]);
	expect(await world.owner.selectFrom('epost').select('id').execute()).toEqual([]);
});
